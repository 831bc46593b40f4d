"""Answering the audit, setting its target and lenses, closing it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

import msgspec

from touchline.engine.workspace import Workspace
from touchline.strategy.lenses.catalogue import all_lenses
from touchline.strategy.questions import kept
from touchline.strategy.questions.scorecard import kept_scores, scorecard
from touchline.strategy.rules.answers import ANSWERS
from touchline.strategy.rules.problem import StrategyError, name_of, text_of
from touchline.strategy.rules.snapshot import ClosedAudit, Snapshot

SET = "insert into strategy_settings values (nextval('strategy_setting_seq'), ?, ?, ?)"
ANSWER = "insert into strategy_answers values (nextval('strategy_answer_seq'), ?, ?, ?, ?, ?)"
CLOSE = "insert into strategy_audits values (?, ?, ?, ?, ?)"


def answer(workspace: Workspace, given: Iterable[tuple[str, str, str]], who: str) -> int:
    """Keep answers (question, answer, note), '' takes one back; return how many changed. Raises StrategyError."""
    known = {question.id for area in kept.areas(workspace) for question in area.questions}
    before = {each.question: (each.answer, each.note) for each in kept.answers(workspace)}
    who = name_of(who, "The name of who answers")
    changed = []
    for question, answered, note in given:
        if question not in known:
            raise StrategyError(f"There is no question “{question}”. There are: {', '.join(sorted(known))}.")
        if answered and answered not in ANSWERS:
            raise StrategyError(f"There is no answer “{answered}”. There are: {', '.join(ANSWERS)}.")
        note = text_of(note, "The note") if answered else ""
        if before.get(question, ("", "")) != (answered, note):
            changed.append([question, answered, note, who, _now()])
    with workspace.store.transaction() as writer:
        for row in changed:
            writer.execute(ANSWER, row)
    return len(changed)


def set_target(workspace: Workspace, score: float | None) -> None:
    """Set the experience score that every touchpoint is to reach; None: none. Raises StrategyError."""
    if score is not None and not -100 <= score <= 100:
        raise StrategyError(f"The target is an experience score from −100 to +100, found {score:g}.")
    _set(workspace, kept.TARGET, "" if score is None else f"{score:g}")


def switch_lens(workspace: Workspace, name: str, *, is_on: bool) -> None:
    """Switch a lens on or off; its answers stay. Raises StrategyError."""
    names = [lens.name for lens in all_lenses()]
    if name not in names:
        raise StrategyError(f"There is no lens “{name}”. There are: {', '.join(names)}.")
    _set(workspace, f"{kept.LENS}{name}", kept.ON if is_on else "")


def close_audit(workspace: Workspace, who: str, note: str) -> ClosedAudit:
    """Keep scorecard and answers as they are now, for later reviews. Raises StrategyError, JourneyFileError."""
    found, given = scorecard(workspace), kept.answers(workspace)
    if found.why and not given:
        raise StrategyError(f"There is nothing to close: no question is answered. {found.why}")
    who, note = name_of(who, "The name of who closes it"), text_of(note, "The note")
    answers = {each.question: each.answer for each in given}
    snapshot = Snapshot(found.start, found.end, kept_scores(found), answers, kept.target(workspace))
    with workspace.store.transaction() as writer:
        number = int(writer.value("select nextval('strategy_audit_seq')::integer"))
        closed = _now()
        writer.execute(CLOSE, [number, closed, who, note, msgspec.json.encode(snapshot).decode()])
    return ClosedAudit(number, closed, who, note, snapshot)


def _set(workspace: Workspace, name: str, value: str) -> None:
    with workspace.store.transaction() as writer:
        writer.execute(SET, [name, value, _now()])


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
