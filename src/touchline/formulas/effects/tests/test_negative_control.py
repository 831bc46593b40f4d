from __future__ import annotations

import numpy as np
from scipy.special import expit

from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.effects.learners import PLAIN
from touchline.formulas.effects.negative_control import NegativeControl, negative_control
from touchline.formulas.effects.visit_effect import Prepared, VisitEffect, prepare, visit_effect
from touchline.formulas.effects.visits import Visits


def what_past_and_future_say(seed: int, is_hidden: bool) -> tuple[VisitEffect, NegativeControl]:
    """Visits whose bad experience changes nothing, by customers whose loyalty is known, or hidden."""
    chance = np.random.default_rng(seed)
    loyalty = chance.normal(size=4000)
    bad = chance.random(4000) < expit(-1 - 0.8 * loyalty)
    before, after = (chance.random(4000) < expit(0.8 * loyalty) for _ in range(2))
    known = chance.normal(size=4000) if is_hidden else loyalty
    prepared = prepare(Visits(bad, np.arange(4000), known[:, None], ("loyalty",)), PLAIN)
    assert isinstance(prepared, Prepared)
    of_future, of_past = visit_effect(prepared, after), negative_control(visit_effect(prepared, before))
    assert isinstance(of_future, VisitEffect)
    assert isinstance(of_past, NegativeControl)
    return of_future, of_past


def test_a_hidden_cause_makes_an_effect_out_of_nothing_and_its_past_gives_it_away() -> None:
    effect, control = what_past_and_future_say(1, is_hidden=True)

    assert effect.high < -0.05
    assert control.z < -2.6
    assert not control.passes


def test_the_same_cause_known_leaves_nothing_in_past_or_future() -> None:
    effect, control = what_past_and_future_say(1, is_hidden=False)

    assert effect.low < 0 < effect.high
    assert control.passes


def test_beyond_two_point_six_errors_is_a_veto() -> None:
    assert NegativeControl(0.026, 0.01).passes
    assert not NegativeControl(-0.0261, 0.01).passes


def test_no_effect_on_the_past_is_no_control() -> None:
    missing = CannotSay("outcome-constant", "Nobody bought before.")

    assert negative_control(missing) is missing
