"""How the worked table of the quality of identities is recomputed."""

from __future__ import annotations

from typing import TypeAlias

from touchline.formulas.identity_error import Judged, error_of_rule, overall_error, sampled

Row: TypeAlias = dict[str, str]
Figures: TypeAlias = dict[str, object]


def check_identity_error(rows: list[Row]) -> list[Figures]:
    """The last row is all rules together."""
    rules = [
        Judged(int(row["pairs"]), int(row["same"]), int(row["not the same"]), int(row["cannot say"]))
        for row in rows[:-1]
    ]
    taken = sampled([rule.pairs for rule in rules])
    figures = [
        _figures(drawn, error.value, error.low, error.high)
        for drawn, error in zip(taken, map(error_of_rule, rules), strict=True)
    ]
    overall = overall_error(rules)
    return [*figures, _figures(sum(taken), overall.value, overall.low, overall.high)]


def _figures(drawn: int, value: float | None, low: float | None, high: float | None) -> Figures:
    return {
        "in the sample": drawn,
        "error": _percent(value, "cannot say"),
        "low": _percent(low),
        "high": _percent(high),
    }


def _percent(share: float | None, none: str = "") -> str:
    return none if share is None else f"{share:.1%}"


IDENTITY = {"identity-error": check_identity_error}
