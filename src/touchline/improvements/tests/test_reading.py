from dataclasses import replace
from datetime import date, datetime, timedelta
from hashlib import sha256

import numpy as np
import pytest

from touchline.improvements.rules.launch import Launch, Wave
from touchline.improvements.rules.plan import BEFORE_AFTER, ROLL_OUT, SERIES, MeasurementPlan, plan_digest
from touchline.improvements.rules.reading import OtherLaunch, ReadFacts, outcomes, read_roll_out
from touchline.improvements.rules.target import TargetMetric
from touchline.improvements.rules.weekly import WeeklyCounts

DAY = date(2026, 6, 1)
SCORE = TargetMetric("experience", "payment", "Payment")
NOW = datetime(2026, 9, 1)  # noqa: DTZ001 - the store's times are naive UTC
GROUPS = tuple("ABCDEFGHIJKL")


def launched(scope="groups", groups=GROUPS[:6], rung=ROLL_OUT, fixed=date(2026, 5, 30), waves=None, weeks=8):
    plan = MeasurementPlan(
        rung, "Experience", "points", 20.0, 5.0, None, weeks, "Rule.", "Lost.", (), DAY + timedelta(weeks=weeks)
    )
    waves = waves or (Wave(DAY, groups if scope == "groups" else ()),)
    return Launch(scope, waves, plan, plan_digest(plan, DAY, scope), fixed, "region" if scope == "groups" else "")


def panel(groups=GROUPS, before=26, after=8, lift=None, trend=0.0, n=50):
    """Levels of 20 that stray by up to four points, and a lift from week 0 on."""
    lift = lift or {}
    weeks = range(-before, after)
    level = np.array(
        [
            [
                20 + 8 * (sha256(f"{group}{week}".encode()).digest()[0] / 255 - 0.5) + trend * week
                + (lift.get(group, 0.0) if week >= 0 else 0.0)
                for week in weeks
            ]
            for group in groups
        ]
    )  # fmt: skip
    number = np.full(level.shape, float(n))
    return WeeklyCounts(DAY, -before, tuple(groups), number, number * level)


def read(counts, launch=None, until=date(2026, 8, 20), others=(), unmoved=None):
    launch = launch or launched()
    end = datetime.combine(until, datetime.min.time())
    return read_roll_out(ReadFacts(1, SCORE, launch, counts, end, NOW, unmoved, others))


def test_a_lift_in_half_of_the_regions_is_found_with_grade_b():
    verdict = read(panel(lift=dict.fromkeys(GROUPS[:6], 10.0)))

    assert verdict.outcome == "works"
    assert verdict.low < 10 < verdict.high
    assert verdict.grade.letter == "B"
    assert verdict.sentence.endswith("The change very likely caused it.")
    assert len(verdict.weeks) == 34
    assert verdict.weeks[-1].with_change > verdict.weeks[-1].without


def test_no_lift_is_no_effect_shown():
    verdict = read(panel())

    assert verdict.outcome == "not shown"
    assert "which holds zero" in verdict.sentence
    assert "A change of 5.0 points or more would have been found" in verdict.sentence


def test_a_fall_does_harm():
    assert read(panel(lift=dict.fromkeys(GROUPS[:6], -10.0))).outcome == "harms"


def test_one_region_is_compared_with_a_double_made_of_the_others():
    verdict = read(panel(lift={"A": 15.0}), launched(groups=("A",)))

    assert verdict.method == "Synthetic difference-in-differences"
    assert verdict.outcome == "works"


def test_several_waves_are_read_start_by_start():
    waves = (Wave(DAY, GROUPS[:3]), Wave(DAY + timedelta(weeks=3), GROUPS[3:6]))
    verdict = read(panel(lift=dict.fromkeys(GROUPS[:3], 12.0)), launched(waves=waves))

    assert verdict.method.startswith("Staggered")


def test_everyone_at_once_is_a_series_that_needs_an_unmoved_control_for_grade_b():
    lifted = panel(("",), before=40, lift={"": 15.0})
    alone = read(lifted, launched("everyone", rung=SERIES))
    beside = read(lifted, launched("everyone", rung=SERIES), unmoved=panel(("other",), before=40))

    assert alone.outcome == "works"
    assert alone.grade.letter == "D"
    assert "a figure that must not move" in alone.sentence
    assert beside.grade.letter == "B"


