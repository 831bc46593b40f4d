"""Tables downloaded from the interface of Google Analytics 4."""

from touchline.events.sources.ga4_interface.points import COLUMNS, likeness, read_row
from touchline.events.sources.table_source import TableSource, each_row

SOURCE = TableSource(
    name="ga4_interface",
    title="Google Analytics 4 report",
    formats=("csv", "tsv", "xlsx"),
    columns=COLUMNS,
    required=("report start date",),
    joins_people="No row can be joined to a person: the interface of Google Analytics counts and names nobody. Its counts "
    "stand beside the touchpoints and never add customers. The BigQuery export of the same property names people.",
    time_zone="Days are of the property's own time zone, which the file does not tell: they are read in the workspace's.",
    becomes=(
        "Each count in a row becomes a point of a series. It is labelled by the row's dimensions (channel group, page, event name ...) and dated by its day (`Date`, or `Nth day` behind the start date); a row without a day is dated at the start of the period that the comment lines state.",
        "All tables of a file are read, each under its own header. Totals are left out: they are the sum of the other rows.",
        "Rates and averages cannot be added up and are not taken over. Counts that overlap (the same sessions by channel and by page, or two periods that share days) are kept apart by their label and their key and must not be added up either.",
        "Sessions, views and users count `Page Viewed`; purchases and revenue `Order Completed`; a table of events counts each event by its name.",
    ),
    read=each_row(read_row),
    likeness=likeness,
)
