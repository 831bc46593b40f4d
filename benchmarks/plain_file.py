"""Write the same synthetic shop as the plain file people export: one row per event, a time, an e-mail address, a name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv

from benchmarks.generate import ASKED, KINDS, ORDERED, REFUNDED, event_slices


def write_plain_file(file: Path, events: int) -> None:
    """Write a CSV file of so many events, some 90 bytes each."""
    kinds: list[Any] = [pa.array(column) for column in zip(*(kind[:3] for kind in KINDS), strict=True)]
    with file.open("wb") as out:
        for number, rows in enumerate(event_slices(events)):
            options = pyarrow.csv.WriteOptions(include_header=number == 0, quoting_style="none")
            pyarrow.csv.write_csv(_table(rows, kinds), out, options)


def _table(rows: dict[str, np.ndarray], kinds: list[Any]) -> pa.Table:
    kind, number = rows["kind"], rows["number"].astype(str)
    bought = (kind == ORDERED) | (kind == REFUNDED)
    asked = kind == ASKED
    amount = np.where(kind == REFUNDED, -1, 1) * (10 + rows["number"] % 90)
    person = (rows["who"] - 1) // 2
    names, channels, pages = (each.take(pa.array(kind)) for each in kinds)
    return pa.table(
        {
            "timestamp": pa.array(rows["time"]).cast(pa.timestamp("ms"), safe=False).cast(pa.string()),
            "email": np.char.add(np.char.add("c", person.astype(str)), "@example.org"),
            "event": names,
            "channel": channels,
            "page": pages,
            "device": np.select([rows["chance"] < 0.5, rows["chance"] < 0.9], ["desktop", "mobile"], ""),
            "order_id": np.where(bought, np.char.add("A", number), ""),
            "value": np.where(bought, amount.astype(str), ""),
            "currency": np.where(bought, "EUR", ""),
            "csat": np.where(asked, (1 + rows["number"] % 5).astype(str), ""),
            "comment": np.where(asked & (rows["chance"] < 0.5), np.char.add("What I think about order ", number), ""),
        }
    )
