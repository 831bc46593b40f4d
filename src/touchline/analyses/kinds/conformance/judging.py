"""From counts to the answer: shares with intervals, means, words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from touchline.analyses.kinds.conformance.answer import Compared, Deviation, Difference, Felt, Next, Part, Step
from touchline.analyses.kinds.conformance.answers_given import PER_POINT
from touchline.analyses.kinds.conformance.deviations import (
    KIND_NAMES,
    NOTHING,
    PASSED,
    REACHED,
    SKIPPED,
    STOPPED,
    chance_of,
)
from touchline.analyses.kinds.conformance.plan import ComparedPlan
from touchline.analyses.kinds.conformance.question import Counts, Key, Sums
from touchline.analyses.kinds.conformance.wording import deviation_words
from touchline.formulas.alignment import fitness
from touchline.formulas.mean import Sample, mean, mean_change
from touchline.formulas.multiplicity import findings
from touchline.formulas.proportion import share

MOST_NEXT = 3
NOBODY = Sums()
EMPTY = Part(0, 0, None, None, None)


def most_frequent(groups: Sequence[Counts], most: int) -> tuple[Key, ...]:
    """The deviations that most people show, of every group so many: what is listed for one is listed for all."""
    kept: dict[Key, int] = {}
    for counts in groups:
        ranked = sorted(counts.deviations, key=lambda key: (-counts.deviations[key].people, key))
        kept |= {key: kept.get(key, 0) + counts.deviations[key].people for key in ranked[:most]}
    return tuple(sorted(kept, key=lambda key: (-kept[key], key)))


def judged(counts: Counts, plan: ComparedPlan, keys: Sequence[Key], unit: str) -> Compared:
    """Judge what was counted; `keys` are the deviations to list."""
    fits = [(fitness(cost, worst), n) for (cost, worst), n in sorted(counts.fits.items())]
    people = sum(n for _, n in fits)
    fit = Sample(people, sum(value * n for value, n in fits), sum(value * value * n for value, n in fits))
    found = mean(fit, 0.0, 1.0)
    return Compared(
        unit=unit,
        people=people,
        journeys=counts.journeys,
        not_over=counts.not_over,
        set_aside=counts.set_aside,
        fitness=found.value,
        fitness_low=found.low,
        fitness_high=found.high,
        fitness_total=fit.total,
        fitness_squares=fit.squares,
        as_planned=_part(sum(n for (cost, _), n in counts.fits.items() if cost == 0), people),
        steps=tuple(_step(at, counts, plan) for at in range(1, len(plan.steps) + 1)),
        deviations=_with_findings([_deviation(key, counts, plan) for key in keys]),
        found=len(counts.deviations),
        unseen=plan.unseen,
        by_stages=plan.by_stages,
        variants=len(counts.variants),
    )


def _deviation(key: Key, counts: Counts, plan: ComparedPlan) -> Deviation:
    kind, touchpoint, before, after = key
    deviants = counts.deviations.get(key, NOBODY)
    chance = counts.chances.get(chance_of(key), NOBODY)
    others = chance - counts.others.get(key, NOBODY)
    felt, others_felt = _felt(deviants), _felt(others)
    change = mean_change(_sample(felt), _sample(others_felt))
    is_certain = kind == STOPPED or max(before, after) >= plan.goal
    names = ("", *(step.name for step in plan.steps))
    shown = Deviation(
        kind=KIND_NAMES[kind],
        touchpoint=plan.names[touchpoint] if touchpoint != NOTHING else "",
        before=names[before],
        after=names[after],
        words="",
        share=_part(deviants.people, chance.people),
        next=() if kind == STOPPED else _next(key, counts, plan),
        completes=EMPTY if is_certain else _part(deviants.completed, deviants.people),
        others_complete=EMPTY if is_certain else _part(others.completed, others.people),
        felt=felt,
        others_felt=others_felt,
        difference=Difference(change.difference, change.low, change.high, is_clear=False),
    )
    return replace(shown, words=deviation_words(shown.kind, shown.touchpoint, shown.before, shown.after))


def _with_findings(deviations: Sequence[Deviation]) -> tuple[Deviation, ...]:
    """Mark the differences in feeling that can be told from noise, all of them considered at once."""
    changes = [mean_change(_sample(each.felt), _sample(each.others_felt)) for each in deviations]
    known = [at for at, change in enumerate(changes) if change.p is not None]
    clear = dict(zip(known, findings([changes[at].p or 0.0 for at in known]), strict=True))
    return tuple(
        replace(each, difference=replace(each.difference, is_clear=clear.get(at, False)))
        for at, each in enumerate(deviations)
    )


def _next(key: Key, counts: Counts, plan: ComparedPlan) -> tuple[Next, ...]:
    of = counts.deviations[key].people if key in counts.deviations else 0
    after = [(touchpoint, n) for (of_key, touchpoint), n in counts.following.items() if of_key == key]
    after.sort(key=lambda each: (-each[1], each[0]))
    return tuple(
        Next(plan.names[touchpoint] if touchpoint != NOTHING else "", _part(n, of))
        for touchpoint, n in after[:MOST_NEXT]
    )


def _step(at: int, counts: Counts, plan: ComparedPlan) -> Step:
    step = plan.steps[at - 1]
    reached = counts.chances.get((REACHED, 0, at, 0), NOBODY)
    passed = counts.chances.get((PASSED, 0, at, 0), NOBODY)
    skipped = counts.deviations.get((SKIPPED, NOTHING, at, 0), NOBODY)
    stopped = counts.deviations.get((STOPPED, NOTHING, at, 0), NOBODY)
    return Step(
        name=step.name,
        optional=step.optional,
        repeatable=step.repeatable,
        done=reached.people,
        skipped=EMPTY if step.optional else _part(skipped.people, passed.people),
        stopped=EMPTY if at >= plan.goal or plan.is_optional else _part(stopped.people, reached.people),
    )


def _part(count: int, of: int) -> Part:
    found = share(count, of)
    return Part(count, of, found.value, found.low, found.high)


def _felt(sums: Sums) -> Felt:
    total, squares = sums.total / PER_POINT, sums.squares / PER_POINT**2
    found = mean(Sample(sums.answers, total, squares), -100.0, 100.0)
    return Felt(sums.answers, found.value, found.low, found.high, total, squares)


def _sample(felt: Felt) -> Sample:
    return Sample(felt.n, felt.total, felt.squares)
