"""Touchline from Python: open a workspace, import, measure, and take the figures on as tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pyarrow as pa

from touchline.analyses.facade import Answered, written
from touchline.customers.facade import Found, IdentityQuality, Timeline
from touchline.engine.store import StoreInUseError
from touchline.engine.workspace import open_workspace
from touchline.events.facade import FileReport
from touchline.experiments.facade import ExperimentResult, ReadingResult
from touchline.improvements.facade import BacklogLine, CaseResult, LedgerResult, VerdictResult
from touchline.journeys.facade import JourneyMap, Transition
from touchline.kit.whole_file import write_whole
from touchline.overview.calls import Calls, Here, InOwner
from touchline.overview.exports.catalogue import export_map
from touchline.overview.exports.csv_file import COLUMNS
from touchline.pains.facade import Pains
from touchline.segments.facade import DATES, NOTHING, PREVIOUS, Scope
from touchline.strategy.facade import ReviewResult, StrategyResult
from touchline.value.facade import ValueReport

Day = date | str
"""A day, or its ISO form such as '2026-05-31'."""


class Touchline:
    """An open workspace. Use it in a `with` block, or `close` it: one process at a time has a store open.

    Where that is another process (`touchline serve`, a running import), it answers in its place.
    """

    def __init__(self, folder: Path, calls: Calls) -> None:
        self._folder = folder
        self._calls = calls

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Touchline({str(self._folder)!r})"

    def close(self) -> None:
        """Let go of the store."""
        self._calls.close()

    def import_files(self, *paths: Path | str, accept_proposals: bool = True) -> list[FileReport]:
        """Import files and folders, as `touchline import` does, and report on each file.

        Files that no source knows are read through the mapping proposed for them, or left undecided without
        `accept_proposals`. Importing the same file again changes nothing.
        """
        return self._calls.bring_in([Path(path) for path in paths], accept_proposals)

    def journey_map(
        self,
        *,
        start: Day | None = None,
        end: Day | None = None,
        compare: str | tuple[Day, Day] | None = PREVIOUS,
        channels: Sequence[str] = (),
        devices: Sequence[str] = (),
        intent: str = "",
        filter: str = "",  # noqa: A002 - the word of the command line and the page
        everything: bool = False,
    ) -> JourneyMap:
        """Measure the journey map.

        Days are inclusive, UTC. Without any: the last 90 days of the data, or all of it where it is short or
        `everything` is set. `compare`: 'previous', None, or two days. `channels` and `devices` are names of the
        vocabulary, `intent` the campaign or touchpoint id with which journeys began, `filter` an expression of the
        filter language. Raises FilterError for a filter that cannot be read, ValueError for a day that is none.
        """
        compared, how = _compared(compare)
        scope = Scope(_day(start), _day(end), *compared, tuple(channels), tuple(devices), intent, filter)
        return self._calls.measure(scope, how, everything)

    def ask(self, kind: str, *, everything: bool = False, **asked: Any) -> Answered:
        """Ask a question of any kind: `ask("funnel", steps=["product", "cart"], window=7, filter='country = "DE"')`.

        `asked` are the kind's parameters and whom it is about (`start`, `end`, `compare`: 'previous' or 'DAY..DAY',
        `channel`, `device`, `intent`, `filter`, `unit`, `against`, `breakdown`), as on the command line; what is left
        out is as usual for the data. Raises QuestionError with a sentence that says what is wrong and what exists.
        """
        given = {name: _texts(value) for name, value in asked.items() if value is not None}
        return self._calls.ask(kind, {**given, "period": ["all"] if everything else []})

    def find_customers(self, text: str) -> tuple[Found, ...]:
        """Customers with that identifier, those seen last first: up to fifty.

        The whole of it in any spelling; else the same last digits of a phone number; else what begins like it.
        """
        return self._calls.find(text).customers

    def customer(
        self, who: int | str, *, channel: str = "", about: str = "", offset: int = 0, limit: int = 50
    ) -> Timeline:
        """One customer across channels and devices: who they are and why, how they stand, what happened, newest first.

        `who` is the customer's number, or anything that names one customer only. `channel` and `about` ('orders', 'cases',
        'answers', 'messages', 'consent', 'symptoms', 'profile', 'visits') choose entries, `offset` and `limit` which of
        them. Raises UnknownCustomerError, a LookupError, with a sentence where nobody or several are called so.
        """
        return self._calls.customer(who, channel, about, offset, limit)

    def identity_quality(self, month: str = "") -> IdentityQuality:
        """How good identities are: sizes, alarms, what guards refused, the audit of sampled pairs, strong-only headlines.

        `month`, as '2026-03', is the one whose audit is asked for; '' is this one.
        """
        return self._calls.identity(month)

    def value(self, note: str = "", **assumptions: str | float) -> ValueReport:
        """What customers are worth, who lapsed, how long they go on buying, and how well that was forecast.

        Assumptions given by name are set first, as `touchline value --set` does: `value(margin=0.35, horizon_months=12)`;
        `note` says where they are from. Raises AssumptionError, a ValueError, with a sentence.
        """
        return self._calls.value({name: str(value) for name, value in assumptions.items()}, note)

    def pains(
        self,
        *,
        start: Day | None = None,
        end: Day | None = None,
        channels: Sequence[str] = (),
        devices: Sequence[str] = (),
        intent: str = "",
        filter: str = "",  # noqa: A002 - the word of the command line and the page
    ) -> Pains:
        """Pain points, those first that surely cost most: of all visits, or of some days, channels, devices or customers.

        Computed where the data changed since they were last asked for: that takes from seconds to minutes. Raises FilterError,
        a ValueError, with a sentence.
        """
        scope = Scope(_day(start), _day(end), None, None, tuple(channels), tuple(devices), intent, filter)
        return self._calls.pains(scope)

    def improvements(self) -> tuple[BacklogLine, ...]:
        """The backlog of improvements, as `touchline case` lists it: the most promising first."""
        return self._calls.improvements()

    def case(self, number: int) -> CaseResult:
        """The one page of an improvement: what hurts, what it costs, what to do, how it will be measured.

        Raises ImprovementError, a ValueError, with a sentence where there is no such improvement.
        """
        return self._calls.case(number)

    def verdict(self, number: int) -> VerdictResult:
        """What a launched improvement did, as its plan said it would be read; a sentence where that cannot be said.

        Raises ImprovementError.
        """
        return self._calls.verdict(number)

    def ledger(self) -> LedgerResult:
        """Promised beside realised for everything launched, and how often promises held."""
        return self._calls.ledger()

    def strategy(self) -> StrategyResult:
        """The chain from the audit over gaps and ranked proposals to the roadmap, as the pages of Strategy show it."""
        return self._calls.strategy()

    def quarterly_review(self, quarter: str = "") -> ReviewResult:
        """What a quarter such as '2026-Q4' brought, and how experience moved since the audit closed last; '' is the current one.

        Raises StrategyError, a ValueError, with a sentence for what is no quarter.
        """
        return self._calls.quarterly_review(quarter)

    def experiments(self) -> tuple[ExperimentResult, ...]:
        """Every experiment as it was planned, running ones first."""
        return self._calls.experiments()

    def experiment(self, name: str) -> ReadingResult:
        """What an experiment says: the draw, each outcome with both intervals, or why nothing can be said.

        Raises ExperimentError where there is none of that name.
        """
        return self._calls.experiment(name)

    def touchpoints(self, journey_map: JourneyMap | None = None) -> pa.Table:
        """The touchpoints of a map, or of the usual one, as an Arrow table: the columns of the CSV export.

        Shares are 0..1, scores −100..+100, times in days; null is "cannot say". `.to_pandas()` gives a data frame.
        """
        measured = journey_map or self.journey_map()
        rows = [(stage, touchpoint) for stage in measured.stages for touchpoint in stage.touchpoints]
        return pa.table({name: [read(*row) for row in rows] for name, read in COLUMNS})

    def transitions(self, journey_map: JourneyMap | None = None) -> pa.Table:
        """How often one touchpoint followed another within a journey, as an Arrow table with one row per pair."""
        found = (journey_map or self.journey_map()).transitions
        return pa.table({each.name: [getattr(row, each.name) for row in found] for each in fields(Transition)})

    def export(self, path: Path | str, journey_map: JourneyMap | None = None) -> Path:
        """Write a map, or the usual one, as the file that the ending asks for; see `touchline map --export`.

        Figures that rest on fewer than ten customers or answers are left out. Raises UnknownFormatError and OSError.
        """
        place = Path(path)
        write_whole(place, export_map(journey_map or self.journey_map(), place.suffix).content)
        return place

    def export_events(
        self,
        path: Path | str,
        *,
        format: str = "",  # noqa: A002 - the word of the command line
        start: Day | None = None,
        end: Day | None = None,
        filter: str = "",  # noqa: A002 - the word of the command line and the page
        case: str = "customer",
        keep_names: bool = False,
    ) -> Path:
        """Write events to a file that other tools read, as `touchline export` does; its ending says the format.

        OCEL keeps identifiers and can be imported again. The other formats hold pseudonyms, masked texts and no properties
        unless `keep_names` is set. Raises ValueError with a sentence for what cannot be meant, FilterError and OSError.
        """
        scope = Scope(start=_day(start), end=_day(end), filter=filter)
        self._calls.hand_over(Path(path), format, scope, case, keep_names)
        return Path(path)


def open_touchline(folder: Path | str) -> Touchline:
    """Open a workspace folder, or join the process that has it open. Raises StoreError with a sentence."""
    place = Path(folder)
    try:
        return Touchline(place, Here(open_workspace(place)))
    except StoreInUseError:
        return Touchline(place, InOwner(place))


def _texts(value: object) -> list[str]:
    if isinstance(value, str | date):
        return [str(value)]
    return [str(each) for each in value] if isinstance(value, Sequence) else written(value)


def _day(day: Day | None) -> date | None:
    return date.fromisoformat(day) if isinstance(day, str) else day


def _compared(compare: str | tuple[Day, Day] | None) -> tuple[tuple[date | None, date | None], str]:
    if compare is None:
        return (None, None), NOTHING
    if isinstance(compare, str):
        if compare != PREVIOUS:
            raise ValueError(f"compare is {compare!r}; expected 'previous', None or two days.")
        return (None, None), PREVIOUS
    first, last = compare
    return (_day(first), _day(last)), DATES
