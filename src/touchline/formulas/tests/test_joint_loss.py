from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from touchline.formulas import joint_loss as module
from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.joint_loss import Cycles, joint_loss, joint_model

ONE = np.ones(4000)


def logistic(log_odds):
    return 1 / (1 + np.exp(-log_odds))


def planted(seed: int = 1, n: int = 12_000) -> tuple[Cycles, float]:
    """Three pains, the second harmless; the first two mostly strike the same customers. Outcomes lost by 1 and 3."""
    random = np.random.default_rng(seed)
    loyal = random.normal(size=n)
    late = random.random(n) < 0.15
    rude = np.where(late, random.random(n) < 0.7, random.random(n) < 0.05)
    failed = random.random(n) < np.where(loyal < 0, 0.2, 0.05)
    log_odds = -0.3 + 0.8 * loyal - 1.2 * late - 0.9 * failed
    without = logistic(log_odds + 1.2 * late + 0.9 * failed)
    cycles = Cycles(
        ("late", "rude", "failed"),
        np.column_stack([late, rude, failed]),
        loyal[:, None],
        random.random(n) < logistic(log_odds),
        random.integers(0, n // 2, n),
    )
    return cycles, float((without - logistic(log_odds)).sum())


def test_the_planted_loss_is_found_and_the_pain_that_only_comes_along_costs_nothing():
    cycles, lost = planted()

    found = joint_loss(joint_model(cycles), ("late", "rude", "failed"), 30 * ONE, months=6)

    assert found.total.median == pytest.approx(30 * lost / 6, rel=0.1)
    assert found.pains["rude"].part.low < 0 < found.pains["rude"].part.high
    alone = cycles.outcome[~cycles.had[:, 1]].mean() - cycles.outcome[cycles.had[:, 1]].mean()
    assert alone > 0.1  # what a table of complaints would have charged to it


def test_parts_come_to_the_total_in_every_draw():
    found = joint_loss(joint_model(planted()[0]), ("late", "failed"), 30 * ONE, months=1)

    parts = found.pains["late"].part.draws + found.pains["failed"].part.draws
    assert np.allclose(parts, found.total.draws)


def test_marginal_and_stand_alone_are_the_two_ends_of_the_order_of_fixing():
    # Fixing late first and failed second gives back what fixing both does, whichever comes first.
    found = joint_loss(joint_model(planted()[0]), ("late", "failed"), ONE, months=1)
    late, failed = found.pains["late"], found.pains["failed"]

    for first, second in ((late, failed), (failed, late)):
        assert np.allclose(first.stand_alone.draws + second.marginal.draws, found.total.draws)
        low, high = sorted((first.stand_alone.median, first.marginal.median))
        assert low <= first.part.median <= high


def test_only_the_counted_pains_are_taken_away():
    model = joint_model(planted()[0])

    alone = joint_loss(model, ("late",), ONE, months=1)
    both = joint_loss(model, ("late", "failed"), ONE, months=1)

    assert np.allclose(alone.total.draws, both.pains["late"].stand_alone.draws)


def test_the_expansion_moves_as_the_model_does():
    model = joint_model(planted(n=3000)[0])

    for part in (lambda each: module._regained(each, [0, 2]), lambda each: module._parts(each, [0, 1])[0]):
        for at in range(model.weights.size):
            moved = [model.weights + step * np.eye(model.weights.size)[at] for step in (-1e-5, 1e-5)]
            down, up = (part(replace(model, weights=weights)).outcomes for weights in moved)
            assert part(model).slope[at] == pytest.approx((up - down) / 2e-5, rel=1e-4, abs=1e-3)


@pytest.mark.verify
def test_eighty_percent_intervals_of_the_total_cover_the_planted_loss():
    covered = []
    for seed in range(400):
        cycles, lost = planted(seed, 3000)
        total = joint_loss(joint_model(cycles), ("late", "failed"), ONE, months=1).total
        covered.append(total.low < lost < total.high)

    assert 0.74 < np.mean(covered) < 0.86


def test_what_is_missing_is_said_in_words():
    cycles, _ = planted(n=200)
    model = joint_model(cycles)

    assert joint_model(replace(cycles, outcome=np.ones(200, bool))) == CannotSay(
        "too-few-outcomes",
        "Of 200 cycles 200 ended as wanted and 0 did not; the joint model needs at least 30 of each.",
    )
    assert joint_model(replace(cycles, customer=np.zeros(200, int))) == CannotSay(
        "too-few-customers",
        "All cycles are of fewer than 30 customers, so nothing can be said about customers.",
    )
    assert joint_model(replace(cycles, pains=())) == CannotSay(
        "no-pain", "There is no pain to put into the joint model."
    )
    assert joint_loss(model, (), ONE, 1) == CannotSay(
        "no-firm-pain",
        "No pain has evidence that allows money, so there is nothing to add up.",
    )
    assert joint_loss(model, ("late",), CannotSay("no-orders", "No orders."), 1) == CannotSay("no-orders", "No orders.")
    assert joint_loss(CannotSay("few", "Too few."), ("late",), ONE, 1) == CannotSay("few", "Too few.")


def test_there_is_no_sum_of_stand_alone_amounts():
    found = joint_loss(joint_model(planted()[0]), ("late", "rude", "failed"), ONE, months=1)

    alone = sum(each.stand_alone.median for each in found.pains.values())
    shown = [found.total.median, *(each.part.median for each in found.pains.values())]
    assert all(abs(alone - one) > 1 for one in shown)
    assert [name for name in dir(found) if "sum" in name] == []
    assert all(one >= other for one, other in pairwise(sorted(shown, reverse=True)))
