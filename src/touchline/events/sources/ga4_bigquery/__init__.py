"""Google Analytics 4's export to BigQuery: the daily tables `events_YYYYMMDD`, taken out as JSON or Parquet."""

from touchline.events.ga4_names import NAMES_TOLD
from touchline.events.sources.ga4_bigquery.rows import COLUMNS, likeness, read_row
from touchline.events.sources.table_source import TableSource, each_row

SOURCE = TableSource(
    name="ga4_bigquery",
    title="Google Analytics 4 events (BigQuery)",
    formats=("jsonl", "json", "parquet"),
    columns=COLUMNS,
    required=("event_timestamp", "event_name", "event_params"),
    joins_people="An event is joined by its user id (where the site sets one), by Google's pseudonymous id of the browser or "
    "app, and by the transaction id, which is the shop's order number. An event without consent has no id: only a purchase "
    "among them can be joined, by its order.",
    time_zone="UTC, by the microseconds of `event_timestamp`. `event_date` is of the property's own zone and is not used.",
    becomes=(
        NAMES_TOLD,
        "Google amends a day's table for three days. The key is the pseudonymous id, time, name, bundle, page and place in the batch, so that importing the day again changes what was amended and adds what came late. Tables older than the place in the batch are known by the content of `event_params` instead.",
        "The value of a purchase or refund is the parameter `value`, else `ecommerce`, in the parameter `currency`; a refund is negative. The `value` of other events is no money and stays a property.",
        "The session is `ga_session_id` of the pseudonymous id: by itself it is only the second at which a session began, which strangers share.",
        "The campaign is the one collected with the event, else the last click of its session. `traffic_source` names the first one ever and is not used.",
        "Every other event parameter is kept as a property, addresses of pages aside. User properties, lifetime values and cities are not taken over.",
        "By the Measurement Protocol the same events arrive as they happen. The numbers by which the export knows an event are given by Google afterwards: only where a table has none of them (an older one, without `batch_event_index`) is an event that was sent to both the same one here.",
    ),
    read=each_row(read_row),
    likeness=likeness,
)
