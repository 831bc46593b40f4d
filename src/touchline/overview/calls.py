"""Python calls on a workspace: carried out here, or asked of the process that has it open.

A call and its answer are JSON; the same functions serve both ends, so a joined answer equals a local one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import msgspec

from touchline.analyses.facade import Answered, QuestionError, answered, answered_from, usual_question
from touchline.customers.facade import (
    IdentityQuality,
    Search,
    Timeline,
    UnknownCustomerError,
    customer_called,
    find_customers,
    identity_quality,
    timeline,
)
from touchline.engine.joining import ask_owner
from touchline.engine.store import StoreError
from touchline.engine.workspace import Workspace
from touchline.events.facade import FileReport, import_files
from touchline.experiments.facade import (
    ExperimentError,
    ExperimentResult,
    ReadingResult,
    told_experiments,
    told_reading,
)
from touchline.improvements.facade import (
    BacklogLine,
    CaseResult,
    ImprovementError,
    LedgerResult,
    VerdictResult,
    told_backlog,
    told_case,
    told_ledger,
    told_verdict,
)
from touchline.journeys.facade import JourneyFileError, JourneyMap
from touchline.overview.exporting.formats import FormatError
from touchline.overview.exporting.writing import NothingToExportError, export_events
from touchline.overview.measured import filled_scope, measured_map
from touchline.pains.facade import Pains, pains_of
from touchline.segments.facade import FilterError, Scope
from touchline.strategy.facade import ReviewResult, StrategyError, StrategyResult, told_review, told_strategy
from touchline.value.facade import AssumptionError, ValueReport, set_assumptions, value_report


class Calls(Protocol):
    """What the Python API needs of a workspace."""

    def measure(self, scope: Scope, compare: str, everything: bool) -> JourneyMap:
        """Measure the map of a scope whose open days are filled first."""

    def ask(self, kind: str, given: Mapping[str, Sequence[str]]) -> Answered:
        """Answer a question given as texts by name. Raises QuestionError."""

    def find(self, text: str) -> Search:
        """Find customers by anything that names them."""

    def customer(self, who: int | str, channel: str, about: str, offset: int, limit: int) -> Timeline:
        """One customer's timeline. Raises UnknownCustomerError."""

    def identity(self, month: str) -> IdentityQuality:
        """How good identities are, with the audit of a month."""

    def value(self, changes: Mapping[str, str], note: str) -> ValueReport:
        """What customers are worth, some assumptions set first. Raises AssumptionError."""

    def pains(self, scope: Scope) -> Pains:
        """Pain points, computed where data changed. Raises FilterError."""

    def improvements(self) -> tuple[BacklogLine, ...]:
        """The backlog of improvements."""

    def case(self, number: int) -> CaseResult:
        """The case for an improvement. Raises ImprovementError."""

    def verdict(self, number: int) -> VerdictResult:
        """What a launched improvement did. Raises ImprovementError."""

    def ledger(self) -> LedgerResult:
        """Promised beside realised."""

    def strategy(self) -> StrategyResult:
        """Audit, gaps, proposals and roadmap. Raises JourneyFileError."""

    def quarterly_review(self, quarter: str) -> ReviewResult:
        """The review of a quarter. Raises StrategyError and JourneyFileError."""

    def experiments(self) -> tuple[ExperimentResult, ...]:
        """Every experiment. Raises JourneyFileError."""

    def experiment(self, name: str) -> ReadingResult:
        """What one says. Raises ExperimentError and JourneyFileError."""

    def bring_in(self, paths: list[Path], accept_proposals: bool) -> list[FileReport]:
        """Import files and folders."""

    def hand_over(self, path: Path, format_name: str, scope: Scope, case: str, keep_names: bool) -> None:
        """Write events to a file, as `touchline export` does."""

    def close(self) -> None:
        """Let go of the workspace."""


