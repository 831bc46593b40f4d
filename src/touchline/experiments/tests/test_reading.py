"""What an experiment says, from customers counted by hand to a few hundred drawn ones."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest

from touchline.experiments.facade import (
    ExperimentError,
    Plan,
    create_experiment,
    experiment_reading,
    experiment_rows,
    experiments,
    plan_power,
    remove_experiment,
    start_experiment,
    stop_experiment,
)
from touchline.experiments.questions.outcomes import Period, customers_in_strange_arms, outcomes_since_exposure
from touchline.experiments.tests.conftest import PLAN, STARTED, answered, call, checkout, make_shop, met, ordered
from touchline.formulas.cannot_say import CannotSay
from touchline.journeys.facade import refresh

NAME = "reassurance-at-checkout"
ARMS = ["control", "reassurance"]
CALLS = [
    # before the start: nobody is in it yet
    met("early", -1, "control"),
    # a buys before (in the 28 days), meets the control, buys twice within 7 days and once after; A2 is told twice
    ordered("a", -20, "A0", 30),
    ordered("a", -29, "A00", 99),
    met("a", 1, "control"),
    met("a", 2, "control"),
    ordered("a", 2, "A1", 10),
    ordered("a", 8, "A2", 20),
    ordered("a", 8.001, "A2", 20),
    ordered("a", 8.5, "A3", 40),
    # b meets the change, buys in another currency, answers twice
    met("b", 1, "reassurance"),
    ordered("b", 3, "B1", 70, "USD"),
    answered("b", 2, 5),
    answered("b", 3, 1),
    answered("b", 0.5, 1),
    # c meets the control first, then the change: the first arm stays
    met("c", 2, "control"),
    met("c", 3, "reassurance"),
    # d is said to have met an arm that there is not
    met("d", 2, "surprise"),
    # e met another experiment
    met("e", 2, "control", experiment="other"),
    # f met it, but seven days have not passed
    met("f", 14, "reassurance"),
    ordered("f", 15, "F1", 5),
    call("z", 15, "Page Viewed"),
]


@pytest.fixture(scope="module")
def counted(tmp_path_factory):
    """A shop whose customers are counted by hand; tests only read it."""
    workspace = make_shop(tmp_path_factory.mktemp("counted"), CALLS)
    yield workspace
    workspace.close()


def outcomes_in(workspace, buckets=1, reached=None):
    refresh(workspace)
    period = Period(STARTED, STARTED + timedelta(days=60))
    return outcomes_since_exposure(workspace.store, NAME, ARMS, period, 7, reached, buckets)


def test_what_each_customer_did_since(counted):
    found = outcomes_in(counted)

    rows = list(zip(*(getattr(found, name).tolist() for name in ("arm", "crossed", "orders", "revenue")), strict=True))
    assert sorted(rows) == [
        ("control", False, 2.0, 30.0),  # a: A1 and A2; A3 came later
        ("control", True, 0.0, 0.0),  # c
        ("reassurance", False, 0.0, 0.0),  # b: dollars are not added to euros
        ("reassurance", False, 1.0, 5.0),  # f
    ]
    assert found.orders_before.sum() == 1
    assert found.revenue_before.sum() == 30.0
    assert found.answers.sum() == 2
    assert found.experience.sum() == 0.0  # +100 and −100
    assert customers_in_strange_arms(counted.store, NAME, ARMS, Period(STARTED, STARTED + timedelta(days=60))) == 1


@pytest.mark.parametrize("buckets", [2, 5])
def test_customers_fall_into_buckets_without_changing_the_answer(counted, buckets):
    whole, parts = outcomes_in(counted), outcomes_in(counted, buckets)

    assert all((getattr(whole, name) == getattr(parts, name)).all() for name in vars(whole))


def test_a_handful_of_customers_is_a_sentence(counted):
    found = experiment_reading(counted, NAME)

    assert found.end == "cannot say"
    assert found.main.fixed is None
    assert [(each.name, each.exposed, each.followed) for each in found.arms] == [
        ("control", 2, 2),
        ("reassurance", 2, 1),
    ]
    assert (found.crossed, found.strange) == (1, 1)
    assert isinstance(found.draw, CannotSay)


def drawn(customers, control_rate, change_rate, change_share=0.5, seed=1):
    """Customers of both arms, all exposed on the first day, and what they buy."""
    lots = random.Random(seed)
    for number in range(customers):
        who = f"c{number}"
        arm = "reassurance" if lots.random() < change_share else "control"
        yield checkout(who, -10 + lots.random())
        yield met(who, lots.random(), arm)
        if lots.random() < (change_rate if arm == "reassurance" else control_rate):
            yield ordered(who, 2 + lots.random(), f"O{number}", 20 + lots.randrange(30))
    yield call("z", 30, "Page Viewed")


def test_a_large_effect_is_found_and_caused(shop):
    found = experiment_reading(shop(drawn(700, 0.10, 0.35)), NAME)

    assert found.end == "rose"
    assert found.grade.grade.letter == "A"
    assert found.sentence.endswith("The change caused it.")
    assert found.main.any_time.excludes_zero
    assert found.main.fixed.low > found.main.any_time.low > 0
    assert found.is_planned_end
    assert [each.metric.kind for each in found.others] == ["revenue", "order_value", "experience"]
    assert isinstance(found.others[2].found, CannotSay)
    assert found.others[0].q >= found.others[0].fixed.p


def test_nothing_is_shown_as_nothing(shop):
    found = experiment_reading(shop(drawn(500, 0.2, 0.2)), NAME)

    assert found.end == "not shown"
    assert "holds zero" in found.sentence
    assert found.grade is None


def test_a_broken_draw_hides_every_result(shop):
    workspace = shop(drawn(500, 0.1, 0.4, change_share=0.35))

    found = experiment_reading(workspace, NAME)

    assert found.is_hidden
    assert found.end == "hidden"
    assert (found.main, found.answering, found.others, found.grade) == (None, None, (), None)
    assert "less than once in a thousand" in found.sentence
    rows = experiment_rows(workspace, NAME)
    assert [column.id for column in rows.columns] == ["customer", "arm", "met", "followed", "crossed"]


def test_nobody_and_no_data_are_sentences(shop):
    workspace = shop([checkout("a", 3)])

    assert experiment_reading(workspace, NAME).reason == "nobody-exposed"
    with workspace.store.transaction() as writer:
        writer.execute("update experiments set started = ?", [STARTED + timedelta(days=9)])
    assert experiment_reading(workspace, NAME).reason == "no-data"
    create_experiment(workspace, Plan("Another", "revenue"))
    assert experiment_reading(workspace, "another").reason == "not-started"


def test_power_says_what_a_plan_will_see(shop):
    """280 customers in four weeks, every fifth of whom orders within a day."""
    visits = [checkout(f"c{number}", number / 20) for number in range(280)]
    orders = [ordered(f"c{number}", number / 20 + 0.5, f"O{number}", 25) for number in range(0, 280, 5)]
    workspace = shop([*visits, *orders, call("z", 22, "Page Viewed")])
    plan = Plan("Later", "ordered", days=7, touchpoint="checkout", smallest_change=0.05, included_percent=50)

    found = plan_power(workspace, plan)

    assert found.baseline == pytest.approx(0.2)
    assert found.per_week == pytest.approx(280 / 4 * 0.5)
    assert found.needed.reason == "too-long"  # 1,094 an arm
    assert "2,188 customers and 63 weeks" in found.needed.sentence
    assert [each.customers for each in found.by_weeks] == [35, 70, 140, 280, 455, 910]
    assert found.by_weeks[-1].smallest == pytest.approx(0.0789, abs=5e-4)


def test_power_before_the_first_visitor_is_a_sentence(shop):
    refused = plan_power(shop([checkout("a", 3)]), PLAN)

    assert refused.reason == "too-few-visitors"


def test_what_runs_is_frozen_and_what_ran_is_kept(shop):
    workspace = shop([checkout("a", 3)])

    with pytest.raises(ExperimentError, match="started before"):
        start_experiment(workspace, NAME)
    with pytest.raises(ExperimentError, match="what was tried is kept"):
        remove_experiment(workspace, NAME)
    stopped = stop_experiment(workspace, NAME)
    assert stopped.status == "stopped"
    with pytest.raises(ExperimentError, match="is not running"):
        stop_experiment(workspace, NAME)
    with pytest.raises(ExperimentError, match="already"):
        create_experiment(workspace, PLAN)
    create_experiment(workspace, Plan("Another", "revenue"))
    remove_experiment(workspace, "another")
    assert [each.name for each in experiments(workspace)] == [NAME]


@pytest.mark.parametrize(
    ("plan", "says"),
    [
        (Plan(" ", "ordered"), "needs a title"),
        (Plan("…", "ordered"), "letters and digits"),
        (Plan("A", "clicks"), "is no metric"),
        (Plan("A", "reached"), "which step"),
        (Plan("A", "reached", metric_touchpoint="moon"), "no touchpoint “moon”"),
        (Plan("A", "ordered", days=0), "expected 1 to 90"),
        (Plan("A", "ordered", change_percent=99), "expected 5 to 95"),
        (Plan("A", "ordered", change_name="Control"), "other than control"),
        (Plan("A", "ordered", smallest_change=0), "more than 0"),
    ],
)
def test_what_cannot_be_tried_is_said(counted, plan, says):
    with pytest.raises(ExperimentError, match=says):
        create_experiment(counted, plan)


def test_the_customers_behind_it_can_be_seen(counted):
    rows = experiment_rows(counted, NAME)

    assert [column.id for column in rows.columns][:5] == ["customer", "arm", "met", "followed", "crossed"]
    by_column = {column.id: [row[at] for row in rows.rows] for at, column in enumerate(rows.columns)}
    assert sorted(
        zip(by_column["arm"], by_column["followed"], by_column["orders"], by_column["revenue"], strict=True)
    ) == [
        ("control", True, 0, 0.0),
        ("control", True, 2, 30.0),
        ("reassurance", False, 1, 5.0),
        ("reassurance", True, 0, 0.0),
    ]
    assert (rows.total, len(experiment_rows(counted, NAME, page=2, per_page=3).rows)) == (4, 1)
