"""How the worked tables of improvements are recomputed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.forecast_ledger import Kept, calibration, shrunk_sum
from touchline.formulas.money_at_stake import Amount, amount_of
from touchline.formulas.quantile_draws import quantile_draws
from touchline.formulas.smallest_effect import smallest_effect_of_roll_out, smallest_effect_of_series

Row: TypeAlias = dict[str, str]
Figures: TypeAlias = dict[str, object]


def numbers(cell: str) -> list[float]:
    return [float(part.replace("−", "-")) for part in cell.split(",")]


def check_roll_out(row: Row) -> Figures:
    found = smallest_effect_of_roll_out(numbers(row["changes"]), int(row["get it"]))
    return {"smallest effect": None if isinstance(found, CannotSay) else found}


def check_series(row: Row) -> Figures:
    """`weeks` of a level that goes up and down by one step, the same each time."""
    weeks, step = int(row["weeks before"]), float(row["up and down by"])
    levels = np.where(np.arange(weeks) // 2 % 2, step, -step)
    found = smallest_effect_of_series(list(levels), int(row["weeks after"]))
    return {"smallest effect": None if isinstance(found, CannotSay) else found}


def amount(middle: float, half: float, key: str) -> Amount:
    return amount_of(quantile_draws(key, middle, middle - half, middle + half))


def kept(row: Row) -> list[Kept]:
    """Promised and realised in the middle, each with the half-width of its 80 % interval."""
    columns = [numbers(row[name]) for name in ("promised", "realised")]
    widths = [numbers(row[f"{name}, give or take"]) for name in ("promised", "realised")]
    return [
        Kept(
            *(
                amount(column[at], width[at % len(width)], f"{at}")
                for column, width in zip(columns, widths, strict=True)
            )
        )
        for at in range(len(columns[0]))
    ]


def check_calibration(row: Row) -> Figures:
    found = calibration(kept(row))
    if isinstance(found, CannotSay):
        return dict.fromkeys(("inside", "share", "low", "high"))
    return {"inside": found.count, "share": found.value, "low": found.low, "high": found.high}


def check_shrunk_sum(row: Row) -> Figures:
    found = shrunk_sum(kept(row))
    if isinstance(found, CannotSay):
        return dict.fromkeys(("sum", "low", "high"))
    return {"sum": round(found.median), "low": round(found.low), "high": round(found.high)}


def each(check: Callable[[Row], Figures]) -> Callable[[list[Row]], list[Figures]]:
    return lambda rows: [check(row) for row in rows]


IMPROVEMENTS = {
    "smallest-effect-roll-out": each(check_roll_out),
    "smallest-effect-series": each(check_series),
    "promise-calibration": each(check_calibration),
    "shrunk-sum": each(check_shrunk_sum),
}
