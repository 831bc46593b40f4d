"""How attribution is shown: credit, not cause."""

from __future__ import annotations

from touchline.analyses.kinds.attribution.answer import AttributionAnswer, Credited, counted_days
from touchline.analyses.rules.presentation import Bars, Column, Figure, Heat, Presentation, Row, Series, Table

RULE_NAMES = {
    "first": "First",
    "last": "Last",
    "linear": "Linear",
    "decay": "Decay",
    "markov": "Markov",
    "shapley": "Shapley",
}
RULE_WORDS = {
    "first": "first contact",
    "last": "last contact",
    "linear": "linear",
    "decay": "time decay",
    "markov": "Markov removal",
    "shapley": "Shapley",
}
BY = {"campaign": "Campaign", "touchpoint": "Touchpoint", "channel": "Channel", "step": "Step"}
PEOPLE = {"customer": "customers", "account": "accounts", "case": "cases"}

NOBODY = Credited("–", 0, 0, 0, (), None, None, None, (), None)
"""Where there is no credit to divide."""

NOT_CAUSE = (
    "Credit, not cause: it divides what happened. Only an experiment tells what would not have happened without."
)


def present(answer: AttributionAnswer) -> Presentation:
    """Sentence, shares with interval and value, all rules side by side, and what Markov's chain would lose."""
    if answer.refusal:
        return Presentation(answer.refusal, figures=_figures(answer), cautions=(NOT_CAUSE,))
    return Presentation(
        _sentence(answer),
        figures=_figures(answer),
        charts=(_bars(answer), _heat(answer)),
        tables=(_chosen(answer), _rules(answer)),
        cautions=_cautions(answer),
    )


def _sentence(answer: AttributionAnswer) -> str:
    first = answer.credited[0]
    share = f" ({100 * first.share:.0f}%)" if first.share is not None else ""
    return (
        f"{answer.touched:,} of {answer.conversions:,} × {answer.conversion} had marketing within "
        f"{counted_days(answer.lookback_days)} before; by {RULE_WORDS[answer.rule]}, {first.name} gets the most "
        f"credit{share}. Credit, not cause."
    )


def _cautions(answer: AttributionAnswer) -> tuple[str, ...]:
    found = [NOT_CAUSE]
    if answer.undecided:
        found.append(
            f"{answer.undecided:,} of {answer.paths - answer.touched:,} paths without a conversion are younger than "
            f"{counted_days(answer.lookback_days)}: a conversion may still follow."
        )
    if answer.folded:
        found.append(f"The {answer.folded} names with the fewest contacts are put together as “all others”.")
    if answer.conversions > answer.touched:
        found.append(
            f"{answer.conversions - answer.touched:,} conversions had no marketing contact that we know of: nobody gets "
            "credit for them."
        )
    return tuple(found)


def _figures(answer: AttributionAnswer) -> tuple[Figure, ...]:
    """Of the same names in every group of a breakdown."""
    first = answer.credited[0] if answer.credited else NOBODY
    return (
        Figure("share", "Largest share of credit", first.share, "share", first.converters, first.low, first.high),
        Figure("most", "goes to", first.name, "text", first.converters),
        Figure("touched", "Conversions after marketing", answer.touched, "count", n=answer.converters),
        Figure("paths", "Paths, with and without a conversion", answer.paths, "count", n=answer.people),
        *(
            Figure(
                f"value-{currency or 'none'}",
                f"Value credited {currency}".strip(),
                amount,
                "money",
                answer.converters,
                currency=currency,
            )
            for currency, amount in answer.value
        ),
    )


def _chosen(answer: AttributionAnswer) -> Table:
    columns = (
        Column(BY[answer.by]),
        Column("Credit", "number"),
        Column("Share", "share"),
        Column("from", "share"),
        Column("to", "share"),
        *(Column(f"Value {currency}".strip(), "money", currency) for currency, _ in answer.value),
        Column(PEOPLE[answer.unit].capitalize(), "count"),
    )
    rows = tuple(
        Row(
            (
                each.name,
                _chosen_credit(answer, each),
                each.share,
                each.low,
                each.high,
                *(amount for _, amount in each.value),
                each.converters,
            ),
            each.converters,
        )
        for each in answer.credited
    )
    note = (
        f"{PEOPLE[answer.unit].capitalize()}: who met it before converting. from, to: 95% when {PEOPLE[answer.unit]} are "
        "drawn again."
    )
    return Table("credit", f"Credit by {RULE_WORDS[answer.rule]}: credit, not cause", columns, rows, note)


def _rules(answer: AttributionAnswer) -> Table:
    columns = (
        Column(BY[answer.by]),
        *(Column(RULE_NAMES[rule], "number") for rule in answer.rules),
        Column("Removal", "share"),
        Column("Met by", "count"),
    )
    rows = tuple(
        Row((each.name, *(round(part, 1) for part in each.credit), each.removal, each.people), each.converters)
        for each in answer.credited
    )
    note = (
        f"In conversions. Decay: half the credit every {answer.half_life_days:g} days. Removal: the share of conversions "
        "that Markov's chain would lose without it."
    )
    return Table("rules", "Credit by every rule: credit, not cause", columns, rows, note)


def _chosen_credit(answer: AttributionAnswer, each: Credited) -> float:
    return each.credit[answer.rules.index(answer.rule)]


def _bars(answer: AttributionAnswer) -> Bars:
    series = Series(
        "Share of credit",
        tuple(each.share for each in answer.credited),
        tuple(each.low for each in answer.credited),
        tuple(each.high for each in answer.credited),
        tuple(each.converters for each in answer.credited),
    )
    names = tuple(each.name for each in answer.credited)
    return Bars("share", f"Credit by {RULE_WORDS[answer.rule]}, not cause", names, (series,), "share", "credit")


def _heat(answer: AttributionAnswer) -> Heat:
    return Heat(
        "by-rule",
        "Credit by every rule, not cause",
        tuple(each.name for each in answer.credited),
        tuple(RULE_NAMES[rule] for rule in answer.rules),
        tuple(tuple(each.credit) for each in answer.credited),
        "number",
        "rules",
        n=tuple(each.converters for each in answer.credited),
    )
