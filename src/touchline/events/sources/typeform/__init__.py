"""Typeform's responses."""

from touchline.events.sources.survey_questions import HOW_READ
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
    becomes=(
        "A response that was never submitted keeps its answers, at its last stage and with the property `completed` false.",
        "HTML in the wording of a question is taken off. `Network ID` is shared by a household and names nobody.",
        *HOW_READ,
    ),
    read=read_responses,
)
