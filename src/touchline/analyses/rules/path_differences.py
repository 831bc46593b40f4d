"""Many shares of two groups side by side: what is found to differ, and what is not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from touchline.analyses.rules.presentation import Bars, Column, Presentation, Row, Series, Table
from touchline.formulas.clustered import ClusteredShare, Compared, compared
from touchline.ui.numbers import decimal

TENTH = (
    "Change is second (what it is compared with) minus first (what was asked), with a 95% interval. At most a tenth of "
    "what is listed as different is expected to be there by chance."
)


@dataclass(frozen=True)
class Pair:
    """One thing whose share is compared."""

    name: str
    first: ClusteredShare
    second: ClusteredShare
    customers: tuple[int, int]
    """Behind it, in either group."""

    @property
    def n(self) -> int:
        """The fewest people that a figure of the pair says something about."""
        return min((count for count in self.customers if count), default=0)


def judged(pairs: Sequence[Pair]) -> tuple[Compared, ...]:
    """What the differences are and which of them count as found."""
    return compared([(pair.first, pair.second) for pair in pairs])


def shares_compared(id_: str, what: str, head: str, pairs: Sequence[Pair]) -> Presentation:
    """What differs, as bars and a table, and below it what shows no detectable difference.

    `what` is said of the pairs ('paths', 'outcomes of paths'), `head` stands above their names.
    """
    all_ = judged(pairs)
    found = sorted(
        (at for at, each in enumerate(all_) if each.is_found),
        key=lambda at: -abs(all_[at].change.difference or 0.0),
    )
    same = [at for at in range(len(pairs)) if at not in set(found)]
    tables = []
    charts = []
    if found:
        table = Table(
            f"{id_}-different",
            f"Different: {what}",
            (Column(head), *_GROUPS, Column("Change", "points"), Column("low", "points"), Column("high", "points")),
            tuple(
                Row(
                    (
                        pairs[at].name,
                        pairs[at].first.value,
                        pairs[at].second.value,
                        all_[at].change.difference,
                        all_[at].change.low,
                        all_[at].change.high,
                    ),
                    n=pairs[at].n,
                )
                for at in found
            ),
            TENTH,
        )
        tables.append(table)
        charts.append(
            Bars(
                f"{id_}-bars",
                f"Second minus first: {what}",
                tuple(pairs[at].name for at in found),
                (
                    Series(
                        "Second minus first",
                        tuple(all_[at].change.difference for at in found),
                        tuple(all_[at].change.low for at in found),
                        tuple(all_[at].change.high for at in found),
                        tuple(pairs[at].n for at in found),
                    ),
                ),
                "points",
                table.id,
            )
        )
    if same:
        rows = tuple(Row((pairs[at].name, pairs[at].first.value, pairs[at].second.value), n=pairs[at].n) for at in same)
        caption = f"No detectable difference: {what}"
        tables.append(Table(f"{id_}-same", caption, (Column(head), *_GROUPS), rows))
    best = None if not found else (pairs[found[0]].name, all_[found[0]].change.difference or 0.0)
    return Presentation(_sentence(what, len(pairs), len(found), best), (), tuple(charts), tuple(tables))


_GROUPS = (Column("First", "share"), Column("Second", "share"))


def _sentence(what: str, compared_: int, found: int, best: tuple[str, float] | None) -> str:
    if not compared_:
        return f"There are no {what} to compare."
    if best is None:
        return f"No detectable difference: none of the {compared_} {what} compared differs between the groups."
    name, change = best
    more = "more" if change > 0 else "less"
    return (
        f"{found} of the {compared_} {what} compared differ{'s' if found == 1 else ''}. The largest difference: {name}, "
        f"{decimal(abs(change) * 100)} points {more} often in the second group."
    )