class Here:
    """The workspace is open in this process."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def measure(self, scope: Scope, compare: str, everything: bool) -> JourneyMap:
        """Measure in this process."""
        return measured_map(self._workspace, filled_scope(self._workspace, scope, compare, everything))

    def ask(self, kind: str, given: Mapping[str, Sequence[str]]) -> Answered:
        """Answer in this process."""
        return answered(self._workspace, usual_question(self._workspace, kind, given))

    def find(self, text: str) -> Search:
        """Find in this process."""
        return find_customers(self._workspace, text)

    def customer(self, who: int | str, channel: str, about: str, offset: int, limit: int) -> Timeline:
        """Tell in this process."""
        number = who if isinstance(who, int) else customer_called(self._workspace, who)
        return timeline(self._workspace, number, channel, about, offset, limit)

    def identity(self, month: str) -> IdentityQuality:
        """Measure in this process."""
        return identity_quality(self._workspace, month)

    def value(self, changes: Mapping[str, str], note: str) -> ValueReport:
        """Forecast in this process."""
        if changes:
            set_assumptions(self._workspace, changes, note)
        return value_report(self._workspace)

    def pains(self, scope: Scope) -> Pains:
        """Compute in this process."""
        return pains_of(self._workspace, scope)

    def improvements(self) -> tuple[BacklogLine, ...]:
        """List in this process."""
        return told_backlog(self._workspace)

    def case(self, number: int) -> CaseResult:
        """Make the case in this process."""
        return told_case(self._workspace, number)

    def verdict(self, number: int) -> VerdictResult:
        """Read in this process."""
        return told_verdict(self._workspace, number)

    def ledger(self) -> LedgerResult:
        """Add up in this process."""
        return told_ledger(self._workspace)

    def strategy(self) -> StrategyResult:
        """Put together in this process."""
        return told_strategy(self._workspace)

    def quarterly_review(self, quarter: str) -> ReviewResult:
        """Look back in this process."""
        return told_review(self._workspace, quarter)

    def experiments(self) -> tuple[ExperimentResult, ...]:
        """List in this process."""
        return told_experiments(self._workspace)

    def experiment(self, name: str) -> ReadingResult:
        """Read in this process."""
        return told_reading(self._workspace, name)

    def bring_in(self, paths: list[Path], accept_proposals: bool) -> list[FileReport]:
        """Import in this process."""
        return import_files(self._workspace, paths, accept_proposals=accept_proposals)

    def hand_over(self, path: Path, format_name: str, scope: Scope, case: str, keep_names: bool) -> None:
        """Write in this process."""
        export_events(self._workspace, path, format_name, scope=scope, case=case, keep_names=keep_names)

    def close(self) -> None:
        """Close the store."""
        self._workspace.close()


class InOwner:
    """The workspace is open in another process, which answers."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def measure(self, scope: Scope, compare: str, everything: bool) -> JourneyMap:
        """Ask for a map. Raises FilterError and StoreError as a local call would."""
        arguments = {"scope": msgspec.to_builtins(scope), "compare": compare, "everything": everything}
        return msgspec.json.decode(self._ask("measure", arguments), type=JourneyMap)

    def ask(self, kind: str, given: Mapping[str, Sequence[str]]) -> Answered:
        """Ask for an answer. Raises QuestionError and StoreError as a local call would."""
        asked = {name: list(texts) for name, texts in given.items()}
        answer = self._ask("ask", {"kind": kind, "given": asked})
        return answered_from(msgspec.json.decode(answer))

    def find(self, text: str) -> Search:
        """Ask who is called so."""
        return msgspec.json.decode(self._ask("find", {"text": text}), type=Search)

    def customer(self, who: int | str, channel: str, about: str, offset: int, limit: int) -> Timeline:
        """Ask for a timeline. Raises UnknownCustomerError as a local call would."""
        asked = {"who": who, "channel": channel, "about": about, "offset": offset, "limit": limit}
        return msgspec.json.decode(self._ask("customer", asked), type=Timeline)

    def identity(self, month: str) -> IdentityQuality:
        """Ask how good identities are."""
        return msgspec.json.decode(self._ask("identity", {"month": month}), type=IdentityQuality)

    def value(self, changes: Mapping[str, str], note: str) -> ValueReport:
        """Ask what customers are worth. Raises AssumptionError as a local call would."""
        return msgspec.json.decode(self._ask("value", {"changes": dict(changes), "note": note}), type=ValueReport)

    def pains(self, scope: Scope) -> Pains:
        """Ask for pain points. Raises FilterError as a local call would."""
        return msgspec.json.decode(self._ask("pains", {"scope": msgspec.to_builtins(scope)}), type=Pains)

    def improvements(self) -> tuple[BacklogLine, ...]:
        """Ask for the backlog."""
        return msgspec.json.decode(self._ask("improvements", {}), type=tuple[BacklogLine, ...])

    def case(self, number: int) -> CaseResult:
        """Ask for a case. Raises ImprovementError as a local call would."""
        return msgspec.json.decode(self._ask("case", {"number": number}), type=CaseResult)

    def verdict(self, number: int) -> VerdictResult:
        """Ask for a verdict. Raises ImprovementError as a local call would."""
        return msgspec.json.decode(self._ask("verdict", {"number": number}), type=VerdictResult)

    def ledger(self) -> LedgerResult:
        """Ask for the ledger."""
        return msgspec.json.decode(self._ask("ledger", {}), type=LedgerResult)

    def strategy(self) -> StrategyResult:
        """Ask for the chain from audit to roadmap."""
        return msgspec.json.decode(self._ask("strategy", {}), type=StrategyResult)

    def quarterly_review(self, quarter: str) -> ReviewResult:
        """Ask for a review. Raises StrategyError as a local call would."""
        return msgspec.json.decode(self._ask("quarterly_review", {"quarter": quarter}), type=ReviewResult)

    def experiments(self) -> tuple[ExperimentResult, ...]:
        """Ask for the experiments."""
        return msgspec.json.decode(self._ask("experiments", {}), type=tuple[ExperimentResult, ...])

    def experiment(self, name: str) -> ReadingResult:
        """Ask for a reading. Raises ExperimentError as a local call would."""
        return msgspec.json.decode(self._ask("experiment", {"name": name}), type=ReadingResult)

    def bring_in(self, paths: list[Path], accept_proposals: bool) -> list[FileReport]:
        """Ask for an import; paths are made absolute, the other process has a working folder of its own."""
        arguments = {"paths": [str(path.absolute()) for path in paths], "accept_proposals": accept_proposals}
        return msgspec.json.decode(self._ask("bring_in", arguments), type=list[FileReport], dec_hook=_as_path)

    def hand_over(self, path: Path, format_name: str, scope: Scope, case: str, keep_names: bool) -> None:
        """Ask for a file; its path is made absolute. Raises as a local call would."""
        told = {"format_name": format_name, "case": case, "keep_names": keep_names}
        self._ask("hand_over", {"path": str(path.absolute()), "scope": msgspec.to_builtins(scope), **told})

    def close(self) -> None:
        """Nothing is held here."""

    def _ask(self, call: str, arguments: Mapping[str, object]) -> str:
        for frame in ask_owner(self._folder, {"call": call, "arguments": arguments}):
            if "answer" in frame:
                return str(frame["answer"])
            if "error" in frame:
                raise (_ERRORS | {"OSError": OSError}).get(frame["kind"], StoreError)(frame["error"])
        raise StoreError(f"The process that has {self._folder} open gave no answer.")


