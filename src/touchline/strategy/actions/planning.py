"""Placing improvements in quarters, and writing decisions down."""

from __future__ import annotations

from datetime import UTC, date, datetime

from touchline.engine.workspace import Workspace
from touchline.improvements.facade import improvement
from touchline.strategy.rules.decision import Decision
from touchline.strategy.rules.problem import name_of, needed, text_of
from touchline.strategy.rules.quarter import Quarter


def place(workspace: Workspace, number: int, quarter: Quarter | None) -> None:
    """Put an improvement into a quarter, or into none. Raises ImprovementError."""
    improvement(workspace, number)
    with workspace.store.transaction() as writer:
        writer.execute("delete from strategy_quarters where improvement = ?", [number])
        if quarter is not None:
            writer.execute("insert into strategy_quarters values (?, ?)", [number, str(quarter)])


def write_decision(workspace: Workspace, quarter: Quarter, text: str, who: str, day: date | None) -> Decision:
    """Write down what was decided. Raises StrategyError."""
    said = needed(text_of(text, "The decision"), "A decision needs a sentence that says what was decided.")
    now = datetime.now(UTC).replace(tzinfo=None)
    decided, by = day or now.date(), name_of(who, "The name of who decided")
    with workspace.store.transaction() as writer:
        number = int(writer.value("select nextval('strategy_decision_seq')::integer"))
        writer.execute(
            "insert into strategy_decisions values (?, ?, ?, ?, ?, ?)", [number, str(quarter), said, by, decided, now]
        )
    return Decision(number, quarter, said, by, decided)
