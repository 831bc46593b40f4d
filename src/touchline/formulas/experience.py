"""The experience score: how customers felt at each touchpoint or stage, −100..+100, and how sure that is.

Every answer becomes 200·(s − min)/(max − min) − 100. Each mean then leans on its stage as far as its own evidence is
thin (`shrinkage`), is shown as the difference from the mean of all answers of the journey, and is drawn and named only
as the evidence allows. Sources: Efron and Morris 1975; Benjamini and Hochberg 1995; its page in docs/algorithms.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import sqrt
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from touchline.formulas.evidence import Z_80, is_enough, two_sided_p
from touchline.formulas.mean import Sample
from touchline.formulas.multiplicity import findings
from touchline.formulas.shrinkage import Observed, Shrunk, shrink

Numbers = TypeVar("Numbers", float, npt.NDArray[np.float64])

LABEL_FROM_POINTS = 5.0
"""A difference smaller than this is not worth a label, however sure it is."""

HOLLOW_ABOVE = 0.5
"""Prior weight above which a point is more stage than answers."""

ROUNDING_VARIANCE = 20.0**2 / 12
"""The least variance an answer can have: it was rounded to a scale of at most eleven steps (Sheppard 1898)."""


@dataclass(frozen=True)
class Answers:
    """The answers given at one touchpoint, already on −100..+100: counts and sums, no rows."""

    id: str
    group: str
    """What it leans on: the stage of a touchpoint, the same word for all stages."""
    n: int
    total: float
    squares: float

    @property
    def sample(self) -> Sample:
        """The same without names."""
        return Sample(self.n, self.total, self.squares)


@dataclass(frozen=True)
class Experience:
    """One point of the emotional line; the fields mean what they mean in journeys.rules.journey_map.ExperienceScore."""

    difference: float | None
    low: float | None
    """80 % band of the difference."""
    high: float | None
    absolute: float | None
    raw_mean: float | None
    n: int
    prior_weight: float | None
    sd: float | None
    """Posterior standard deviation of `absolute`."""
    drawn: str
    """'solid', 'hollow' or 'broken'."""
    label: str
    """'high', 'low' or ''."""
    change: float | None = None
    """Of the raw mean, against the comparison period."""
    change_is_noise: bool = True


def experience(score: Numbers, low: Numbers, high: Numbers) -> Numbers:
    """Put one answer of a scale low..high, or an array of them, on −100..+100."""
    return 200 * (score - low) / (high - low) - 100


def journey_mean(answers: Iterable[Answers]) -> float | None:
    """Return the mean of all answers: the zero of the line. None below five answers."""
    given = [one for one in answers if one.n]
    n = sum(one.n for one in given)
    return sum(one.total for one in given) / n if is_enough(n) else None


def by_stage(answers: Iterable[Answers]) -> tuple[Answers, ...]:
    """Add up the touchpoints of each stage, so that stages can be scored beside each other and lean on the journey."""
    stages: dict[str, Answers] = {}
    for one in answers:
        so_far = stages.get(one.group, Answers(one.group, "journey", 0, 0.0, 0.0))
        stages[one.group] = replace(
            so_far, n=so_far.n + one.n, total=so_far.total + one.total, squares=so_far.squares + one.squares
        )
    return tuple(stages.values())


def experience_scores(now: Sequence[Answers], before: Sequence[Answers] = ()) -> dict[str, Experience]:
    """Score every touchpoint (or stage) given, by id; `before` holds the same of the comparison period.

    Fewer than five answers give no score and a broken line. A label needs both a difference of five points and a
    false-finding rate below 10 % among all points of the line; a change that misses that rate is noise.
    """
    scores = _scores(now)
    return _with_changes(scores, now, before) if before else scores


def pooled_variance(answers: Iterable[Answers]) -> float:
    """Return the variance of one answer around its touchpoint's mean, over all touchpoints together.

    A touchpoint's own variance is too unsure at small n: bands built on it cover too little.
    """
    given = [one for one in answers if one.n]
    freedom = sum(one.n - 1 for one in given)
    spread = sum(max(one.squares - one.total**2 / one.n, 0.0) for one in given)
    return max(spread / freedom if freedom else 0.0, ROUNDING_VARIANCE)


def _scores(answers: Sequence[Answers]) -> dict[str, Experience]:
    given = [one for one in answers if one.n]
    zero = journey_mean(given)
    variance = pooled_variance(given)
    shrunk = dict(zip((one.id for one in given), shrink([_observed(one, variance) for one in given]), strict=True))
    scores = {one.id: _score(one, shrunk.get(one.id), zero) for one in answers}
    return _with_labels(scores)


def _observed(one: Answers, variance: float) -> Observed:
    return Observed(one.total / one.n, variance / one.n, one.group)


def _score(one: Answers, shrunk: Shrunk | None, zero: float | None) -> Experience:
    if shrunk is None or zero is None or not is_enough(one.n):
        return Experience(None, None, None, None, None, one.n, None, None, drawn="broken", label="")
    gap = shrunk.mean - zero
    return Experience(
        difference=gap,
        low=gap - Z_80 * shrunk.sd,
        high=gap + Z_80 * shrunk.sd,
        absolute=shrunk.mean,
        raw_mean=one.total / one.n,
        n=one.n,
        prior_weight=shrunk.prior_weight,
        sd=shrunk.sd,
        drawn="hollow" if shrunk.prior_weight > HOLLOW_ABOVE else "solid",
        label="",
    )


def _with_labels(scores: Mapping[str, Experience]) -> dict[str, Experience]:
    p = {
        id_: two_sided_p(one.difference / one.sd)
        for id_, one in scores.items()
        if one.difference is not None and one.sd
    }
    sure = dict(zip(p, findings(list(p.values())), strict=True))
    return {id_: replace(one, label=_label(one) if sure.get(id_) else "") for id_, one in scores.items()}


def _label(one: Experience) -> str:
    gap = one.difference or 0.0
    if abs(gap) < LABEL_FROM_POINTS:
        return ""
    return "high" if gap > 0 else "low"


def _with_changes(
    scores: Mapping[str, Experience], now: Sequence[Answers], before: Sequence[Answers]
) -> dict[str, Experience]:
    """Compare raw means: a shrunk one would move with its stage even where its own answers did not."""
    variance_now, variance_before = pooled_variance(now), pooled_variance(before)
    past = {one.id: one for one in before if is_enough(one.n)}
    changes: dict[str, float] = {}
    p: dict[str, float] = {}
    for one in now:
        if not is_enough(one.n) or one.id not in past:
            continue
        then = past[one.id]
        changes[one.id] = one.total / one.n - then.total / then.n
        p[one.id] = two_sided_p(changes[one.id] / sqrt(variance_now / one.n + variance_before / then.n))
    real = dict(zip(p, findings(list(p.values())), strict=True))
    return {
        id_: replace(score, change=changes.get(id_), change_is_noise=not real.get(id_, False))
        for id_, score in scores.items()
    }
