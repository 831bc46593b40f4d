from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256

import numpy as np
import pytest

from touchline.formulas.cannot_say import CannotSay
from touchline.improvements.rules.plan import BEFORE_AFTER, EXPERIMENT, ROLL_OUT, SERIES, SYNTHETIC, plan_digest
from touchline.improvements.rules.planning import PlanFacts, plan_of
from touchline.improvements.rules.target import TargetMetric
from touchline.improvements.rules.weekly import WeeklyCounts

BAD = TargetMetric("bad-visits", "payment", "Payment", "payment~errors")


def counts(groups=("",), weeks=30, n=100, level=0.2):
    """A share that strays by up to two points, by a digest."""
    stray = [[sha256(f"{group}{week}".encode()).digest()[0] / 255 for week in range(weeks)] for group in groups]
    number = np.full((len(groups), weeks), float(n))
    return WeeklyCounts(
        date(2026, 6, 1), -weeks, tuple(groups), number, number * (level + 0.04 * (np.array(stray) - 0.5))
    )


def facts(groups=0, web_share=1.0, weeks=30, expected=None, n=100):
    names = tuple(f"r{each}" for each in range(groups))
    places = {"region": counts(names, weeks, n)} if groups else {}
    return PlanFacts(BAD, counts(weeks=weeks, n=n), places, web_share, expected)


def offers(plan):
    return {each.rung: each.is_available for each in plan.offers}


def test_on_the_web_an_experiment_is_the_best_rung():
    plan = plan_of(facts(groups=12))

    assert plan.rung == EXPERIMENT
    assert offers(plan) == {EXPERIMENT: True, ROLL_OUT: True, SYNTHETIC: True, SERIES: True, BEFORE_AFTER: True}


def test_in_shops_regions_are_helped_first():
    plan = plan_of(facts(groups=12, web_share=0.1))

    assert plan.rung == ROLL_OUT
    assert "10% of these visits are on the web" in plan.offers[0].why


def test_without_regions_a_series_is_left_and_with_few_weeks_only_before_and_after():
    assert plan_of(facts(web_share=0.0)).rung == SERIES
    assert plan_of(facts(web_share=0.0, weeks=6)).rung == BEFORE_AFTER


def test_a_smaller_change_takes_more_weeks_to_see():
    large, small = (plan_of(facts(expected=-effect)) for effect in (0.15, 0.045))

    assert large.weeks < small.weeks
    assert large.can_see_what_is_expected
    assert small.can_see_what_is_expected


def test_a_change_that_nothing_would_see_is_said_to_be_too_small():
    plan = plan_of(facts(web_share=1.0, expected=-0.001, n=8))

    assert plan.can_see_what_is_expected is False


def test_the_plan_says_what_holding_nobody_back_costs():
    sentence = plan_of(facts(groups=12)).certainty_lost

    assert sentence.startswith("Launching for everyone at once leaves “Interrupted series” that sees changes from")
    assert "“A/B test” can earn grade A" in sentence
    assert "Nobody can be held back" in plan_of(facts(web_share=0.0)).certainty_lost


def test_fewer_bad_visits_are_what_the_rule_asks_for():
    rule = plan_of(facts()).decision_rule

    assert "lies wholly below zero; take it back if it lies wholly above zero" in rule


def test_without_data_there_is_a_sentence_and_no_plan():
    empty = replace(facts(), counts=counts(weeks=0))

    found = plan_of(empty)

    assert isinstance(found, CannotSay)
    assert "was counted 0 times" in found.sentence


@pytest.mark.parametrize("part", ["decision_rule", "weeks", "target", "read_on"])
def test_whatever_of_a_plan_is_changed_changes_its_digest(part):
    plan = plan_of(facts())
    day = date(2026, 6, 1)
    other = {"decision_rule": "Keep it.", "weeks": 99, "target": "Something else", "read_on": day + timedelta(1)}[part]

    assert plan_digest(plan, day, "everyone") == plan_digest(plan, day, "everyone")
    assert plan_digest(replace(plan, **{part: other}), day, "everyone") != plan_digest(plan, day, "everyone")
    assert plan_digest(plan, day, "groups") != plan_digest(plan, day, "everyone")
