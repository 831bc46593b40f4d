"""What a higher score is worth where the target is the score: a lead that leans on moments of truth, or a sentence."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import numpy as np
import pytest

from touchline.engine.workspace import Settings, create_workspace
from touchline.formulas.cannot_say import CannotSay
from touchline.improvements.facade import Improvement, TargetMetric
from touchline.improvements.questions.worths import worth_of
from touchline.improvements.rules.launch import Launch, Wave
from touchline.improvements.rules.plan import ROLL_OUT, MeasurementPlan
from touchline.improvements.rules.reading import ReadFacts
from touchline.improvements.rules.verdict import Verdict
from touchline.improvements.rules.weekly import WeeklyCounts
from touchline.improvements.writing import realised_words
from touchline.journeys.facade import DEFAULT_JOURNEY_TOML
from touchline.pains.actions.keeping import keep_run
from touchline.pains.rules.kept import Run
from touchline.pains.rules.pain import MomentOfTruth
from touchline.value.facade import value_of_kept_customer
from touchline.value.tests.shops import bring_in, orders_of_a_shop

DAY = date(2026, 6, 1)
NOW = datetime(2026, 9, 1)  # noqa: DTZ001 - the store's times are naive UTC
SCORE = TargetMetric("experience", "payment", "Payment")
MOMENT = MomentOfTruth("payment", "Payment", 0.002, 0.001, 0.003, 40.0, 600, 0.9, True, "hygiene")


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    """A shop whose orders are worth something; nothing is known about scores yet."""
    folder = tmp_path_factory.mktemp("scores")
    workspace = create_workspace(folder / "shop", Settings("Fernhill Outdoor"), DEFAULT_JOURNEY_TOML)
    bring_in(workspace, folder, orders_of_a_shop())
    yield workspace
    workspace.close()


def facts() -> ReadFacts:
    """Two regions with ten answers a week each, one of which had the change for four weeks."""
    plan = MeasurementPlan(
        ROLL_OUT, "Score", "points", 20.0, 5.0, None, 4, "Rule.", "Lost.", (), DAY + timedelta(weeks=4)
    )
    launch = Launch("groups", (Wave(DAY, ("A",)),), plan, "", DAY, "region")
    counted = np.full((2, 8), 10.0)
    return ReadFacts(1, SCORE, launch, WeeklyCounts(DAY, -4, ("A", "B"), counted, 20 * counted), NOW, NOW)


def test_points_are_worth_what_goes_along_with_them_as_a_lead(shop):
    unknown = worth_of(shop, Improvement(1, "Say why"), facts())
    run = Run((), "", (), {}, "", (MOMENT,), "", "All visits", 0, 0, 0, 0, 90, NOW, NOW)
    keep_run(shop, "", "any", run)

    found = worth_of(shop, Improvement(1, "Say why"), facts())

    assert isinstance(unknown, CannotSay)
    assert unknown.sentence.startswith(
        "Points of experience are no money: how buying goes along with the score of Payment"
    )
    assert not isinstance(found, CannotSay)
    assert found.is_lead
    assert found.times_a_month == 300  # half of the 600 customers a month had the change
    kept = value_of_kept_customer(shop)
    assert np.median(found.draws) == pytest.approx(0.002 * kept.amount.median, rel=0.03)
    assert np.mean(found.draws < 0) < 0.01
    assert "+0.2 percentage points, 95% interval +0.1 to +0.3 percentage points" in found.rests_on


def test_an_amount_that_leans_on_an_association_is_a_range_only():
    from touchline.formulas.evidence_grade import graded
    from touchline.formulas.money_at_stake import amount_of

    grade = graded(
        "differences", {"before the launch": "passed", "placebo": "passed", "fixed in advance": "passed"}
    ).grade
    amount = amount_of(np.linspace(900.0, 1100.0, 4001))
    firm = Verdict(1, "works", "It works.", NOW, grade=grade, realised=amount, currency="EUR")
    lead = Verdict(1, "works", "It works.", NOW, grade=grade, realised=amount, currency="EUR", money_is_lead=True)

    assert grade.letter == "B"
    assert (firm.money_may_be_summed, lead.money_may_be_summed) == (True, False)
    assert realised_words(firm) == "€1k, between €920 and €1.1k"
    assert realised_words(lead) == "a range only, between €920 and €1.1k"
