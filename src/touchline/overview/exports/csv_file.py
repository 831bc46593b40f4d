"""The table of touchpoints as CSV: one row per touchpoint, figures unrounded, nothing where the map cannot say."""

from __future__ import annotations

import csv
from collections.abc import Callable
from io import StringIO
from typing import Final

from touchline.events.facade import neutral, source_title
from touchline.journeys.facade import JourneyMap, StageMeasures, TouchpointMeasures
from touchline.overview.pains import pain_in_words, pains_at
from touchline.overview.seen import only_seen, unseen_in_words
from touchline.overview.sentences import label_in_words, tone_in_words

Cell = str | int | float | None
Read = Callable[[StageMeasures, TouchpointMeasures], Cell]

COLUMNS: Final[tuple[tuple[str, Read], ...]] = (
    ("stage", lambda stage, _: stage.name),
    ("touchpoint_id", lambda _, touchpoint: touchpoint.id),
    ("touchpoint", lambda _, touchpoint: touchpoint.name),
    ("customers", lambda _, touchpoint: touchpoint.customers),
    ("customers_before", lambda _, touchpoint: touchpoint.customers_before),
    ("visits", lambda _, touchpoint: touchpoint.visits),
    ("reach", lambda _, touchpoint: touchpoint.reach.value),
    ("went_on", lambda _, touchpoint: touchpoint.went_on.value),
    ("dropped_out", lambda _, touchpoint: touchpoint.dropped_out.value),
    ("loops", lambda _, touchpoint: touchpoint.loops.value),
    ("channel_switches", lambda _, touchpoint: touchpoint.channel_switches.value),
    ("median_days_to_next_step", lambda _, touchpoint: touchpoint.waiting.median_days),
    ("success", lambda _, touchpoint: touchpoint.functional.success.value),
    ("effort_ces_mean", lambda _, touchpoint: touchpoint.functional.effort_ces_mean),
    ("effort_answers", lambda _, touchpoint: touchpoint.functional.effort_n or None),
    ("retries_per_customer", lambda _, touchpoint: touchpoint.functional.retries_per_customer),
    ("contacts_after", lambda _, touchpoint: touchpoint.functional.contacts_after.value),
    ("experience_difference", lambda _, touchpoint: touchpoint.experience.difference),
    ("experience_low_80", lambda _, touchpoint: touchpoint.experience.low),
    ("experience_high_80", lambda _, touchpoint: touchpoint.experience.high),
    ("experience_score", lambda _, touchpoint: touchpoint.experience.absolute),
    ("answers", lambda _, touchpoint: touchpoint.experience.n or None),
    ("reads", lambda _, touchpoint: tone_in_words(touchpoint.experience)),
    ("stands_out", lambda _, touchpoint: label_in_words(touchpoint.experience)),
    ("change", lambda _, touchpoint: touchpoint.experience.change),
    ("channels", lambda _, touchpoint: "; ".join(f"{each.channel} {each.share:.3f}" for each in touchpoint.channels)),
    ("quote", lambda _, touchpoint: touchpoint.quotes[0].text if touchpoint.quotes else None),
    ("quote_source", lambda _, touchpoint: source_title(touchpoint.quotes[0].source) if touchpoint.quotes else None),
)  # fmt: skip


ABOUT_THE_MAP: Final = ("pain_points", "scope", "notes")
"""Columns that take more than one touchpoint to fill."""


def write_csv(journey_map: JourneyMap) -> str:
    """One row per touchpoint of which anything is known, under one header row; the last columns hold its pain points, what of, and what was left out."""
    written = StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    notes = filter(None, [*journey_map.notes, unseen_in_words(journey_map)])
    about = [neutral(journey_map.scope_in_words), neutral(" ".join(notes))]
    writer.writerow([*(name for name, _ in COLUMNS), *ABOUT_THE_MAP])
    for stage in only_seen(journey_map).stages:
        for touchpoint in stage.touchpoints:
            figures = (_cell(read(stage, touchpoint)) for _, read in COLUMNS)
            writer.writerow([*figures, _pains(journey_map, touchpoint), *about])
    return written.getvalue()


def _pains(journey_map: JourneyMap, touchpoint: TouchpointMeasures) -> str:
    return neutral("; ".join(map(pain_in_words, pains_at(journey_map, touchpoint.id))))


def _cell(value: Cell) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, float):
        return round(value, 6)
    return neutral(value) if isinstance(value, str) else value
