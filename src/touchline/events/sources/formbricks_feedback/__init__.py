"""Formbricks' feedback records: one row per answered field. `touchline export` writes the same rows."""

from touchline.events.sources.formbricks_feedback.records import COLUMNS, read_record
from touchline.events.sources.table_source import TableSource, each_row

SOURCE = TableSource(
    name="formbricks_feedback",
    title="Feedback records (Formbricks)",
    formats=("csv", "tsv", "xlsx", "jsonl", "json"),
    columns=COLUMNS,
    required=("submission_id", "collected_at", "source_type", "field_id", "field_type"),
    joins_people="A record is joined by its `user_id`, as an e-mail address where it is one; a record without it names "
    "nobody. `tenant_id` is the sender's own account and joins nobody.",
    time_zone="Times carry their own offset; one without is read as UTC.",
    becomes=(
        "Each record becomes one `Survey Answered`, or `Review Posted` where its source is a review. Its key is `submission_id` and `field_id`: the same field of the same submission, sent again, replaces what it said before.",
        "`nps` is read from 0 to 10, `csat` from 1 to 5, `ces` from 1 to 7, `rating` from 1 to 5; `scale_min` and `scale_max` in `metadata` state other ends. An answer off its scale is refused.",
        "`text` becomes the customer's words. `categorical`, `number`, `boolean` and `date` are kept as the property `answer` beside the question.",
        "`source_name` is the label by which the journey places a record; page, device and campaign are taken from `metadata` where it names them.",
        "`touchline export` writes responses as such records. Imported elsewhere, they keep name, channel, scale and what kind of identifier names the customer, by `metadata`; a score with a comment becomes two records of one submission. In the workspace that they came from they would count twice.",
    ),
    read=each_row(read_record),
)
