"""Calls of Segment's tracking API, one JSON object a line: Segment's own exports, RudderStack's, Jitsu's, raw SDK logs."""

from touchline.events.sources.segment_jsonl.lines import COLUMNS, likeness, read_calls
from touchline.events.sources.table_source import TableSource, each_row

SOURCE = TableSource(
    name="segment_jsonl",
    title="Segment calls (JSON lines)",
    formats=("jsonl",),
    columns=COLUMNS,
    required=("_json", "type"),
    joins_people="Every call is joined by its user id and anonymous id, by the e-mail address and phone among its traits "
    "or properties, and by its order id.",
    time_zone="Each time carries its own offset; one without is read as UTC. Where sent and received times are there, "
    "the clock of the device is corrected by their difference.",
    read=each_row(read_calls),
    likeness=likeness,
)
