"""Lifecycle: who is new, returning, resurrecting and dormant in each day, week or month."""

from touchline.analyses.kinds.lifecycle.answer import LifecycleAnswer
from touchline.analyses.kinds.lifecycle.difference import difference
from touchline.analyses.kinds.lifecycle.present import present
from touchline.analyses.kinds.lifecycle.question import answer
from touchline.analyses.kinds.lifecycle.request import LifecycleRequest
from touchline.analyses.rules.calendar import PERIODS
from touchline.analyses.rules.kind import Kind
from touchline.analyses.rules.parameters import Choice, OneStep
from touchline.analyses.rules.steps import Known
from touchline.analyses.rules.usual_step import usual_step

PARAMETERS = (
    OneStep("step", "Active by", "What counts as being active. Default: any visit.", may_be_open=True),
    Choice("per", "Period", "By day, week or month.", tuple((each, each) for each in PERIODS)),
)


def usual(known: Known) -> LifecycleRequest:
    """Weeks of any visit. Raises QuestionError where there are no events."""
    return LifecycleRequest(step=usual_step(known))


KIND = Kind(
    name="lifecycle",
    title="Lifecycle",
    asks="Who is new each week, who returns, who comes back after a pause, and who falls silent?",
    icon="sprout",
    order=42,
    request=LifecycleRequest,
    answer_type=LifecycleAnswer,
    parameters=PARAMETERS,
    usual=usual,
    answer=answer,
    present=present,
    difference=difference,
    methods=("lifecycle", "clustered-share"),
)