def test_before_and_after_alone_is_never_above_grade_d():
    verdict = read(panel(("",), before=8, lift={"": 30.0}), launched("everyone", rung=BEFORE_AFTER))

    assert verdict.outcome == "works"
    assert verdict.grade.letter == "D"
    assert "That is a lead, not a cause." in verdict.sentence


def test_a_plan_fixed_after_the_launch_takes_the_grade_to_d():
    verdict = read(panel(lift=dict.fromkeys(GROUPS[:6], 10.0)), launched(fixed=date(2026, 6, 20)))

    assert verdict.grade.letter == "D"
    assert "19 days after the launch" in verdict.checks[-1].sentence


def test_a_plan_changed_afterwards_reads_nothing():
    launch = launched()
    changed = replace(launch, plan=replace(launch.plan, decision_rule="Always keep it."))

    verdict = read(panel(), changed)

    assert (verdict.outcome, verdict.is_read) == ("cannot say", False)
    assert "its digest differs" in verdict.sentence


@pytest.mark.parametrize(
    ("until", "after", "said"),
    [
        (date(2026, 5, 20), 0, "There are no data after the launch on 1 June 2026: they end on 20 May 2026."),
        (date(2026, 7, 1), 4, "4 of 8 weeks after the launch are in."),
    ],
)
def test_too_early(until, after, said):
    verdict = read(panel(after=after), until=until)

    assert verdict.outcome == "too early"
    assert verdict.sentence.startswith(said)


def test_a_launch_at_the_same_touchpoint_before_the_reading_cannot_be_told_apart():
    verdict = read(panel(), others=(OtherLaunch(4, "New form", date(2026, 6, 20)),))

    assert verdict.outcome == "cannot say"
    assert "improvement 4, “New form”, on 20 June 2026" in verdict.sentence


def test_weeks_before_an_earlier_launch_are_left_out():
    verdict = read(panel(), others=(OtherLaunch(4, "New form", DAY - timedelta(weeks=10)),))

    assert len(verdict.weeks) == 18


def test_too_few_weeks_before_and_too_few_regions_are_sentences():
    short = read(panel(before=2))
    few = read(panel(GROUPS[:1]), launched(groups=GROUPS[:1]))

    assert short.outcome == "cannot say"
    assert "2 periods before the start" in short.sentence
    assert "1 value of “region” was counted in every week, 1 of them with the change" in few.sentence


def test_weeks_of_few_answers_are_not_shown():
    verdict = read(panel(n=1, lift=dict.fromkeys(GROUPS[:6], 10.0)))

    assert {each.with_change for each in verdict.weeks} == {None}


def test_a_check_that_failed_outweighs_one_that_passed():
    from touchline.formulas.check import Check

    found = outcomes([Check("placebo-date", True, ""), Check("permutation", False, ""), Check("pre-trend", None, "")])

    assert found == {"placebo": "failed", "before the launch": "not done"}


def purchases_of_others(a_week: float) -> WeeklyCounts:
    """Of 200 visits a week by customers who never came, so many with a purchase, give or take two."""
    weeks = range(-40, 8)
    bought = np.array([[a_week + 4 * (sha256(f"other{week}".encode()).digest()[0] / 255 - 0.5) for week in weeks]])
    return WeeklyCounts(DAY, -40, ("",), np.full(bought.shape, 200.0), bought)


def test_purchases_stand_beside_those_of_customers_who_never_came():
    bought = TargetMetric("purchase", "delivery", "Delivery")
    share = panel(("",), before=40, lift={"": 20.0}, n=1)
    counts = replace(share, n=share.n * 500, total=share.total / 100 * 500)
    launch = launched("everyone", rung=SERIES)
    end = datetime(2026, 8, 20)  # noqa: DTZ001
    facts = ReadFacts(1, bought, launch, counts, end, NOW, purchases_of_others(40))

    many, few = read_roll_out(facts), read_roll_out(replace(facts, unmoved=purchases_of_others(3)))

    assert (many.outcome, many.grade.letter) == ("works", "B")
    beside = next(each for each in many.checks if each.name == "control-series")
    assert beside.sentence.startswith("How often customers buy who never came to Delivery stayed as it was")
    assert (few.outcome, few.grade.letter) == ("works", "D")
    told = next(each for each in few.checks if each.name == "control-series")
    assert (told.passed, "purchases a week, and at least 10" in told.sentence) == (None, True)
