"""The map as a Mermaid `journey` diagram, which many wikis and code hosts draw themselves."""

from __future__ import annotations

import re
from typing import Final

from touchline.events.facade import CHANNEL_NAMES
from touchline.journeys.facade import JourneyMap, TouchpointMeasures
from touchline.overview.seen import only_seen, unseen_in_words

_MIDDLE: Final = 3
_SYNTAX: Final = re.compile(r"[:;#,\r\n]+|%{2,}")
_DIRECTIVE: Final = re.compile(r"%{2,}")
"""`%%{` begins a directive wherever it stands, inside a comment too."""


def write_mermaid(journey_map: JourneyMap) -> str:
    """Sections are stages, tasks are touchpoints with a score of 1 to 5 and their most used channel as actor.

    Mermaid knows no "cannot say": a touchpoint without enough answers is left out, and a comment names it.
    """
    lines = ["journey", f"    title {_plain(journey_map.name)}"]
    silent = []
    for stage in only_seen(journey_map).stages:
        tasks = [touchpoint for touchpoint in stage.touchpoints if touchpoint.experience.absolute is not None]
        silent += [touchpoint.name for touchpoint in stage.touchpoints if touchpoint.experience.absolute is None]
        if tasks:
            lines.append(f"    section {_plain(stage.name)}")
            lines += [f"      {_plain(task.name)}: {_score(task)}: {_actor(task)}" for task in tasks]
    comments = ["Scores 1 to 5 stand for experience scores of −100 to +100.", journey_map.scope_in_words]
    comments += [f"Too few answers: {', '.join(silent)}"] if silent else []
    comments += filter(None, [unseen_in_words(journey_map)])
    return "\n".join([*lines, *(f"    %% {_commented(comment)}" for comment in [*comments, *journey_map.notes])]) + "\n"


def _score(touchpoint: TouchpointMeasures) -> int:
    """−100…+100 on Mermaid's 1…5."""
    return round(_MIDDLE + (touchpoint.experience.absolute or 0.0) / 50)


def _actor(touchpoint: TouchpointMeasures) -> str:
    if not touchpoint.channels:
        return "Customer"
    most_used = max(touchpoint.channels, key=lambda channel: channel.share).channel
    return CHANNEL_NAMES.get(most_used, most_used)


def _commented(text: str) -> str:
    return " ".join(_DIRECTIVE.sub("%", text).split())


def _plain(text: str) -> str:
    """Without the characters that Mermaid reads as syntax."""
    return " ".join(_SYNTAX.sub(" ", text).split())
