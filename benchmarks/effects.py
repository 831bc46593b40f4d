"""What a bad visit costs at 40 touchpoints with 740,000 visits: the estimate and its negative control, and all its checks.

Beside them a plain loop over DoubleML's interactive regression model (effect on the treated) with scikit-learn's logit and the
same folds, on a few of the touchpoints and scaled up. Formulas alone, from arrays in memory; thirty facts, six true causes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from threadpoolctl import threadpool_limits

from benchmarks.measuring import Clock, Measured, Row, Sizes, Work, in_child, in_turns
from benchmarks.peers import measure_peer
from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.effects.e_value import e_value
from touchline.formulas.effects.folds import folds_of
from touchline.formulas.effects.learners import BOOSTED
from touchline.formulas.effects.robustness_value import robustness
from touchline.formulas.effects.visit_effect import SEED, VisitEffect, prepare, visit_effect
from touchline.formulas.effects.visits import Visits

TOUCHPOINTS = 40
VISITS = 740_000
CUSTOMERS = 20_000
VISITS_PER_EVENT = VISITS / Sizes.events
FEWEST_VISITS = 80_000
FACTS, TWO_VALUED = 30, 20
CAUSES = 6
CORES = 2
ASKED_AGAIN = 6
"""Variants besides the first and the second opinion: other windows, cuts and parts."""
PEER_TOUCHPOINTS = 2
BAR_ESTIMATES, BAR_CHECKS = 60, 180


@dataclass(frozen=True)
class Planted:
    """One touchpoint."""

    visits: Visits
    outcome: np.ndarray
    past: np.ndarray
    """What happened before the visits."""
    truth: float


def plant(number: int, visits: int) -> Planted:
    """Make a touchpoint: newer customers meet more trouble and buy less; the first six touchpoints cost orders."""
    chance = np.random.default_rng([3, number])
    customers = max(CUSTOMERS * visits * TOUCHPOINTS // VISITS, 1000)
    customer = chance.integers(0, customers, visits)
    loyalty = np.random.default_rng(3).normal(size=customers)[customer]
    facts = np.column_stack(
        [
            loyalty + 0.5 * chance.normal(size=visits),
            chance.normal(size=(visits, FACTS - TWO_VALUED - 1)),
            chance.random((visits, TWO_VALUED)) < 0.3,
        ]
    )
    bad = chance.random(visits) < _share(-1.8 - 0.5 * facts[:, 0] + 0.3 * facts[:, 12])
    calm = -0.5 + 0.6 * facts[:, 0] - 0.3 * facts[:, 12]
    shaken = calm - (0.5 + 0.1 * number if number < CAUSES else 0.0)
    outcome = chance.random(visits) < _share(np.where(bad, shaken, calm))
    past = chance.random(visits) < _share(calm)
    names = tuple(f"fact {at}" for at in range(FACTS))
    return Planted(
        Visits(bad, customer, facts, names), outcome, past, float((_share(shaken) - _share(calm))[bad].mean())
    )


def _share(log_odds: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-log_odds))


def measure(sizes: Sizes, folder: Path) -> list[Row]:
    """Measure in turns; raises RuntimeError where a planted effect is missed by far."""
    each = max(int(sizes.events * VISITS_PER_EVENT), FEWEST_VISITS) // TOUCHPOINTS
    given = folder / "effects.npz"
    hand_over(given, [plant(number, each) for number in range(PEER_TOUCHPOINTS)])
    works: dict[str, Work] = {
        "ours": partial(in_child, estimate_all, each),
        "checks": partial(in_child, check_all, each),
        "doubleml": partial(measure_peer, "doubleml", given, "effects"),
    }
    found = in_turns(sizes.rounds, works)
    given.unlink()
    wrong = [number for number, z in found["ours"].found.items() if abs(z) > 4]
    if wrong:
        raise RuntimeError(f"Effects of touchpoints {wrong} are more than four standard errors from what was planted.")
    return _rows(each, found, sizes.store_as_asked)


def _rows(each: int, found: dict[str, Measured], as_asked: bool) -> list[Row]:
    of = f"{TOUCHPOINTS} touchpoints, {each * TOUCHPOINTS:,} visits"
    ours, checks, peer = found["ours"], found["checks"], found.get("doubleml")
    estimating, checking = ours.seconds["estimates"], checks.seconds["checks"]
    return [
        Row(
            f"effects of bad visits and their negative controls: {of}",
            estimating,
            ours.peak_bytes,
            f"≤ {BAR_ESTIMATES} s",
            estimating <= BAR_ESTIMATES if as_asked else None,
            f"DoubleML's IRM (ATTE) with a plain logit: {PEER_TOUCHPOINTS} touchpoints, scaled" if peer else "",
            peer.seconds["effects"] * TOUCHPOINTS / PEER_TOUCHPOINTS if peer else None,
        ),
        Row(
            f"the same with every check of every one: {of}",
            checking,
            checks.peak_bytes,
            f"≤ {BAR_CHECKS} s",
            checking <= BAR_CHECKS if as_asked else None,
        ),
    ]


def hand_over(given: Path, touchpoints: Sequence[Planted]) -> None:
    """Write touchpoints for the peer, with our folds."""
    arrays: dict[str, np.ndarray] = {}
    for number, planted in enumerate(touchpoints):
        visits = planted.visits
        of = {
            "facts": visits.covariates,
            "bad": visits.bad,
            "outcome": planted.outcome,
            "past": planted.past,
            "fold": folds_of(visits.customer, SEED),
        }
        arrays |= {f"{name} {number}": values for name, values in of.items()}
    np.savez(given, allow_pickle=False, **arrays)


def estimate_all(each: int) -> tuple[Clock, dict[int, float]]:
    """Estimate every touchpoint with its control; says how many standard errors each is from what was planted."""
    return _for_all("estimates", each, estimated)


def check_all(each: int) -> tuple[Clock, dict[int, float]]:
    """Estimate every touchpoint and ask all that is asked of an estimate."""
    return _for_all("checks", each, checked)


def _for_all(name: str, each: int, work: Callable[[Planted], float]) -> tuple[Clock, dict[int, float]]:
    planted = [plant(number, each) for number in range(TOUCHPOINTS)]
    clock = Clock()
    with threadpool_limits(1), ThreadPoolExecutor(CORES) as pool, clock(name):
        found = dict(enumerate(pool.map(work, planted)))
    return clock, found


def estimated(planted: Planted) -> float:
    """The effect and its negative control, by one model of the chance of a bad visit."""
    prepared = prepare(planted.visits)
    if isinstance(prepared, CannotSay):
        raise RuntimeError(prepared.sentence)
    effect, control = visit_effect(prepared, planted.outcome), visit_effect(prepared, planted.past)
    if not (isinstance(effect, VisitEffect) and isinstance(control, VisitEffect)):
        raise RuntimeError("A planted effect could not be estimated.")
    return (effect.effect - planted.truth) / effect.error


def checked(planted: Planted) -> float:
    """The same, a second opinion, as many variants as a claim has, and how strong a hidden cause would have to be."""
    z = estimated(planted)
    for learner in (BOOSTED, *["terms"] * ASKED_AGAIN):
        prepared = prepare(planted.visits, learner)
        if isinstance(prepared, CannotSay):
            raise RuntimeError(prepared.sentence)
        again = visit_effect(prepared, planted.outcome)
    robustness(planted.visits, planted.outcome, z)
    if isinstance(again, VisitEffect):
        e_value(again)
    return z
