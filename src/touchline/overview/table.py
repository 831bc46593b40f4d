"""The table twin of the map: everything that shape, size and colour say, in words and numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from touchline.events.facade import CHANNEL_NAMES
from touchline.journeys.facade import JourneyMap, MapPain, Share, StageMeasures, TouchpointMeasures
from touchline.overview.pains import GREYED, interval_in_words, moment_at, moment_in_words, pain_in_words, pains_at
from touchline.overview.research import heard_at
from touchline.overview.rules import tone_of
from touchline.overview.sentences import evidence_in_words, label_in_words, tone_in_words
from touchline.overview.wording import BLANK, counted, percent_span, span
from touchline.ui.numbers import compact_money, decimal, duration, percent, signed, whole

_LONG_CHARACTERS: Final = 40
RESEARCH_HEAD: Final = "From research (never counted)"
PAINS_HEAD: Final = "Pain points, at stake a month"


@dataclass(frozen=True)
class Cell:
    """One figure, and the measure behind it where it can be opened."""

    text: str
    measure: str = ""
    is_number: bool = True

    @property
    def is_long(self) -> bool:
        """Whether it needs a wider column."""
        return len(self.text) > _LONG_CHARACTERS


@dataclass(frozen=True)
class Row:
    """One touchpoint or stage."""

    id: str
    name: str
    target: str
    """What its numbers are about: a touchpoint's id, or stage:id."""
    group: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Table:
    """A table with its caption; the first head is that of the rows' names."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]


_Text = Callable[[TouchpointMeasures], str]
_NUMBERS: Final[tuple[tuple[str, str, _Text], ...]] = (
    ("Customers", "customers", lambda t: whole(t.customers)),
    ("Before", "customers_before", lambda t: _blank_or(t.customers_before, whole)),
    ("Reach", "reach", lambda t: percent(t.reach.value)),
    ("Visits", "visits", lambda t: whole(t.visits)),
    ("Difference from mean", "experience", lambda t: _blank_or(t.experience.difference, signed)),
    ("80% band", "", lambda t: BLANK if t.experience.low is None else span(t.experience.low, t.experience.high)),
    ("Answers", "experience", lambda t: whole(t.experience.n)),
)
_READINGS: Final[tuple[tuple[str, _Text], ...]] = (
    ("Reads", lambda t: tone_in_words(t.experience)),
    ("Stands out", lambda t: label_in_words(t.experience)),
    ("Rests on", lambda t: evidence_in_words(t.experience)),
    ("Change", lambda t: _change(t)),
)
_FUNCTIONS: Final[tuple[tuple[str, str, _Text], ...]] = (
    ("Success", "success", lambda t: _share(t.functional.success)),
    ("Effort (CES)", "effort", lambda t: _effort(t)),
    ("Time to next step", "waiting", lambda t: _blank_or(t.waiting.median_days, duration)),
    ("Reached a later stage", "went_on", lambda t: _share(t.went_on)),
    ("Left here", "dropped_out", lambda t: _share(t.dropped_out)),
    ("Came back here", "loops", lambda t: _share(t.loops)),
    ("From another channel", "channel_switches", lambda t: _share(t.channel_switches)),
    ("Service contact after", "contacts_after", lambda t: _share(t.functional.contacts_after)),
)


def touchpoint_table(journey_map: JourneyMap) -> Table:
    """One row per touchpoint, in the order of the map."""
    heads = (
        "Touchpoint",
        *(head for head, _, _ in _NUMBERS),
        *(head for head, _ in _READINGS),
        *(head for head, _, _ in _FUNCTIONS),
        "Channels: share (reads)",
        "Most common next step",
        *(["Moment of truth", PAINS_HEAD] if journey_map.pains else []),
        *([RESEARCH_HEAD] if journey_map.research else []),
    )
    rows = tuple(
        _touchpoint_row(journey_map, stage, touchpoint)
        for stage in journey_map.stages
        for touchpoint in stage.touchpoints
    )
    return Table("All touchpoints", heads, rows)


def stage_table(journey_map: JourneyMap) -> Table:
    """One row per stage."""
    heads = (
        "Stage",
        "Customers",
        "Reach",
        "Goes on",
        "Difference from mean",
        "80% band",
        "Answers",
        "Reads",
        "Stands out",
    )
    return Table("Stages", heads, tuple(_stage_row(stage) for stage in journey_map.stages))


def _touchpoint_row(journey_map: JourneyMap, stage: StageMeasures, touchpoint: TouchpointMeasures) -> Row:
    cells = (
        *(Cell(read(touchpoint), measure) for _, measure, read in _NUMBERS),
        *(Cell(read(touchpoint), is_number=False) for _, read in _READINGS),
        *(Cell(read(touchpoint), measure) for _, measure, read in _FUNCTIONS),
        Cell(_channels(touchpoint), is_number=False),
        Cell(_next_step(touchpoint), is_number=False),
        *(_pain_cells(journey_map, touchpoint) if journey_map.pains else ()),
        *([Cell(_research(journey_map, touchpoint), is_number=False)] if journey_map.research else []),
    )
    return Row(touchpoint.id, touchpoint.name, touchpoint.id, stage.name, cells)


def _stage_row(stage: StageMeasures) -> Row:
    score = stage.experience
    cells = (
        Cell(whole(stage.customers), "customers"),
        Cell(percent(stage.reach.value), "reach"),
        Cell(_share(stage.goes_on), "goes_on"),
        Cell(_blank_or(score.difference, signed), "experience"),
        Cell(BLANK if score.low is None else span(score.low, score.high)),
        Cell(whole(score.n)),
        Cell(tone_in_words(score), is_number=False),
        Cell(label_in_words(score), is_number=False),
    )
    return Row(stage.id, stage.name, f"stage:{stage.id}", "", cells)


def _share(share: Share) -> str:
    """A share with its 95 % interval."""
    return BLANK if share.value is None else f"{percent(share.value)} ({percent_span(share.low, share.high)})"


def _effort(touchpoint: TouchpointMeasures) -> str:
    functional = touchpoint.functional
    mean = functional.effort_ces_mean
    return BLANK if mean is None else f"{decimal(mean)} of 7 (n = {whole(functional.effort_n)})"


def _change(touchpoint: TouchpointMeasures) -> str:
    score = touchpoint.experience
    if score.change is None:
        return BLANK
    return "no detectable change" if score.change_is_noise else signed(score.change)


def _channels(touchpoint: TouchpointMeasures) -> str:
    said = []
    for channel in touchpoint.channels:
        reads = "cannot say" if channel.experience is None else tone_of(channel.experience).value
        said.append(f"{CHANNEL_NAMES.get(channel.channel, channel.channel)} {percent(channel.share)} ({reads})")
    return ", ".join(said)


def _next_step(touchpoint: TouchpointMeasures) -> str:
    if not touchpoint.next_steps:
        return BLANK
    step = touchpoint.next_steps[0]
    return f"{step.name} {percent(step.share)}"


def _pain_cells(journey_map: JourneyMap, touchpoint: TouchpointMeasures) -> tuple[Cell, Cell]:
    moment = moment_at(journey_map, touchpoint.id)
    pains = "; ".join(map(pain_in_words, pains_at(journey_map, touchpoint.id)))
    return Cell(moment_in_words(moment) if moment else "", is_number=False), Cell(pains, is_number=False)


def pain_table(journey_map: JourneyMap) -> Table:
    """One row per pain point, where to act first on top; none where none were looked for."""
    names = {touchpoint.id: touchpoint.name for touchpoint in journey_map.touchpoints}
    pains = journey_map.pains.pains if journey_map.pains else ()
    heads = ("Pain point", "Touchpoint", "Who it hits", "At stake a month", "80% interval", "Evidence", "Grade")
    return Table("Where to act first", heads, tuple(_pain_row(pain, names) for pain in pains))


def _pain_row(pain: MapPain, names: Mapping[str, str]) -> Row:
    stake = pain.at_stake
    amount = compact_money(stake.median, stake.currency) if stake and pain.counts_in_total else ""
    cells = (
        Cell(names.get(pain.touchpoint_id, pain.touchpoint_id), is_number=False),
        Cell(counted(pain.customers, "customer")),
        Cell(amount or (GREYED if stake else pain.why_no_amount), is_number=bool(amount)),
        Cell(interval_in_words(stake) if stake else BLANK),
        Cell(", ".join(each.text for each in pain.evidence), is_number=False),
        Cell(pain.grade, is_number=False),
    )
    return Row(pain.id, pain.name, pain.touchpoint_id, "", cells)


def _research(journey_map: JourneyMap, touchpoint: TouchpointMeasures) -> str:
    notes = heard_at(journey_map, touchpoint.id)
    return counted(len(notes), "note") if notes else ""


def _blank_or(value: float | None, write: Callable[[float], str]) -> str:
    return BLANK if value is None else write(value)
