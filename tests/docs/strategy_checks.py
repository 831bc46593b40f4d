"""How the worked tables of strategy are recomputed."""

from __future__ import annotations

from typing import TypeAlias

from tests.docs.improvement_checks import amount

from touchline.formulas.value_for_effort import Priority, Proposal, priorities

Row: TypeAlias = dict[str, str]
Figures: TypeAlias = dict[str, object]

SHOWN = {
    "score": "score",
    "low": "low",
    "high": "high",
    "place": "place",
    "first place": "first_place",
    "last place": "last_place",
    "among first three": "among_first",
}


def check_value_for_effort(rows: list[Row]) -> list[Figures]:
    """All rows are one ranking."""
    found = priorities(
        [
            Proposal(
                amount(float(row["promise"]), float(row["give or take"]), f"{at}"),
                row["grade"],
                None if row["days"] == "–" else float(row["days"]),
            )
            for at, row in enumerate(rows)
        ]
    )
    return [
        {column: getattr(each, name) if isinstance(each, Priority) else None for column, name in SHOWN.items()}
        for each in found
    ]


STRATEGY = {"value-for-effort": check_value_for_effort}
