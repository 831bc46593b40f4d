"""How the worked tables of one customer are recomputed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from decimal import Decimal

from touchline.customers.rules.folding import fold_cases
from touchline.customers.rules.timeline import NamedObject, TimelineEvent
from touchline.formulas.order_worth import order_worth

Row = dict[str, str]
Figures = dict[str, object]

START = datetime.fromisoformat("2026-01-01")
NOTHING = dict.fromkeys(
    ("page", "label", "campaign", "metric", "score", "score_min", "score_max", "text", "value", "currency")
)


def check_order_worth(rows: list[Row]) -> list[Figures]:
    return [
        {
            "worth": order_worth(
                Decimal(row["placed at"]) if row["placed at"] else None,
                [Decimal(amount) for amount in row["refunds"].split(",") if amount],
                is_cancelled=row["cancelled"] == "yes",
            )
        }
        for row in rows
    ]


def check_days_to_solve(rows: list[Row]) -> list[Figures]:
    return [check_case(row) for row in rows]


def check_case(row: Row) -> Figures:
    columns = {
        "opened on day": "Ticket Created",
        "solved on day": "Ticket Solved",
        "came back on day": "Ticket Reopened",
    }
    events = [
        happened(float(day), name) for column, name in columns.items() for day in row[column].split(",") if day.strip()
    ]
    (case,) = fold_cases(sorted(events, key=lambda event: event.time))
    return {"status": case.status, "days to solve": case.days_to_solve}


def happened(day: float, name: str) -> TimelineEvent:
    time = START + timedelta(days=day)
    case = (NamedObject("case", "7"),)
    return TimelineEvent(
        id=name, time=time, name=name, topic="cases", channel="email", source="", objects=case, **NOTHING
    )


CUSTOMER: dict[str, Callable[[list[Row]], Iterable[Figures]]] = {
    "order-worth": check_order_worth,
    "days-to-solve": check_days_to_solve,
}
