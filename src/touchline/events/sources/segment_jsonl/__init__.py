"""Calls of Segment's tracking API, one JSON object a line: Segment's own exports, RudderStack's, Jitsu's, raw SDK logs."""

from touchline.events.sources.segment_jsonl.lines import COLUMNS, likeness, read_calls
from touchline.events.sources.table_source import TableSource, each_row

SOURCE = TableSource(
    name="segment_jsonl",
    title="Segment calls (JSON lines)",
    formats=("jsonl", "json"),
    columns=COLUMNS,
    required=("_json", "type"),
    joins_people="Every call is joined by its user id and anonymous id, by the e-mail address and phone among its traits "
    "or properties, and by its order id.",
    time_zone="Each time carries its own offset; one without is read as UTC. Where sent and received times are there, "
    "the clock of the device is corrected by their difference.",
    becomes=(
        "`track` keeps its name; `page` becomes `Page Viewed`, `screen` `Screen Viewed`, `identify` `Profile Updated`, `group` `Account Joined`, `alias` `Identity Linked` of the user id and the previous id, which is read as anonymous.",
        "The time is receivedAt − (sentAt − originalTimestamp) where all three are there, else `timestamp`. The key is `messageId`, or the content of the call where there is none.",
        "The value is `total`, else `revenue`, else `value`, of `Order Refunded` as a negative number. `rating` of `Product Reviewed` and `score` of `Survey Answered` (with `metric`, and `scale_min` and `scale_max` where they differ from the metric's own) become the score.",
        "The channel is what the call states in `properties.channel`, else what its name says (mail, chat, push), else what sent it.",
        "Properties are kept whole, and so is what your own code adds to `context` and `integrations`, under these names, unless a property has the name. What SDKs write into the context of their own accord is not kept beyond what it becomes: the IP address and the user agent are not.",
        "A call with `context.consent.cookieless` names nobody, whatever its properties hold: its sender had no consent.",
        "A bad call in a batch is refused by itself; the others stay.",
    ),
    read=each_row(read_calls),
    likeness=likeness,
)
