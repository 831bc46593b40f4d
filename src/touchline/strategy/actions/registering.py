"""Keeping, wording, dismissing and closing gaps."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from touchline.engine.store import Writer
from touchline.engine.workspace import Workspace
from touchline.improvements.facade import improvement
from touchline.strategy.questions import kept
from touchline.strategy.questions.gaps import register
from touchline.strategy.rules.gap import Gap, checked
from touchline.strategy.rules.problem import StrategyError

INSERT = "insert into strategy_gaps values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"


def add_gap(workspace: Workspace, gap: Gap) -> Gap:
    """Put a gap of our own into the register. Raises StrategyError, ImprovementError."""
    return _add(workspace, replace(gap, evidence="", state="kept"))


def decide(workspace: Workspace, evidence: str, state: str = "kept", *, owner: str = "", reason: str = "") -> Gap:
    """Keep or dismiss a gap that the data propose. Raises StrategyError, JourneyFileError."""
    if state not in ("kept", "dismissed"):
        raise StrategyError("A gap that is proposed can be kept or dismissed.")
    proposed = register(workspace).proposed
    found = next((each for each in proposed if each.evidence == evidence), None)
    if found is None:
        there = ", ".join(each.evidence for each in proposed)
        raise StrategyError(
            f"No gap is proposed by “{evidence}”. " + (f"There are: {there}." if there else "None is proposed at all.")
        )
    return _add(
        workspace,
        Gap(0, found.evidence, found.place, found.what_is, found.should_be, owner, state=state, reason=reason),
    )


def change_gap(workspace: Workspace, changed: Gap) -> Gap:
    """Word a gap, give it an owner or an improvement, close, dismiss or open it again. Raises StrategyError."""
    before = kept.gap(workspace, changed.number)
    ended = None if changed.state == "kept" else before.ended if before.state == changed.state else _today()
    gap = checked(replace(changed, evidence=before.evidence, opened=before.opened, ended=ended))
    if gap.improvement is not None:
        improvement(workspace, gap.improvement)
    with workspace.store.transaction() as writer:
        writer.execute("delete from strategy_gaps where gap = ?", [gap.number])
        _write(writer, gap)
    return gap


def _add(workspace: Workspace, gap: Gap) -> Gap:
    found = checked(replace(gap, opened=_today(), ended=_today() if gap.state != "kept" else None))
    if found.improvement is not None:
        improvement(workspace, found.improvement)
    with workspace.store.transaction() as writer:
        number = int(writer.value("select nextval('strategy_gap_seq')::integer"))
        _write(writer, replace(found, number=number))
    return replace(found, number=number)


def _write(writer: Writer, gap: Gap) -> None:
    said = [gap.number, gap.evidence, gap.place, gap.what_is, gap.should_be, gap.owner, gap.improvement]
    writer.execute(INSERT, [*said, gap.state, gap.reason, _midnight(gap.opened or _today()), _midnight(gap.ended)])


def _midnight(day: date | None) -> datetime | None:
    return datetime.combine(day, datetime.min.time()) if day else None


def _today() -> date:
    return datetime.now(UTC).date()
