from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from touchline.events.intake.ledger import (
    ALREADY_IMPORTED,
    NO_EVENT,
    REPEATED,
    STATUS_KNOWN,
    STATUS_NEW,
    STATUS_REPEATED,
    STATUS_UPDATED,
    Ledger,
)


def test_a_row_counts_as_the_best_that_became_of_it() -> None:
    ledger = Ledger()

    ledger.settle([2, 2, 3, 4, 5], [STATUS_KNOWN, STATUS_NEW, STATUS_KNOWN, STATUS_UPDATED, STATUS_REPEATED])
    ledger.skip(2, "label")
    ledger.skip(6, "label")

    assert (ledger.imported, ledger.updated, ledger.quarantined) == (2, 1, 0)
    assert ledger.skip_reasons == {"label": 1, ALREADY_IMPORTED: 1, REPEATED: 1}
    assert ledger.settled == 5


def test_a_row_of_which_anything_was_refused_is_quarantined() -> None:
    ledger = Ledger()

    ledger.settle([2], [STATUS_NEW])
    ledger.refuse([2, 3])

    assert (ledger.imported, ledger.quarantined) == (0, 2)


def test_an_order_of_three_rows_counts_three() -> None:
    ledger = Ledger()

    ledger.settle([2, 5], [STATUS_NEW, STATUS_KNOWN])
    ledger.settle_further([STATUS_NEW, STATUS_KNOWN], [2, 1])

    assert (ledger.imported, ledger.skip_reasons, ledger.settled) == (3, {ALREADY_IMPORTED: 2}, 5)


def test_going_on_keeps_the_counts_of_the_first_run() -> None:
    ledger = Ledger()
    ledger.start_from(imported=2, updated=1, quarantined=1, skip_reasons={"label": 1})

    ledger.pass_over([2, 3, 4], 1)
    ledger.settle([5], [STATUS_NEW])

    assert (ledger.imported, ledger.updated, ledger.quarantined, ledger.skipped) == (3, 1, 1, 1)
    assert ledger.settled == 5


lines = st.integers(1, 40)
steps = st.one_of(
    st.tuples(st.just("settle"), lines, st.sampled_from([STATUS_NEW, STATUS_UPDATED, STATUS_KNOWN, STATUS_REPEATED])),
    st.tuples(st.just("refuse"), lines, st.just(0)),
    st.tuples(st.just("skip"), lines, st.sampled_from(["label", NO_EVENT])),
)


@given(st.lists(steps, max_size=60))
def test_rows_are_imported_quarantined_or_skipped_and_nothing_else(told: list[tuple[str, int, object]]) -> None:
    ledger = Ledger()
    for what, line, how in told:
        if what == "settle":
            ledger.settle([line], [how])
        elif what == "refuse":
            ledger.refuse([line])
        else:
            ledger.skip(line, str(how))

    assert ledger.imported + ledger.quarantined + ledger.skipped == ledger.settled == len({line for _, line, _ in told})
