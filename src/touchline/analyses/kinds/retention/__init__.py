"""Retention: of those who began in one day, week or month, how many came back in the next ones."""

from touchline.analyses.kinds.retention.answer import RetentionAnswer
from touchline.analyses.kinds.retention.difference import difference
from touchline.analyses.kinds.retention.present import present
from touchline.analyses.kinds.retention.question import answer, members
from touchline.analyses.kinds.retention.request import RetentionRequest
from touchline.analyses.rules.calendar import PERIODS
from touchline.analyses.rules.kind import Kind
from touchline.analyses.rules.parameters import Choice, OneStep, Whole
from touchline.analyses.rules.steps import Known
from touchline.analyses.rules.usual_step import usual_step

PARAMETERS = (
    OneStep("start_step", "Began with", "The step they began with. Default: any visit.", may_be_open=True),
    OneStep("return_step", "Came back for", "What counts as coming back. Default: any visit.", may_be_open=True),
    Choice("per", "Period", "Groups by day, week or month.", tuple((each, each) for each in PERIODS)),
    Whole("periods", "How many", "How many periods each group is followed, 1 to 60. Default: 12.", 1, 60),
    Choice(
        "who",
        "Who",
        "first-time: customers by their very first time; recurring: everybody in every period.",
        (("first-time", "for the first time"), ("recurring", "each time again")),
    ),
    Choice(
        "came_back",
        "Came back",
        "exactly: in that very period; or-later: in that period or any later one.",
        (("exactly", "in that very period"), ("or-later", "in that period or later")),
    ),
    Choice(
        "measure",
        "Count",
        "customers, or the value of what they came back for.",
        (("customers", "customers"), ("value", "value")),
    ),
)


def usual(known: Known) -> RetentionRequest:
    """Weeks after the first visit. Raises QuestionError where there are no events."""
    step = usual_step(known)
    return RetentionRequest(start_step=step, return_step=step)


KIND = Kind(
    name="retention",
    title="Retention",
    asks="Of those who began in one week, how many came back in the next ones?",
    icon="calendar-sync",
    order=40,
    request=RetentionRequest,
    answer_type=RetentionAnswer,
    parameters=PARAMETERS,
    usual=usual,
    answer=answer,
    present=present,
    difference=difference,
    methods=("retention", "clustered-share"),
    members=members,
    parts=(("back", "came back"), ("gone", "did not come back")),
)
