"""SurveyMonkey's export of all responses."""

from touchline.events.sources.surveymonkey.responses import COLUMNS, read_responses
from touchline.events.sources.table_source import TableSource

SOURCE = TableSource(
    name="surveymonkey",
    title="SurveyMonkey responses",
    formats=("csv", "tsv", "xlsx"),
    columns=COLUMNS,
    required=("Respondent ID", "Collector ID", "Start Date", "End Date"),
    joins_people="A response is joined by its e-mail address and by Custom Data 1, read as an address, an order number "
    "(#...) or the customer's id; collectors that ask anonymously leave all of them empty.",
    time_zone="Times carry no offset and put the month first: they are read in the workspace's zone.",
    read=read_responses,
)
