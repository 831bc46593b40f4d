"""Event logs by case: XES (IEEE 1849), plain or packed with gzip."""

from touchline.events.readers.xes import FORMAT
from touchline.events.sources.headers import normalised
from touchline.events.sources.table_source import TableSource, without_aliases
from touchline.events.sources.xes_log.events import read_rows, said_of

SOURCE = TableSource(
    name="xes_log",
    title="XES event log",
    formats=(FORMAT,),
    columns=without_aliases("_json", "case:concept:name", "concept:name", "time:timestamp", "lifecycle:transition"),
    required=("_json", "concept:name"),
    joins_people="Every event is joined by its case. Where the case has an attribute that names a customer (customer, "
    "client, member, user, e-mail ...), or the event a customer number, that is the customer; else each case is taken "
    "for one customer.",
    time_zone="Times carry their own offset; one without is read as in the workspace's zone.",
    becomes=(
        "`concept:name` is the event's name; one that is a bare number becomes `Event` and the number. An event without a name or time is refused.",
        "The case becomes the object `case`, and `lifecycle:transition` (start, complete ...) the property of that name: both ends of an activity are events.",
        "`channel`, `page`, `label`, `device`, `campaign`, `text`, `language`, `value`, `currency`, `session`, `order`, `product`, `account` and a `score` with its `metric` are read as such. Other attributes become properties under their own key, those of the case with `case:` before it; names, addresses and other facts about a person are left.",
        "The key is `identity:id`, or case, name, lifecycle and time where there is none.",
    ),
    read=read_rows,
    likeness=lambda header: 1.0 if {"json", "concept name"} <= set(map(normalised, header)) else 0.0,
    leaves=said_of,
)
