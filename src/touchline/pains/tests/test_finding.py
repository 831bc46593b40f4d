"""Pains found in small shops: a planted loss, none, and one that only seems to be."""

from __future__ import annotations

import shutil

import pytest

from touchline.engine.workspace import open_workspace
from touchline.pains import facade
from touchline.pains.conftest import Happened, Make, shop
from touchline.pains.facade import NO_LONGER_SUPPORTED, SUPPORTED

CUSTOMERS = 600


@pytest.fixture(scope="module")
def losing(make: Make):
    workspace = make(shop(CUSTOMERS, loss=0.3))
    return workspace, facade.pains_of(workspace)


def test_a_planted_loss_is_found_with_its_amount(losing):
    _, pains = losing

    pain = pains.pains[0]
    assert pain.id == "checkout~errors"
    assert pain.effect is not None
    assert pain.effect.low < -0.3 < pain.effect.high
    assert (pain.grade, pain.wording) == ("C", "is associated, after adjustment, with")
    assert pain.money is not None
    assert pain.money.is_firm
    assert pain.money.amount.sure > 0
    assert pains.total is not None
    assert pains.total.median <= pain.money.amount.median
    assert {check.name for check in pain.checks} >= {"overlap", "negative_control", "robustness", "specification"}
    assert pain.rate.value > pain.baseline.value


def test_its_rows_add_up_to_its_figures(losing):
    workspace, pains = losing
    pain = pains.pains[0]

    opened = facade.rows_of(workspace, pain.id, per_page=0)
    columns = {column.id: at for at, column in enumerate(opened.columns)}
    bad = [row for row in opened.rows if row[columns["bad"]]]

    assert len(opened.rows) == opened.total == pain.visits == pain.claim.n
    assert len(bad) == pain.bad_visits == pain.claim.rows
    assert len({row[columns["customer"]] for row in bad}) == pain.sufferers
    assert opened.rows[0][columns["bad"]] is True


def test_twins_are_two_customers_one_of_whom_it_hit(losing):
    workspace, pains = losing

    twins = facade.twins_of(workspace, pains.pains[0].id)

    assert len(twins) == 10
    people = [side.customer for each in twins for side in (each.sufferer, each.other)]
    assert len(set(people)) == len(people)
    for each in twins:
        assert [entry.is_bad for entry in each.sufferer.entries if entry.is_compared] == [True]
        assert [entry.is_bad for entry in each.other.entries if entry.is_compared] == [False]


def test_asking_again_computes_nothing(losing):
    workspace, pains = losing

    def never(progress: facade.Progress) -> None:
        raise AssertionError(progress.words)

    assert facade.pains_of(workspace, report=never) == pains
    assert facade.kept_pains(workspace) == pains
    assert pains.is_current


def test_nothing_planted_is_no_loss(make: Make):
    pains = facade.pains_of(make(shop(CUSTOMERS, loss=0.0)))

    assert all(pain.grade == "D" for pain in pains.pains)
    assert pains.total is None
    checkout = pains.named("checkout~errors")
    assert checkout.claim_sentence.startswith("No loss can be seen")
    assert checkout.money is None or not checkout.money.is_firm


def test_a_hidden_cause_is_vetoed_by_what_was_before(make: Make):
    pains = facade.pains_of(make(shop(1000, loss=0.0, hidden=True)))

    pain = pains.named("checkout~errors")
    assert pain.effect is not None
    assert pain.effect.high < 0
    control = next(check for check in pain.checks if check.name == "negative_control")
    assert control.state == facade.FAILED
    assert pain.grade == "D"
    assert pains.total is None


def test_a_claim_that_new_data_do_not_support_says_so(losing, tmp_path):
    shared, pains = losing
    before = pains.named("checkout~errors")
    shared.store.checkpoint()
    workspace = open_workspace(shutil.copytree(shared.folder, tmp_path / "copy"))
    with workspace.store.transaction() as writer:  # the failures turn out to have been something else
        writer.execute(
            "delete from events where kind in (select kind from kinds where name = 'Script Error Occurred') and seq % 9 > 0"
        )
        writer.execute("insert into revisions select nextval('event_seq'), who, null from events limit 1")

    found = facade.pains_of(workspace)
    pain = found.named("checkout~errors")

    assert before.status == SUPPORTED
    assert pain.status == NO_LONGER_SUPPORTED
    assert pain.first_seen == before.first_seen
    assert pain.status_why
    assert found.total is None
    workspace.close()


def test_stopping_keeps_what_there_was(make: Make):
    workspace = make(shop(60, loss=0.0))

    def stop(progress: facade.Progress) -> None:
        if progress.of:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        facade.pains_of(workspace, report=stop)
    assert facade.kept_pains(workspace) is None


REFUSALS = {
    "nothing": ([], "no visits yet"),
    "one customer": ([Happened(1, day, "Page Viewed") for day in range(50)], "by one customer"),
    "few customers": ([Happened(who, 1, "Page Viewed") for who in range(20)], "needs at least 30"),
    "all fine": ([Happened(who, 1, "Page Viewed") for who in range(200)], "None of the symptoms"),
}


@pytest.mark.parametrize("world", REFUSALS, ids=str)
def test_too_little_is_a_sentence(make: Make, world: str):
    events, words = REFUSALS[world]

    pains = facade.pains_of(make(events))

    assert words in pains.refusal
    assert (pains.pains, pains.total) == ((), None)


def test_all_bad_no_orders_no_scores(make: Make):
    events = [Happened(who, day, "Checkout Started") for who in range(1, 121) for day in (1, 200)]
    events += [Happened(who, day + 0.001, "Script Error Occurred") for who in range(1, 121) for day in (1, 200)]
    events += [Happened(who, 2, "Cart Viewed") for who in range(1, 121)]

    pains = facade.pains_of(make(events))

    pain = pains.named("checkout~errors")
    assert pain.effect is None
    assert pain.effect_why == "Every visit was bad: there is no fine visit to compare with."
    assert pain.money is None
    assert pain.money_why
    assert pain.score_gap is None
    assert "0 sufferers" in pain.score_gap_why
    assert any("no orders" in note for note in pains.notes)
    assert any("no scores" in note for note in pains.notes)
