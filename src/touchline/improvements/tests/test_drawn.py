"""A launch that an experiment draws: the verdict is the experiment's, with both intervals, and the draw is checked first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from touchline.experiments.tests.conftest import checkout, make_shop, met, ordered
from touchline.improvements import facade
from touchline.improvements.facade import Asked, Improvement, ImprovementError, TargetMetric

EXPERIMENT = "reassurance-at-checkout"
PROPOSED = Improvement(
    0, "Reassure at checkout", touchpoint_id="checkout", target=TargetMetric("purchase", "checkout", "Checkout")
)
STARTED = date(2026, 3, 1)


def customers(arms):
    """Five weeks of visits before, then each arm's customers, so many of whom order within a week; data until day 40."""
    calls = [checkout(f"before{day}", -day) for day in range(1, 36)]
    for arm, (people, buyers) in arms.items():
        for number in range(people):
            who, day = f"{arm}{number}", 0.5 + number % 14
            calls += [checkout(who, day), met(who, day + 0.01, arm)]
            if number < buyers:
                calls.append(ordered(who, day + 1, f"{arm}-{number}", 50.0))
    return [*calls, checkout("last", 40)]


@pytest.fixture
def launched(tmp_path):
    opened = []

    def make(arms):
        workspace = make_shop(tmp_path, customers(arms))
        opened.append(workspace)
        made = facade.make_case(workspace, PROPOSED)
        launch = facade.launch(workspace, made.number, Asked("share", STARTED, experiment=EXPERIMENT), today=STARTED)
        return workspace, launch

    yield make
    for workspace in opened:
        workspace.close()


def test_what_the_experiment_caused_is_the_verdict(launched):
    # 60 of 200 and 100 of 200 order within a week: +20 points.
    workspace, launch = launched({"control": (200, 60), "reassurance": (200, 100)})
    verdict = facade.verdict(workspace, 1)

    assert (launch.plan.name, launch.share) == ("A/B test", 0.5)
    assert launch.plan.target == "Share of customers with an order within 7 days"
    assert verdict.outcome == "works"
    assert verdict.effect == pytest.approx(0.20)
    assert verdict.any_time_low < verdict.low < 0.20 < verdict.high < verdict.any_time_high
    assert (verdict.grade.letter, verdict.grade.wording) == ("A", "caused")
    assert verdict.n == 400
    assert verdict.checks[0].passed


def test_arms_that_were_not_drawn_as_planned_hide_the_result(launched):
    workspace, _ = launched({"control": (200, 60), "reassurance": (100, 80)})
    verdict = facade.verdict(workspace, 1)

    assert (verdict.outcome, verdict.effect, verdict.realised) == ("cannot say", None, None)
    assert verdict.checks[0].passed is False


def test_without_an_experiment_that_runs_nobody_is_drawn(tmp_path, launched):
    workspace, _ = launched({"control": (10, 3), "reassurance": (10, 5)})
    other = facade.make_case(workspace, replace(PROPOSED, title="Another"))

    for asked, said in (
        (Asked("flag", STARTED, experiment="nothing"), "There is no experiment “nothing”"),
        (Asked("share", date(2026, 2, 1), experiment=EXPERIMENT), "began on 1 March 2026, after that day"),
    ):
        with pytest.raises(ImprovementError, match=said):
            facade.launch(workspace, other.number, asked)
