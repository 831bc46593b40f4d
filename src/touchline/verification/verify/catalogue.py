"""All rows, and the quantities that no row covers yet."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from typing import Any, Final

from touchline.verification.verify import rows
from touchline.verification.verify.row import Row

QUANTITIES: Final = {
    1: "identity",
    2: "order and cut of stages",
    3: "archetypes",
    4: "NPS interval, raking, bias band",
    5: "score of a touchpoint",
    6: "drivers of ordering again",
    7: "red herrings",
    8: "hidden confounder",
    9: "money",
    10: "worth of a customer",
    11: "time to the next step",
    12: "A/A and A/B",
    13: "regional fix",
    14: "Proposition 99",
    15: "alerts",
    16: "themes",
    17: "churn",
    18: "segments",
    19: "recommender",
    20: "off-policy evaluation",
    21: "contact policy",
}
"""What the product has to get back from a planted world, in full."""


@cache
def all_rows() -> tuple[Row[Any], ...]:
    """The `ROW` of every module under `rows`, in order of their numbers."""
    found = [importlib.import_module(each.name) for each in pkgutil.iter_modules(rows.__path__, f"{rows.__name__}.")]
    return tuple(sorted((module.ROW for module in found), key=lambda row: (row.number, row.title)))


def not_yet_covered() -> dict[int, str]:
    """Quantities without a row, by number."""
    covered = {row.number for row in all_rows()}
    return {number: name for number, name in QUANTITIES.items() if number not in covered}
