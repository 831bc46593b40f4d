"""Events: what other parts may ask of importers and of the vocabulary."""

from __future__ import annotations

from touchline.events.vocabulary import (
    CHANNELS,
    DEVICES,
    EVENT_NAMES,
    IDENTIFIER_TYPES,
    NO_CONTACT,
    OBJECT_TYPES,
    SCALES,
)

__all__ = ["CHANNELS", "DEVICES", "EVENT_NAMES", "IDENTIFIER_TYPES", "NO_CONTACT", "OBJECT_TYPES", "SCALES"]
