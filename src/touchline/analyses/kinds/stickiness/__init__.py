"""Stickiness: how many of a month's active customers are active on a day, and on how many days each is."""

from touchline.analyses.kinds.stickiness.answer import StickinessAnswer
from touchline.analyses.kinds.stickiness.difference import difference
from touchline.analyses.kinds.stickiness.present import present
from touchline.analyses.kinds.stickiness.question import answer
from touchline.analyses.kinds.stickiness.request import StickinessRequest
from touchline.analyses.rules.kind import Kind
from touchline.analyses.rules.parameters import Choice, OneStep
from touchline.analyses.rules.steps import Known
from touchline.analyses.rules.usual_step import usual_step

PARAMETERS = (
    OneStep("step", "Active by", "What counts as being active. Default: any visit.", may_be_open=True),
    Choice("per", "Period", "Rows by week or month.", (("week", "week"), ("month", "month"))),
)


def usual(known: Known) -> StickinessRequest:
    """Weeks of any visit. Raises QuestionError where there are no events."""
    return StickinessRequest(step=usual_step(known))


KIND = Kind(
    name="stickiness",
    title="Stickiness",
    asks="How many of those active within four weeks are active on a usual day, and on how many days is each?",
    icon="magnet",
    order=41,
    request=StickinessRequest,
    answer_type=StickinessAnswer,
    parameters=PARAMETERS,
    usual=usual,
    answer=answer,
    present=present,
    difference=difference,
    methods=("stickiness", "clustered-share"),
)