def answer_call(workspace: Workspace, call: str, arguments: Mapping[str, Any]) -> dict[str, str]:
    """Carry out another process's call: {'answer': JSON} or {'error': sentence, 'kind': its class}."""
    try:
        result = _CALLS[call](Here(workspace), arguments)
    except tuple(_ERRORS.values()) as error:
        return {"error": str(error), "kind": type(error).__name__}
    except OSError as error:
        return {"error": f"{error.filename}: {error.strerror}", "kind": "OSError"}
    return {"answer": msgspec.json.encode(result, enc_hook=str).decode()}


_CALLS: dict[str, Callable[[Here, Mapping[str, Any]], object]] = {
    "measure": lambda here, asked: here.measure(
        msgspec.convert(asked["scope"], Scope), asked["compare"], asked["everything"]
    ),
    "ask": lambda here, asked: here.ask(asked["kind"], asked["given"]),
    "find": lambda here, asked: here.find(asked["text"]),
    "customer": lambda here, asked: here.customer(**asked),
    "identity": lambda here, asked: here.identity(asked["month"]),
    "value": lambda here, asked: here.value(asked["changes"], asked["note"]),
    "pains": lambda here, asked: here.pains(msgspec.convert(asked["scope"], Scope)),
    "improvements": lambda here, _: here.improvements(),
    "case": lambda here, asked: here.case(asked["number"]),
    "verdict": lambda here, asked: here.verdict(asked["number"]),
    "ledger": lambda here, _: here.ledger(),
    "strategy": lambda here, _: here.strategy(),
    "quarterly_review": lambda here, asked: here.quarterly_review(asked["quarter"]),
    "experiments": lambda here, _: here.experiments(),
    "experiment": lambda here, asked: here.experiment(asked["name"]),
    "bring_in": lambda here, asked: here.bring_in([Path(each) for each in asked["paths"]], asked["accept_proposals"]),
    "hand_over": lambda here, asked: here.hand_over(
        Path(asked["path"]),
        asked["format_name"],
        msgspec.convert(asked["scope"], Scope),
        asked["case"],
        asked["keep_names"],
    ),
}
_ERRORS: dict[str, type[Exception]] = {
    "AssumptionError": AssumptionError,
    "ExperimentError": ExperimentError,
    "FilterError": FilterError,
    "FormatError": FormatError,
    "ImprovementError": ImprovementError,
    "JourneyFileError": JourneyFileError,
    "NothingToExportError": NothingToExportError,
    "QuestionError": QuestionError,
    "StoreError": StoreError,
    "StrategyError": StrategyError,
    "UnknownCustomerError": UnknownCustomerError,
    "ValueError": ValueError,
}


def _as_path(kind: type, value: object) -> object:
    return kind(value)
