"""A change in one or a few groups, many others without it: compared with a mixture of the others.

Weights over groups make the mixture go as the treated groups went before the start, weights over periods pick the
periods before that are most like those after. Only what changes between the two counts, so neither has to fit exactly.

Source: Arkhangelsky, Athey, Hirshberg, Imbens and Wager 2021, American Economic Review 111:4088, algorithms 1 (estimate)
and 4 (placebo variance). Weights by Frank and Wolfe's steps with exact line search, thinned out after 100 steps, as in
the authors' own programme, so that their published table is met.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np

from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.check import Check
from touchline.formulas.evidence import Z_95, two_sided_p
from touchline.formulas.roll_outs.collapsed_did import FEWEST_BEFORE
from touchline.formulas.roll_outs.measured import Measured
from touchline.formulas.roll_outs.panel import Panel, Values, with_holes

FEWEST_CONTROLS = 10
MOST_PLACEBOS = 100
PENALTY_OF_PERIODS = 1e-6
EXACT, FOR_PLACEBOS = 1e-5, 1e-3
"""Steps end when one gains less than the square of this share of the noise; placebos need only their spread."""


@dataclass(frozen=True, eq=False)
class Block:
    """Control groups first, treated last; `before` periods without the change first."""

    values: Values
    controls: int
    before: int

    @property
    def noise(self) -> float:
        """Standard deviation of the controls' period-to-period moves before the start."""
        return float(np.diff(self.values[: self.controls, : self.before], axis=1).std(ddof=1))


@dataclass(frozen=True, eq=False)
class Weights:
    """What the mixture is made of; each adds up to 1 (or is all zero for periods of a synthetic control)."""

    groups: Values
    periods: Values


def synthetic_did(found: Panel) -> Measured | CannotSay:
    """Return what the change did on average after the start, in the groups that got it."""
    refusal = with_holes(found) or _refused(found)
    if refusal is not None:
        return refusal
    block = _block(found)
    weights = synthetic_did_weights(block)
    effect = effect_of(block, weights)
    placebos = _placebos(block)
    error = sqrt(float(np.mean(np.square(placebos))))
    if error == 0:
        return CannotSay("nothing-varies", "The groups without the change all moved alike: no error can be given.")
    after = float(block.values[block.controls :, block.before :].mean())
    return Measured(
        "synthetic-did",
        effect,
        effect - Z_95 * error,
        effect + Z_95 * error,
        two_sided_p(effect / error),
        treated_groups=int(found.treated.sum()),
        control_groups=block.controls,
        periods_before=block.before,
        periods_after=found.periods - block.before,
        expected=after - effect,
        checks=(_fit_before(block, weights), _placebo_date(block, error)),
    )


def synthetic_did_weights(block: Block, until: float = EXACT) -> Weights:
    """Return the weights of synthetic difference-in-differences."""
    treated, after = block.values.shape[0] - block.controls, block.values.shape[1] - block.before
    noise = block.noise
    controls = block.values[: block.controls]
    penalty = (treated * after) ** 0.25 * noise
    return Weights(
        groups=_mixture(
            controls[:, : block.before].T,
            block.values[block.controls :, : block.before].mean(axis=0),
            penalty,
            until * noise,
            centred=True,
        ),
        periods=_mixture(
            controls[:, : block.before],
            controls[:, block.before :].mean(axis=1),
            PENALTY_OF_PERIODS * noise,
            until * noise,
            centred=True,
        ),
    )


def synthetic_control_weights(block: Block) -> Weights:
    """Return the weights of a plain synthetic control (Abadie, Diamond and Hainmueller 2010), for comparison."""
    return Weights(
        groups=_mixture(
            block.values[: block.controls, : block.before].T,
            block.values[block.controls :, : block.before].mean(axis=0),
            PENALTY_OF_PERIODS * block.noise,
            EXACT * block.noise,
            centred=False,
        ),
        periods=np.zeros(block.before),
    )


def even_weights(block: Block) -> Weights:
    """Return the weights of plain difference-in-differences, for comparison."""
    return Weights(np.full(block.controls, 1 / block.controls), np.full(block.before, 1 / block.before))


def effect_of(block: Block, weights: Weights) -> float:
    """Return the double difference under these weights."""
    mixture = block.values[block.controls :].mean(axis=0) - weights.groups @ block.values[: block.controls]
    return float(mixture[block.before :].mean() - weights.periods @ mixture[: block.before])


