"""SurveyMonkey's export of all responses."""

from touchline.events.sources.survey_questions import HOW_READ
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
    becomes=(
        "The second header row holds the answer options: it is skipped, and read to know what a column stands for.",
        "Choices of several, spread over columns, come together as a list; each row of a matrix is a question of its own.",
        *HOW_READ,
    ),
    read=read_responses,
)
