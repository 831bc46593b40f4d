"""Retention as people read it."""

from __future__ import annotations

from touchline.analyses.kinds.retention.answer import Cohort, Kept, RetentionAnswer, Spent
from touchline.analyses.kinds.retention.wording import headings, later_words, people, whom
from touchline.analyses.rules.calendar import plural
from touchline.analyses.rules.presentation import (
    Column,
    Figure,
    Heat,
    Lines,
    Presentation,
    Row,
    Series,
    Table,
)
from touchline.ui.numbers import percent, whole

SHOWN_FIRST = (1, 4)
"""Periods later that become figures, besides the last one."""


def present(answer: RetentionAnswer) -> Presentation:
    """Show an answer."""
    if not answer.n:
        return Presentation(f"Nobody began with {answer.start_name} in these {plural(answer.asked.per)}.")
    with_value = answer.asked.measure == "value"
    return Presentation(
        sentence=_sentence(answer),
        figures=tuple(_figure(answer, each) for each in _chosen(answer)),
        charts=(_lines(answer), _heat(answer)) if answer.kept else (),
        tables=(
            *([_kept_table(answer)] if answer.kept else []),
            _cohort_table(answer),
            *(_spent_table(answer, each) for each in answer.spent),
            *(_value_kept_table(answer, each) for each in answer.spent),
        )
        if with_value or answer.kept
        else (_cohort_table(answer),),
        cautions=_cautions(answer),
    )


def _sentence(answer: RetentionAnswer) -> str:
    known = [each for each in answer.kept if each.share.value is not None]
    began = f"Of {whole(answer.n)} {people(answer)} {whom(answer)}"
    if not known:
        return f"{began}, none has been followed for a whole {answer.asked.per} yet."
    first, last = known[0], known[-1]
    said = f"{began}, {percent(first.share.value)} came back {later_words(answer, first.later)}"
    if last is not first:
        said += f" and {percent(last.share.value)} {later_words(answer, last.later)}"
    return f"{said}."


def _chosen(answer: RetentionAnswer) -> list[Kept]:
    known = [each for each in answer.kept if each.share.value is not None]
    wanted = {*SHOWN_FIRST, known[-1].later} if known else set()
    return [each for each in known if each.later in wanted]


def _figure(answer: RetentionAnswer, kept: Kept) -> Figure:
    share = kept.share
    name = f"Came back {later_words(answer, kept.later)}"
    return Figure(f"later-{kept.later}", name, share.value, "share", share.clusters, share.low, share.high)


def _lines(answer: RetentionAnswer) -> Lines:
    shares = [each.share for each in answer.kept]
    series = Series(
        "came back",
        tuple(each.value for each in shares),
        tuple(each.low for each in shares),
        tuple(each.high for each in shares),
        tuple(each.clusters for each in shares),
    )
    title = f"Came back, by {plural(answer.asked.per)} since they began"
    return Lines("kept-lines", title, tuple(str(each.later) for each in answer.kept), (series,), "share", "kept")


def _kept_table(answer: RetentionAnswer) -> Table:
    period = answer.asked.per
    several = answer.asked.who == "recurring"
    rows = tuple(
        Row(
            (str(each.later), each.share.clusters, each.share.count, each.share.value, each.share.low, each.share.high),
            n=each.share.clusters,
        )
        for each in answer.kept
    )
    columns = (
        Column(f"{plural(period).capitalize()} later"),
        Column("followed", "count"),
        Column("times" if several else "came back", "count"),
        Column("share", "share"),
        Column("low", "share"),
        Column("high", "share"),
    )
    note = f"Only groups for which that {period} is over; low and high are a 95% interval."
    if several:
        note += f" Somebody may be in several groups: the share is of all {plural(period)} in which they began."
    return Table("kept", "All groups together", columns, rows, note)


