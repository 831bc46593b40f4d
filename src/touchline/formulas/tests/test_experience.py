from dataclasses import replace

import numpy as np
import pytest

from touchline.formulas.experience import (
    Answers,
    by_stage,
    experience,
    experience_scores,
    journey_mean,
    pooled_variance,
)


def answers(id_, group, values):
    return Answers(id_, group, len(values), float(sum(values)), float(sum(value * value for value in values)))


CART = answers("cart", "purchase", [20, 40, 60, 40, 40, 20, 60, 40])
CHECKOUT = answers("checkout", "purchase", [-60, -20, -40, -40, -60, -20, -40, -40])
HELP = answers("help", "service", [100, -100, 0, 0])
SEARCH = answers("search", "awareness", [])


@pytest.mark.parametrize(
    ("score", "low", "high", "expected"),
    [(0, 0, 10, -100), (10, 0, 10, 100), (3, 1, 5, 0), (4, 1, 5, 50), (6, 1, 7, 66.67)],
)
def test_every_scale_ends_at_minus_and_plus_a_hundred(score, low, high, expected):
    assert experience(score, low, high) == pytest.approx(expected, abs=0.01)


def test_the_zero_of_the_line_is_the_mean_of_all_answers():
    assert journey_mean([CART, CHECKOUT, HELP, SEARCH]) == pytest.approx((320 - 320 + 0) / 20)
    assert journey_mean([HELP]) is None


def test_good_and_bad_touchpoints_are_solid_and_labelled_and_thin_ones_are_broken():
    scores = experience_scores([CART, CHECKOUT, HELP, SEARCH])

    assert (scores["cart"].drawn, scores["cart"].label) == ("solid", "high")
    assert (scores["checkout"].drawn, scores["checkout"].label) == ("solid", "low")
    assert scores["cart"].raw_mean == 40
    assert 0 < scores["cart"].absolute < 40
    assert scores["cart"].low < scores["cart"].difference < scores["cart"].high
    for thin in ("help", "search"):
        assert scores[thin].drawn == "broken"
        assert scores[thin].difference is scores[thin].low is scores[thin].raw_mean is None
        assert scores[thin].label == ""
    assert (scores["help"].n, scores["search"].n) == (4, 0)


def test_a_small_difference_gets_no_label_however_sure_it_is():
    spread = {"n": 100_000, "squares": 100_000 * 500.0}
    near = Answers("near", "one", total=100_000 * 2.0, **spread)
    also_near = Answers("also near", "one", total=100_000 * -2.0, **spread)

    scores = experience_scores([near, also_near])

    assert scores["near"].low > 0
    assert scores["near"].label == ""


def test_touchpoints_that_do_not_differ_are_mostly_stage_and_hollow():
    values = [-80, -40, 0, 40, 80]
    scores = experience_scores([answers(str(i), "stage", [value + i for value in values]) for i in range(4)])

    assert {score.drawn for score in scores.values()} == {"hollow"}
    assert {score.label for score in scores.values()} == {""}
    assert scores["0"].prior_weight == 1.0


def test_identical_answers_are_not_taken_for_certainty():
    one = answers("one", "stage", [100] * 5)

    assert pooled_variance([one]) == pytest.approx(400 / 12)
    assert experience_scores([one])["one"].sd == pytest.approx((400 / 12 / 5) ** 0.5)


def test_stages_add_up_their_touchpoints_and_lean_on_the_journey():
    stages = by_stage([CART, CHECKOUT, HELP, SEARCH])

    assert [(stage.id, stage.group, stage.n, stage.total) for stage in stages] == [
        ("purchase", "journey", 16, 0.0),
        ("service", "journey", 4, 0.0),
        ("awareness", "journey", 0, 0.0),
    ]


def test_a_change_is_shown_with_whether_it_is_noise():
    worse = answers("cart", "purchase", [-40, -60, -20, -40, -40, -20, -60, -40])

    scores = experience_scores([worse, CHECKOUT, HELP], before=[CART, CHECKOUT, HELP])

    assert scores["cart"].change == pytest.approx(-80)
    assert not scores["cart"].change_is_noise
    assert scores["checkout"].change_is_noise
    assert scores["help"].change is None
    assert scores["help"].change_is_noise
    assert experience_scores([CART])["cart"].change is None


def test_a_touchpoint_does_not_change_because_its_stage_did():
    before = [answers("cart", "purchase", [50, 60, 40] * 20), answers("payment", "purchase", [0, 10, 20, 30, 40, 50])]
    after = [answers("cart", "purchase", [-50, -60, -40] * 20), answers("payment", "purchase", [5, 15, 25, 35, 45, 55])]

    scores = experience_scores(after, before)

    assert scores["payment"].change == pytest.approx(5)
    assert scores["payment"].change_is_noise
    assert not scores["cart"].change_is_noise


def test_bands_cover_and_labels_stay_true_in_a_planted_world():
    random = np.random.default_rng(11)
    covered, total, wrong_labels = 0, 0, 0
    for _ in range(40):
        given, truth = [], {}
        for stage in range(5):
            centre = random.normal(0, 25)
            for touchpoint in range(6):
                id_ = f"{stage}.{touchpoint}"
                truth[id_] = random.normal(centre, 15)
                given.append(answers(id_, str(stage), random.normal(truth[id_], 45, size=random.integers(5, 80))))
        zero = journey_mean(given)
        for id_, score in experience_scores(given).items():
            covered += score.low <= truth[id_] - zero <= score.high
            total += 1
            wrong_labels += score.label == "high" and truth[id_] < zero
            wrong_labels += score.label == "low" and truth[id_] > zero

    assert 0.76 <= covered / total <= 0.84
    assert wrong_labels / total < 0.01


def test_a_touchpoint_given_twice_over_is_more_certain():
    once = experience_scores([CART, CHECKOUT])["cart"]
    twice = experience_scores(
        [replace(one, n=one.n * 2, total=one.total * 2, squares=one.squares * 2) for one in (CART, CHECKOUT)]
    )["cart"]

    assert twice.sd < once.sd
    assert twice.prior_weight < once.prior_weight
