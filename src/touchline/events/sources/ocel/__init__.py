"""Object-centric event logs, OCEL 2.0 in JSON, SQLite or XML; and our own exports, which are restored as they were."""

from touchline.events.readers.ocel_rows import COLUMNS, FORMATS
from touchline.events.sources.headers import normalised
from touchline.events.sources.ocel.rows import read_row
from touchline.events.sources.table_source import TableSource, each_row, without_aliases

SOURCE = TableSource(
    name="ocel",
    title="OCEL 2.0 event log",
    formats=FORMATS,
    columns=without_aliases(*COLUMNS),
    required=COLUMNS,
    joins_people="Every event is joined by its customer object, or by the only customer related to its other objects, and "
    "by its order and its case where it touches one of them. Events that touch none of these name nobody.",
    time_zone="Times carry their own offset; one without is read as in the workspace's zone.",
    becomes=(
        "An event keeps its type as its name. With several customers it becomes one event for each of them, which is what flattening a log means.",
        "Object types are recognised by their name: customer, client, user, member ... name a customer, by e-mail address where the id is one, else as a customer number; order, case (ticket, incident ...), account, product, campaign, survey and review become objects of the event. All objects with their qualifiers are kept in the property `objects`.",
        "Attributes of an event become properties; `channel` becomes the channel where it names one.",
        "Attributes of a customer object become `Profile Updated` at the time they hold from; the standard's 1970-01-01 stands for undated. Attributes of other objects tell nothing about a customer and are skipped.",
        "An export of a workspace (`touchline export`) is restored as it was, links between identifiers included. Restoring it a second time, or where it came from, changes nothing.",
    ),
    read=each_row(read_row),
    likeness=lambda header: 1.0 if {"is object", "json"} <= set(map(normalised, header)) else 0.0,
)
