"""The columns in which events reach the store, one row per event. Sources build rows; mapped files build whole columns.

`key` is the natural key within the source; the store's id is its hash. Identifier columns are null where absent; the
strongest one present (vocabulary.IDENTIFIER_TYPES) becomes the event's `who`, the others are linked to it. A table may
carry one more column, `rows` (int64): how many rows of the file an event was made of, where that is not one. Restored ones carry
`restored_source` and `restored_id` (text of a number), null where a row was not restored.
"""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from touchline.events.vocabulary import IDENTIFIER_TYPES

_FIELDS: list[pa.Field[Any]] = [
    pa.field("key", pa.string(), nullable=False),
    pa.field("line", pa.int64(), nullable=False),
    pa.field("time", pa.timestamp("us"), nullable=False),  # UTC
    pa.field("name", pa.string(), nullable=False),
    pa.field("channel", pa.string(), nullable=False),
    pa.field("page", pa.string()),
    pa.field("label", pa.string()),
    *[pa.field(type_, pa.string()) for type_ in IDENTIFIER_TYPES],
    pa.field("device", pa.string()),
    pa.field("campaign", pa.string()),
    pa.field("metric", pa.string()),
    pa.field("score", pa.float64()),
    pa.field("score_min", pa.float64()),
    pa.field("score_max", pa.float64()),
    pa.field("text", pa.string()),
    pa.field("language", pa.string()),
    pa.field("value", pa.decimal128(18, 4)),
    pa.field("currency", pa.string()),
    pa.field("objects", pa.list_(pa.struct([("type", pa.string()), ("id", pa.string())]))),
    pa.field("session", pa.string()),
    pa.field("properties", pa.string()),  # JSON object
]
STAGING = pa.schema(_FIELDS)
