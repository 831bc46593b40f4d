"""What the second group keeps more or less than the first."""

from __future__ import annotations

from touchline.analyses.kinds.retention.answer import RetentionAnswer
from touchline.analyses.kinds.retention.wording import later_words
from touchline.analyses.rules.calendar import plural
from touchline.analyses.rules.presentation import Column, Lines, Presentation, Row, Series, Table
from touchline.analyses.rules.share_differences import difference_table
from touchline.formulas.clustered import Compared, compared
from touchline.formulas.ratio import ratio_change
from touchline.ui.numbers import signed


def difference(first: RetentionAnswer, second: RetentionAnswer) -> Presentation:
    """Second minus first, so many periods later."""
    pairs = list(zip(first.kept, second.kept, strict=False))
    if not pairs:
        return Presentation("The two groups cannot be compared: one of them has not been followed for long enough.")
    found = compared([(one.share, other.share) for one, other in pairs])
    laters = [one.later for one, _ in pairs]
    return Presentation(
        _sentence(first, laters, found),
        charts=(_lines(first, laters, found),),
        tables=(_table(first, laters, found), *_values(first, second)),
    )


def _sentence(answer: RetentionAnswer, laters: list[int], found: tuple[Compared, ...]) -> str:
    sure = [(later, each) for later, each in zip(laters, found, strict=True) if each.is_found]
    if not sure:
        return "No detectable change: the two groups come back alike as far as these numbers can tell."
    later, each = max(sure, key=lambda pair: abs(pair[1].change.difference or 0.0))
    points = signed((each.change.difference or 0.0) * 100, 1)
    return (
        f"The second group's share {later_words(answer, later)} differs by {points} points; "
        f"{len(sure)} of {len(found)} {plural(answer.asked.per)} differ by more than chance."
    )


def _table(answer: RetentionAnswer, laters: list[int], found: tuple[Compared, ...]) -> Table:
    return difference_table(
        "kept-difference",
        "Came back: second group minus first",
        f"{plural(answer.asked.per).capitalize()} later",
        [str(later) for later in laters],
        found,
    )


def _lines(answer: RetentionAnswer, laters: list[int], found: tuple[Compared, ...]) -> Lines:
    series = tuple(
        Series(
            name,
            tuple(each.value for each in shares),
            tuple(each.low for each in shares),
            tuple(each.high for each in shares),
            tuple(each.clusters for each in shares),
        )
        for name, shares in (
            ("first group", [each.first for each in found]),
            ("second group", [each.second for each in found]),
        )
    )
    title = f"Came back, by {plural(answer.asked.per)} since they began"
    return Lines(
        "kept-difference-lines", title, tuple(str(each) for each in laters), series, "share", "kept-difference"
    )


def _values(first: RetentionAnswer, second: RetentionAnswer) -> list[Table]:
    others = {each.currency: each for each in second.spent}
    tables = []
    for spent in first.spent:
        if spent.currency not in others:
            continue
        rows = []
        for later, (one, other) in enumerate(zip(spent.kept, others[spent.currency].kept, strict=False), start=1):
            change = ratio_change(other, one)
            cells = (str(later), one.value, other.value, change.difference, change.low, change.high)
            rows.append(Row(cells, n=min(one.n, other.n)))
        columns = (
            Column(f"{plural(first.asked.per).capitalize()} later"),
            Column("first", "share"),
            Column("second", "share"),
            Column("change", "points"),
            Column("low", "points"),
            Column("high", "points"),
        )
        name = spent.currency or "no currency given"
        tables.append(
            Table(
                f"value-difference-{spent.currency.lower() or 'none'}",
                f"Value kept, {name}: second group minus first",
                columns,
                tuple(rows),
            )
        )
    return tables
