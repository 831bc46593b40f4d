"""Qualtrics' export of responses."""

from touchline.events.sources.qualtrics_responses.columns import COLUMNS
from touchline.events.sources.qualtrics_responses.responses import read_responses
from touchline.events.sources.survey_questions import HOW_READ
from touchline.events.sources.table_source import TableSource

SOURCE = TableSource(
    name="qualtrics_responses",
    title="Qualtrics responses",
    formats=("csv", "tsv", "xlsx"),
    columns=COLUMNS,
    required=("StartDate", "EndDate", "Finished", "ResponseId"),
    joins_people="A response is joined by the recipient's e-mail address and external reference, and by embedded data such "
    "as an order number; one to an anonymous link has none of them and cannot be joined.",
    time_zone="The zone that the third row states for `StartDate` and `EndDate`; without one, the workspace's.",
    becomes=(
        "Rows 2 and 3 hold the wording of the questions and import ids: they are skipped, and read for wording and time zone.",
        "Previews and tests are skipped by `Status`, and so is what Qualtrics marks as spam.",
        "A response that was not finished keeps its answers, at `EndDate`, with the properties `completed` false and `progress` in percent.",
        "Choices of several and matrices, spread over columns, are told by the wording they share. The group of an NPS question (detractor, passive, promoter), timings, the order of questions, and topics and sentiment that Qualtrics reads out of comments are no answers.",
        *HOW_READ,
    ),
    read=read_responses,
)
