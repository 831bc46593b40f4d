"""Funnels: how many get from step to step, how long it takes, and where they leave."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from touchline.analyses.kinds.funnel.answer import FunnelAnswer
from touchline.analyses.kinds.funnel.request import (
    LONGEST_DAYS,
    MOST_EXCLUDED,
    MOST_STEPS,
    ORDERS,
    SPLIT_AT,
    WINDOW_UNITS,
    FunnelRequest,
)
from touchline.analyses.rules.kind import Kind
from touchline.analyses.rules.parameters import Choice, Number, StepList, Switch, Words
from touchline.analyses.rules.presentation import Presentation
from touchline.analyses.rules.problem import QuestionError
from touchline.analyses.rules.steps import Known

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

USUAL_STEPS = 4


def _answer(reading: Any, request: FunnelRequest) -> FunnelAnswer:
    from touchline.analyses.kinds.funnel.answering import answer

    return answer(reading, request)


def _present(answer: FunnelAnswer) -> Presentation:
    from touchline.analyses.kinds.funnel.present import present

    return present(answer)


def _difference(first: FunnelAnswer, second: FunnelAnswer) -> Presentation:
    from touchline.analyses.kinds.funnel.difference import difference

    return difference(first, second)


def _members(reading: Any, request: FunnelRequest, part: str) -> NDArray[np.int64]:
    from touchline.analyses.kinds.funnel.answering import members

    return members(reading, request, part)


def usual(known: Known) -> FunnelRequest:
    """The busiest touchpoint of each of the first stages, in the order of the journey; else the busiest touchpoints, else
    the two commonest events. Raises QuestionError where there is nothing to put in order."""
    by_stage: dict[str, int] = {}
    for at in sorted(known.visits):
        stage = known.touchpoints[at][2]
        if stage not in by_stage or known.visits[at] > known.visits[by_stage[stage]]:
            by_stage[stage] = at
    chosen = sorted(by_stage.values())[:USUAL_STEPS]
    if len(chosen) < 2:
        chosen = sorted(sorted(known.visits, key=lambda at: (-known.visits[at], at))[:USUAL_STEPS])
    # A step in between that is rarer than the last one would hold up everybody who never needs it.
    chosen = [at for at in chosen if at in (chosen[0], chosen[-1]) or known.visits[at] >= known.visits[chosen[-1]]]
    if len(chosen) >= 2:
        return FunnelRequest(steps=tuple(known.touchpoints[at][0] for at in chosen))
    names = sorted(known.events, key=lambda name: (-known.events[name], name))[:2]
    if len(names) == 2:
        return FunnelRequest(steps=tuple(f"event:{name}" for name in names))
    raise QuestionError("A funnel needs two things that customers do; the data hold fewer. Import more of them first.")


KIND = Kind(
    name="funnel",
    title="Funnel",
    asks="How many get from step to step, how long does it take, and where do they leave?",
    icon="filter",
    order=10,
    request=FunnelRequest,
    answer_type=FunnelAnswer,
    parameters=(
        StepList(
            "steps",
            "Steps",
            "Touchpoints (cart), stages (stage:purchase) or events (event:Order Completed), in their order; the same one "
            "may stand there twice. A ? at the end makes a step optional: wishlist?.",
            at_least=2,
            at_most=MOST_STEPS,
        ),
        Choice("order", "Order", "Whether other things may come between, and whether the order matters.", ORDERS),
        Number("window", "Time allowed", "From the first step to the last; its last moment counts.", 0, LONGEST_DAYS),
        Choice("window_unit", "Unit of the time", "Of the time allowed.", tuple((unit, unit) for unit in WINDOW_UNITS)),
        StepList(
            "exclude",
            "Without",
            "Steps that must not come between: help, or help between 2 and 3.",
            at_least=0,
            at_most=MOST_EXCLUDED,
        ),
        Words("split", "Split by", "channel, device, campaign, source, label, page or a property of the step's event."),
        Choice("split_at", "Split as it was", "At which step the split is looked at.", SPLIT_AT),
        Switch("leads", "What they did differently", "Look for what those who got through did and others did not."),
    ),
    usual=usual,
    answer=_answer,
    present=_present,
    difference=_difference,
    methods=("funnel", "odds-ratio", "median-time"),
    members=_members,
    parts=(
        ("through", "customers who got through"),
        ("dropped", "customers who entered and did not get through"),
        *((f"dropped-{step}", f"customers who left after step {step}") for step in range(1, MOST_STEPS)),
    ),
)
