"""Answer a funnel, and name the customers of a part of it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from touchline.analyses.kinds.funnel.answer import FunnelAnswer
from touchline.analyses.kinds.funnel.asked import Asked, asked_of
from touchline.analyses.kinds.funnel.judging import judged
from touchline.analyses.kinds.funnel.leads import CountLeads, Factors, LeadCounts
from touchline.analyses.kinds.funnel.question import CountFunnel, FunnelCounts, UnitsByDepth
from touchline.analyses.kinds.funnel.request import FunnelRequest
from touchline.analyses.questions.reading import Reading
from touchline.analyses.rules.problem import QuestionError
from touchline.formulas.median import median


def answer(reading: Reading, request: FunnelRequest) -> FunnelAnswer:
    """Count and judge. Raises QuestionError."""
    asked = asked_of(reading, request)
    counts = reading.ask(CountFunnel(asked.matches, asked.plan, request.split_at))
    leads = _leads(reading, asked, counts) if request.leads else None
    return judged(reading, request, asked, counts, leads)


def _leads(reading: Reading, asked: Asked, counts: FunnelCounts) -> LeadCounts:
    took = median(counts.took_us[-1]).value
    if took is None:  # too few got through to say what is different about them
        return LeadCounts({}, (0, 0))
    factors = Factors.of(reading, asked.steps, asked.plan.order)
    return reading.ask(CountLeads(replace(asked.matches, tag=None), asked.plan, factors, round(took)))


def members(reading: Reading, request: FunnelRequest, part: str) -> NDArray[np.int64]:
    """The customers who got through ('through'), did not ('dropped'), or left after a required step
    ('dropped-2': the second of them). Raises QuestionError where units are no customers, or there is no such step."""
    if reading.unit != "customer":
        raise QuestionError(f"Segments hold customers; this funnel counts {reading.unit}s.", "unit")
    asked = asked_of(reading, request)
    unit, depth = reading.ask(UnitsByDepth(asked.matches, asked.plan))
    last = len(asked.plan.required)
    wanted = depth == last if part == "through" else depth < last
    if part.startswith("dropped-"):
        step = int(part.removeprefix("dropped-"))
        if not 1 <= step < last:
            raise QuestionError(f"This funnel has {last} required steps; nobody can leave after step {step}.")
        wanted = depth == step
    customers: NDArray[np.int64] = unit[wanted]
    return customers
