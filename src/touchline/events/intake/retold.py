"""Facts that their sender tells anew whenever they change, such as an order: the newest telling holds, however late it comes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np
import pyarrow as pa

from touchline.engine.store import Writer
from touchline.events.rules import Event


def newest_tellings(writer: Writer, events: Sequence[Event], source: str) -> list[int]:
    """Places of the events that are the newest telling of their fact so far, which the store remembers from now on."""
    newest: dict[str, tuple[datetime, int]] = {}
    for place, event in enumerate(events):
        as_of = (event.as_of or event.time).astimezone(UTC).replace(tzinfo=None)
        if event.key not in newest or as_of >= newest[event.key][0]:
            newest[event.key] = (as_of, place)
    told = pa.table(
        {
            "key": pa.array(list(newest), pa.string()),
            "as_of": pa.array([as_of for as_of, _ in newest.values()], pa.timestamp("us")),
            "place": pa.array([place for _, place in newest.values()], pa.int64()),
        }
    )
    with writer.staged("told_facts", told):
        found = writer.columns(
            "select place from told_facts told where not exists (select 1 from retold_facts known"
            " where known.source = $source and known.key = told.key and known.as_of > told.as_of)",
            {"source": source},
        )
        places = np.sort(np.asarray(found["place"], dtype=np.int64))
        with writer.staged("newest_facts", told.filter(np.isin(told["place"].to_numpy(), places))):
            writer.execute(
                "delete from retold_facts where source = $source and key in (select key from newest_facts)",
                {"source": source},
            )
            writer.execute("insert into retold_facts select $source, key, as_of from newest_facts", {"source": source})
    return [int(place) for place in places]
