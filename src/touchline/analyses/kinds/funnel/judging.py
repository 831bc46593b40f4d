"""From counts to the answer: shares, times, odds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from touchline.analyses.kinds.funnel.answer import FunnelAnswer, Lead, SplitGroup, StepTaken, TimeTaken
from touchline.analyses.kinds.funnel.asked import Asked, window_words
from touchline.analyses.kinds.funnel.leads import FACT, KNOWN, TOUCHPOINT, Factor, LeadCounts
from touchline.analyses.kinds.funnel.question import Counts, FunnelCounts
from touchline.analyses.kinds.funnel.request import FunnelRequest
from touchline.analyses.questions.reading import Reading
from touchline.events.facade import CHANNEL_NAMES, CHANNELS, DEVICES
from touchline.formulas.evidence import is_enough
from touchline.formulas.mean import mean, sample_of_whole
from touchline.formulas.median import median
from touchline.formulas.multiplicity import FALSE_FINDINGS, q_values
from touchline.formulas.odds_ratio import odds_ratio
from touchline.formulas.proportion import Proportion, share

MOST_GROUPS = 6
MOST_LEADS = 12
US_PER_DAY = 86_400_000_000
OTHER_VALUES = "all others"
NO_VALUE = "none"


def judged(
    reading: Reading, request: FunnelRequest, asked: Asked, counts: FunnelCounts, exposed: LeadCounts | None
) -> FunnelAnswer:
    """Judge what was counted; without `exposed` there are no leads."""
    names = _level_names(request, asked)
    entered, required = int(counts.reached[0]), asked.plan.required
    window_days = asked.plan.window_us / US_PER_DAY
    ways = [*(f"to {names[at]}" for at in required[1:]), "in all"]
    times = [_time(way, took, window_days) for way, took in zip(ways, counts.took_us, strict=True)]
    leads, looked_at = _leads(reading, exposed) if exposed is not None else ((), None)
    return FunnelAnswer(
        unit=reading.unit,
        order=request.order,
        window=window_words(request),
        excluded=asked.excluded,
        steps=_steps(asked, names, counts),
        named=tuple(
            (step.name, share(int(number), entered)) for step, number in zip(asked.steps, counts.named, strict=True)
        )
        if request.order == "any"
        else (),
        through=share(int(counts.reached[-1]), entered),
        still_open=int(counts.still_open.sum()),
        through_unbarred=counts.through_unbarred if asked.excluded else None,
        times=tuple(times[:-1]),
        whole=times[-1],
        split=request.split.strip(),
        split_at=request.split_at,
        groups=_groups(request, counts),
        leads=leads,
        leads_looked_at=looked_at,
    )


def _level_names(request: FunnelRequest, asked: Asked) -> list[str]:
    if request.order != "any":
        return [step.name for step in asked.steps]
    return [f"{number} of {len(asked.steps)}" for number in range(1, len(asked.steps) + 1)]


def _steps(asked: Asked, names: Sequence[str], counts: FunnelCounts) -> tuple[StepTaken, ...]:
    entered = int(counts.reached[0])
    found, before = [], entered
    for at, name in enumerate(names):
        reached, optional = int(counts.reached[at]), asked.plan.optional[at]
        taken = share(reached, entered), share(reached, before)
        found.append(StepTaken(name, optional, reached, *taken, int(counts.still_open[at])))
        before = before if optional else reached
    return tuple(found)


def _time(name: str, took_us: Counts, window_days: float) -> TimeTaken:
    sample = sample_of_whole(took_us, US_PER_DAY)
    return TimeTaken(name, median(took_us / US_PER_DAY), mean(sample, 0.0, window_days), sample)


def _groups(request: FunnelRequest, counts: FunnelCounts) -> tuple[SplitGroup, ...]:
    split = request.split.strip().lower()
    if not split:
        return ()
    by_size = sorted(counts.by_value.items(), key=lambda each: (-int(each[1].max()), str(each[0])))
    groups = [(_value(split, value), reached) for value, reached in by_size[:MOST_GROUPS]]
    if rest := by_size[MOST_GROUPS:]:
        groups.append((OTHER_VALUES, np.sum([reached for _, reached in rest], axis=0)))
    through = int(counts.reached[-1])
    return tuple(
        SplitGroup(value, tuple(reached.tolist()), _of_group(request.split_at, reached, through))
        for value, reached in groups
    )


def _of_group(split_at: str, reached: Counts, through: int) -> Proportion:
    return share(int(reached[-1]), through if split_at == "each" else int(reached[0]))


def _value(split: str, value: Any) -> str:
    if value is None:
        return NO_VALUE
    if split == "channel":
        return CHANNEL_NAMES[CHANNELS[value]]
    return DEVICES[value] if split == "device" else str(value)


def _leads(reading: Reading, counts: LeadCounts) -> tuple[tuple[Lead, ...], int]:
    """Compare everything that is neither too rare nor nearly always there; keep what is unlikely to be chance."""
    compared = [lead for factor in sorted(counts.exposed) if (lead := _compared(reading, factor, counts)) is not None]
    compared = _one_of_two(compared)
    q = q_values([1.0 if lead.odds.p is None else lead.odds.p for lead in compared])
    found = [replace(lead, q=each) for lead, each in zip(compared, q, strict=True) if each < FALSE_FINDINGS]
    found.sort(key=lambda lead: (lead.q, lead.name))
    return tuple(found[:MOST_LEADS]), len(compared)


def _compared(reading: Reading, factor: Factor, counts: LeadCounts) -> Lead | None:
    """One thing; a fact among those only of whom it is known. None where it says nothing."""
    about, name = factor
    if about == KNOWN:
        return None
    of_through, of_others = counts.exposed[factor]
    through, others = counts.compared
    if about == FACT:
        through, others = counts.exposed[KNOWN, name.partition(" = ")[0]]
    had, had_not = of_through + of_others, through + others - of_through - of_others
    odds = odds_ratio(of_through, through, of_others, others)
    if odds.value is None or not (is_enough(had) and is_enough(had_not)):
        return None
    shown = reading.known.touchpoints[int(name)][1] if about == TOUCHPOINT else name
    return Lead(about, shown, share(of_through, through), share(of_others, others), odds, q=1.0)


def _one_of_two(leads: Sequence[Lead]) -> list[Lead]:
    """Of a fact with two values both say the same: keep the one that goes with getting through."""
    values = Counter(lead.name.partition(" = ")[0] for lead in leads if lead.about == FACT)
    return [
        lead
        for lead in leads
        if lead.about != FACT or values[lead.name.partition(" = ")[0]] != 2 or (lead.odds.value or 0) >= 1
    ]
