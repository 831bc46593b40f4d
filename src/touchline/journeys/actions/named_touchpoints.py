"""Keep the ids of touchpoints beside the positions that visits hold, so that filters can name them."""

from __future__ import annotations

import pyarrow as pa

from touchline.engine.store import Writer
from touchline.journeys.rules.definition import JourneyDefinition


def write_touchpoints(writer: Writer, definition: JourneyDefinition) -> None:
    """Write `touchpoints` anew from the definition in force."""
    named = definition.touchpoints
    table = pa.table(
        {
            "position": pa.array(range(len(named)), pa.int16()),
            "id": pa.array([each.id for each in named], pa.string()),
            "name": pa.array([each.name for each in named], pa.string()),
            "stage": pa.array([each.stage for each in named], pa.string()),
        }
    )
    with writer.staged("named_touchpoints", table):
        writer.execute("delete from touchpoints")
        writer.execute("insert into touchpoints select * from named_touchpoints order by position")
