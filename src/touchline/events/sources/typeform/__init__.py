"""Typeform's responses."""

from touchline.events.sources.table_source import TableSource
from touchline.events.sources.typeform.responses import COLUMNS, read_responses

SOURCE = TableSource(
    name="typeform",
    title="Typeform responses",
    formats=("csv", "tsv", "xlsx"),
    columns=COLUMNS,
    required=("Start Date (UTC)", "Submit Date (UTC)", "Network ID"),
    joins_people="A response is joined by its hidden fields and questions for e-mail address, phone, customer, order or "
    "ticket number; without any of them nobody can be named.",
    time_zone="UTC, by its own header.",
    read=read_responses,
)
