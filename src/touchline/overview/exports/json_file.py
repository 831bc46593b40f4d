"""The whole map as JSON, with the names of the Python dataclass."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from touchline.journeys.facade import JourneyMap, Share


def as_plain(value: Any) -> Any:
    """Dataclasses as objects, days as ISO text, amounts as text; a share of nothing is null."""
    if isinstance(value, Share) and value.of == 0:
        return None
    if is_dataclass(value):
        return {field.name: as_plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple | list):
        return [as_plain(each) for each in value]
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return value


def write_json(journey_map: JourneyMap) -> str:
    """An object with `stages`, each with its `touchpoints`."""
    return json.dumps(as_plain(journey_map), ensure_ascii=False, indent=1, allow_nan=False) + "\n"
