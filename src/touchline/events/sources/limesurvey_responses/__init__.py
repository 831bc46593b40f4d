"""LimeSurvey's export of responses."""

from touchline.events.sources.limesurvey_responses.columns import COLUMNS
from touchline.events.sources.limesurvey_responses.responses import read_responses
from touchline.events.sources.survey_questions import HOW_READ
from touchline.events.sources.table_source import TableSource

SOURCE = TableSource(
    name="limesurvey_responses",
    title="LimeSurvey responses",
    formats=("csv", "tsv", "xlsx"),
    columns=COLUMNS,
    required=("id", "submitdate", "lastpage", "startlanguage"),
    joins_people="A response is joined by its participant's token, read as the customer's id, and by questions for an "
    "e-mail address, customer or order number; an open survey without any of them cannot be joined.",
    time_zone="Times carry no offset: they are read in the workspace's zone.",
    becomes=(
        "Columns may be headed by codes, by codes and questions, or by questions; codes alone say little, so export the questions too. Full answers are read, codes of answers are not.",
        "Sub-questions, as in `Q2[SQ001]`, come together: the ticked ones of a choice of several as a list, each row of a matrix as a question of its own.",
        "A response with an empty `submitdate` was not finished: it keeps its answers, at its last action, with the property `completed` false.",
        "LimeSurvey numbers the responses of each survey from 1: the seed or the start tells those of two surveys apart, else the name of the file.",
        "A survey without date stamps writes 1980: its answers belong to no day and are refused.",
        "Timings, IP addresses, referrers and names are not taken over.",
        *HOW_READ,
    ),
    read=read_responses,
)
