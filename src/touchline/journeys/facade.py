"""What others may do with journeys: the definition, and the measured map."""

from __future__ import annotations

from touchline.journeys.actions.definition import (
    DEFAULT_JOURNEY_TOML,
    adopt_unmapped,
    default_definition,
    load_definition,
    save_definition,
    save_definition_text,
)
from touchline.journeys.rules.definition import JourneyDefinition, Pattern, Stage, Touchpoint
from touchline.journeys.rules.journey_file import JourneyFileError
from touchline.journeys.rules.journey_map import (
    ChannelShare,
    ExperienceScore,
    Functional,
    HeadlineFigure,
    JourneyMap,
    Money,
    Neighbour,
    Quote,
    SeriesFigure,
    Share,
    SourceScore,
    StageMeasures,
    Staleness,
    TouchpointMeasures,
    Transition,
    Unmapped,
    UnmappedKind,
    Waiting,
)

__all__ = [
    "DEFAULT_JOURNEY_TOML",
    "ChannelShare",
    "ExperienceScore",
    "Functional",
    "HeadlineFigure",
    "JourneyDefinition",
    "JourneyFileError",
    "JourneyMap",
    "Money",
    "Neighbour",
    "Pattern",
    "Quote",
    "SeriesFigure",
    "Share",
    "SourceScore",
    "Stage",
    "StageMeasures",
    "Staleness",
    "Touchpoint",
    "TouchpointMeasures",
    "Transition",
    "Unmapped",
    "UnmappedKind",
    "Waiting",
    "adopt_unmapped",
    "default_definition",
    "load_definition",
    "save_definition",
    "save_definition_text",
]