def _mixture(parts: Values, target: Values, penalty: float, least_gain: float, *, centred: bool) -> Values:
    """Return weights above 0 that add up to 1 and make `parts @ weights` most like the target."""
    if centred:
        parts, target = parts - parts.mean(axis=0), target - target.mean()
    even = np.full(parts.shape[1], 1 / parts.shape[1])
    rough = _stepped(parts, target, penalty, least_gain, even, steps=100)
    thinned = np.where(rough <= rough.max() / 4, 0.0, rough)
    return _stepped(parts, target, penalty, least_gain, thinned / thinned.sum(), steps=10_000)


def _stepped(parts: Values, target: Values, penalty: float, least_gain: float, weights: Values, steps: int) -> Values:
    rows = parts.shape[0]
    ridge = rows * penalty**2
    mixed = parts @ weights
    last = np.inf
    for step in range(steps):
        downhill = (mixed - target) @ parts + ridge * weights
        best = int(downhill.argmin())
        move = -weights
        move[best] += 1
        mixed_move = parts[:, best] - mixed
        curvature = float(mixed_move @ mixed_move + ridge * (move @ move))
        if curvature == 0:
            break
        length = min(1.0, max(0.0, -float(downhill @ move) / curvature))
        weights = weights + length * move
        mixed = mixed + length * mixed_move
        miss = mixed - target
        loss = float(penalty**2 * (weights @ weights) + (miss @ miss) / rows)
        if step >= 2 and last - loss <= least_gain**2:
            break
        last = loss
    return weights


def _block(found: Panel) -> Block:
    values = np.vstack([found.values[~found.treated], found.values[found.treated]])
    return Block(values, int((~found.treated).sum()), found.dates[0])


def _refused(found: Panel) -> CannotSay | None:
    treated, controls = int(found.treated.sum()), int((~found.treated).sum())
    if treated == 0:
        return CannotSay("nobody-treated", "No group got the change.")
    if len(found.dates) > 1:
        return CannotSay(
            "staggered",
            f"The groups started at {len(found.dates)} different dates; a synthetic comparison needs one start. Measure it "
            "start by start instead (staggered difference-in-differences).",
        )
    if controls < FEWEST_CONTROLS or controls <= treated:
        return CannotSay(
            "too-few-groups",
            f"{controls} groups are without the change, {treated} with it. A synthetic comparison needs at least "
            f"{FEWEST_CONTROLS} without it, and more without than with.",
        )
    if found.dates[0] < FEWEST_BEFORE:
        return CannotSay(
            "too-few-before",
            f"There are {found.dates[0]} periods before the start. At least {FEWEST_BEFORE} are needed to find out which "
            "other groups went the same way.",
        )
    if not np.diff(found.values[~found.treated][:, : found.dates[0]], axis=1).any():
        return CannotSay("nothing-varies", "The groups without the change never moved before the start.")
    return None


def _placebos(block: Block) -> Values:
    """Return what the same sum finds in control groups, where nothing happened: each in turn, or a hundred draws."""
    treated = block.values.shape[0] - block.controls
    controls = block.values[: block.controls]
    if treated == 1:
        chosen = [np.array([at]) for at in range(block.controls)]
    else:
        random = np.random.default_rng(0)
        chosen = [random.choice(block.controls, treated, replace=False) for _ in range(MOST_PLACEBOS)]
    found = []
    for pretended in chosen:
        rest = np.delete(controls, pretended, axis=0)
        placebo = Block(np.vstack([rest, controls[pretended]]), rest.shape[0], block.before)
        found.append(effect_of(placebo, synthetic_did_weights(placebo, FOR_PLACEBOS)))
    return np.array(found)


def _fit_before(block: Block, weights: Weights) -> Check:
    apart = (
        block.values[block.controls :, : block.before].mean(axis=0)
        - weights.groups @ (block.values[: block.controls, : block.before])
    )
    miss, noise = float(apart.std()), block.noise
    passed = miss <= noise
    return Check(
        "pre-trend",
        passed,
        f"Before the start the mixture of the other groups {'went' if passed else 'did not go'} as the treated did: it "
        f"misses by {miss:.3g} a period where groups move by {noise:.3g} from one period to the next.",
    )


def _placebo_date(block: Block, error: float) -> Check:
    early = max(block.before * 2 // 3, 2)
    placebo = Block(block.values[:, : block.before], block.controls, early)
    effect = effect_of(placebo, synthetic_did_weights(placebo, FOR_PLACEBOS))
    passed = abs(effect) <= Z_95 * error
    return Check(
        "placebo-date",
        passed,
        f"At a date before the start when nothing happened, the same sum finds {effect:+.3g}: "
        f"{'nothing beyond its error' if passed else 'something where nothing was'}.",
    )
