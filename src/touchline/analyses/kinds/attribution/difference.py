"""Whether credit is divided otherwise in the second group."""

from __future__ import annotations

from touchline.analyses.kinds.attribution.answer import AttributionAnswer, Credited
from touchline.analyses.kinds.attribution.present import BY, NOT_CAUSE, RULE_WORDS
from touchline.analyses.rules.presentation import Bars, Column, Presentation, Row, Series, Table
from touchline.formulas.attribution import share_change
from touchline.formulas.evidence import UNKNOWN_CHANGE, Change


def compare(first: AttributionAnswer, second: AttributionAnswer) -> Presentation:
    """Shares of credit, second minus first."""
    if first.refusal or second.refusal:
        return Presentation(f"The groups cannot be compared. {first.refusal or second.refusal}", cautions=(NOT_CAUSE,))
    one = {each.name: each for each in first.credited}
    other = {each.name: each for each in second.credited}
    names = [*one, *(name for name in other if name not in one)]
    changes = {name: _change(one.get(name), other.get(name)) for name in names}
    columns = (
        Column(BY[first.by]),
        Column("First", "share"),
        Column("Second", "share"),
        Column("Change", "points"),
        Column("from", "points"),
        Column("to", "points"),
        Column("Verdict"),
    )
    rows = tuple(
        Row(
            (
                name,
                one[name].share if name in one else None,
                other[name].share if name in other else None,
                changes[name].difference,
                changes[name].low,
                changes[name].high,
                "no detectable change" if changes[name].is_noise else "changed",
            ),
            min(each[name].converters if name in each else 0 for each in (one, other)),
        )
        for name in names
    )
    sure = [name for name in names if not changes[name].is_noise]
    sentence = (
        f"By {RULE_WORDS[first.rule]}, the share of {', '.join(sure)} changed by more than chance."
        if sure
        else f"By {RULE_WORDS[first.rule]}, shares of credit changed by no more than chance."
    )
    series = Series(
        "Second minus first",
        tuple(changes[name].difference for name in names),
        tuple(changes[name].low for name in names),
        tuple(changes[name].high for name in names),
        tuple(row.n for row in rows),
    )
    return Presentation(
        sentence,
        charts=(Bars("changes", "Change of credit, not cause", tuple(names), (series,), "points", "changes"),),
        tables=(Table("changes", "Share of credit in both groups: credit, not cause", columns, rows),),
        cautions=(NOT_CAUSE,),
    )


def _change(first: Credited | None, second: Credited | None) -> Change:
    if first is None or second is None:
        return UNKNOWN_CHANGE
    return share_change((second.share, second.low, second.high), (first.share, first.low, first.high))