def _heat(answer: RetentionAnswer) -> Heat:
    columns = len(answer.kept)
    return Heat(
        "cohort-heat",
        f"Came back, by the {answer.asked.per} in which they began",
        tuple(each.label for each in answer.cohorts),
        tuple(str(each.later) for each in answer.kept),
        tuple(_values(each, columns) for each in answer.cohorts),
        "share",
        "cohorts",
        provisional=tuple(
            (row, column)
            for row, each in enumerate(answer.cohorts)
            for column in range(each.over, min(len(each.cells), columns))
        ),
        n=tuple(each.n for each in answer.cohorts),
    )


def _values(cohort: Cohort, columns: int) -> tuple[float | None, ...]:
    values = tuple(cell.value for cell in cohort.cells)[:columns]
    return (*values, *(None for _ in range(columns - len(values))))


def _cohort_table(answer: RetentionAnswer) -> Table:
    columns = len(answer.kept)
    rows = tuple(
        Row((each.label, each.n, *_values(each, columns)), each.n, each.is_provisional or each.over < len(each.cells))
        for each in answer.cohorts
    )
    period = answer.asked.per
    head = (Column(headings(period)), Column("n", "count"))
    return Table(
        "cohorts",
        f"Came back so many {plural(period)} later{_year(answer)}",
        (*head, *(Column(str(each.later), "share") for each in answer.kept)),
        rows,
        f"Where a row is marked, it is its last figure that may change: that {period} is not over."
        if answer.has_open_period
        else "",
    )


def _spent_table(answer: RetentionAnswer, spent: Spent) -> Table:
    columns = len(answer.kept) + 1
    rows = tuple(
        Row(
            (each.label, each.n, *amounts, *(None for _ in range(columns - len(amounts)))),
            each.n,
            each.is_provisional or each.over < len(each.cells),
        )
        for each, amounts in zip(answer.cohorts, spent.amounts, strict=True)
    )
    period = answer.asked.per
    head = (Column(headings(period)), Column("n", "count"))
    return Table(
        f"spent-{spent.currency.lower() or 'none'}",
        f"Spent so many {plural(period)} later, {_in(spent)}{_year(answer)}",
        (*head, *(Column(str(later), "count") for later in range(columns))),
        rows,
        f"0 is the {period} in which they began. Whole amounts; refunds are taken off.",
    )


def _value_kept_table(answer: RetentionAnswer, spent: Spent) -> Table:
    rows = tuple(
        Row((str(later), each.n, each.value, each.low, each.high), each.n)
        for later, each in enumerate(spent.kept, start=1)
    )
    period = answer.asked.per
    columns = (
        Column(f"{plural(period).capitalize()} later"),
        Column("spenders", "count"),
        Column("of the first", "share"),
        Column("low", "share"),
        Column("high", "share"),
    )
    note = f"What the groups spent in that {period}, as a share of what they spent in the {period} in which they began."
    return Table(f"value-{spent.currency.lower() or 'none'}", f"Value kept, {_in(spent)}", columns, rows, note)


def _cautions(answer: RetentionAnswer) -> tuple[str, ...]:
    period, said = answer.asked.per, []
    if answer.has_open_period:
        said.append(f"The last {period} is not over: the data shown end on {answer.data_until}.")
    if answer.is_from_the_start and answer.asked.who == "first-time":
        said.append(
            f"The data begin on {answer.data_from}: whoever came before that day looks new in the first {plural(period)}."
        )
    if answer.asked.came_back == "or-later":
        said.append("“Or later” can only rise as more data come: the latest groups have had less time.")
    if answer.asked.measure == "value" and not answer.spent:
        said.append(f"No {answer.return_name} in these {plural(period)} carries a value.")
    return tuple(said)


def _in(spent: Spent) -> str:
    return spent.currency or "no currency given"


def _year(answer: RetentionAnswer) -> str:
    first, last = answer.cohorts[0].first_day[:4], answer.cohorts[-1].first_day[:4]
    return f", {first}" if first == last else ""
