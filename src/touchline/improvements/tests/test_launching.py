"""Launching and reading through the store, in the shop where a roll-out worked and in smaller ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from touchline.engine.workspace import Settings, create_workspace
from touchline.formulas.cannot_say import CannotSay
from touchline.improvements import facade
from touchline.improvements.facade import Asked, Improvement, ImprovementError, TargetMetric
from touchline.improvements.tests.conftest import FIXED, PROPOSED, TARGET
from touchline.improvements.tests.worlds import LAUNCH, REGIONS, bring, calls, helped, usual_steps
from touchline.journeys.facade import DEFAULT_JOURNEY_TOML


@pytest.fixture(scope="module")
def before(tmp_path_factory):
    """Fourteen weeks of six regions; each test makes an improvement of its own."""
    folder = tmp_path_factory.mktemp("before")
    workspace = create_workspace(folder / "workspace", Settings("Fernhill Outdoor"), DEFAULT_JOURNEY_TOML)
    bring(workspace, folder, calls(usual_steps, range(-14, 0), regions=6))
    yield workspace
    workspace.close()


def test_two_steps_of_one_point_more_are_twenty_points(rolled_out):
    verdict = facade.verdict(rolled_out, 1)

    # Two of five scores one point higher: 0.4 of 4 points of the scale, 20 of ±100.
    assert verdict.outcome == "works"
    assert verdict.low < 20 < verdict.high
    assert verdict.effect == pytest.approx(20, abs=2)
    assert verdict.grade.letter == "B"
    assert verdict.n == 33 * 12 * 5
    assert verdict.money_sentence.startswith("Points of experience are no money")


def test_the_plan_was_kept_as_it_was_fixed(rolled_out):
    launch = facade.launch_of(rolled_out, 1)

    assert (launch.fixed, launch.day) == (FIXED, LAUNCH)
    assert launch.plan.read_on == LAUNCH + timedelta(weeks=8)
    assert launch.plan.name == "Staggered roll-out"
    assert launch.words == f"region {', '.join(REGIONS[:6])} from 1 June 2026"
    assert len(launch.digest) == 64
    assert facade.improvement(rolled_out, 1).status == "launched"


def test_what_was_fixed_at_launch_cannot_be_changed(rolled_out):
    found = facade.improvement(rolled_out, 1)

    with pytest.raises(ImprovementError, match="fixed on that day and stay"):
        facade.change(rolled_out, replace(found, target=TargetMetric("purchase", "payment", "Payment")))
    with pytest.raises(ImprovementError, match="launched on 1 June 2026 already"):
        facade.launch(rolled_out, 1, Asked("everyone", LAUNCH))
    assert facade.change(rolled_out, replace(found, owner="Tom")).owner == "Tom"


def test_the_case_and_the_ledger_of_an_improvement_of_ones_own(rolled_out):
    case = facade.case(rolled_out, 1)
    ledger = facade.ledger(rolled_out)

    assert isinstance(case.loss_a_month, CannotSay)
    assert case.currency == "EUR"
    assert [row.improvement.number for row in ledger.rows] == [1]
    assert isinstance(ledger.realised_a_month, CannotSay)
    assert ledger.counted == 0


def test_each_keeps_its_number_and_what_it_says(page_workspace):
    first = facade.make_case(page_workspace, replace(PROPOSED, title="  Say   why "))
    second = facade.make_case(page_workspace, Improvement(0, "Shorter form"))

    assert (first.number, second.number) == (1, 2)
    assert facade.improvement(page_workspace, 1) == first
    assert (first.title, first.options, first.target) == ("Say why", ("Do nothing.",), TARGET)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"title": "  "}, "needs a title"),
        ({"title": "x" * 121}, "up to 120 are kept"),
        ({"removes": (0.7, 0.3)}, "the smaller share first"),
        ({"cost": -1.0}, "The cost must be a number from 0 on, found -1."),
        ({"status": "done"}, "There is no status “done”"),
    ],
)
def test_what_cannot_be_is_refused_in_words(page_workspace, changes, said):
    with pytest.raises(ImprovementError, match=said):
        facade.make_case(page_workspace, replace(PROPOSED, **changes))


def test_without_data_or_target_there_is_a_sentence_and_no_plan(page_workspace):
    own = facade.make_case(page_workspace, replace(PROPOSED, target=None))
    aimed = facade.make_case(page_workspace, PROPOSED)

    assert "no target metric yet" in facade.case(page_workspace, own.number).plan.sentence
    assert "There are no data yet" in facade.case(page_workspace, aimed.number).plan.sentence
    with pytest.raises(ImprovementError, match="no target metric, so nothing could be read"):
        facade.launch(page_workspace, own.number, Asked("everyone", LAUNCH))
    with pytest.raises(ImprovementError, match="There are no data yet"):
        facade.launch(page_workspace, aimed.number, Asked("everyone", LAUNCH))
    assert facade.verdict(page_workspace, own.number).sentence.startswith("It has no target metric")
    assert facade.verdict(page_workspace, aimed.number).sentence.startswith("It was not launched yet")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (Asked("groups", LAUNCH, "colour", ("red",)), "not divided by “colour”"),
        (Asked("groups", LAUNCH, "region", ("Atlantis",)), "There is no region “Atlantis”. There are: Region A"),
        (Asked("groups", LAUNCH, "region"), "Choose at least one region"),
        (Asked("groups", LAUNCH, "region", REGIONS[:6]), "nobody is left to compare with"),
        (Asked("share", LAUNCH), "Name the experiment"),
        (Asked("flag", LAUNCH, experiment="no-such"), "There is no experiment “no-such”"),
        (Asked("some", LAUNCH), "There is no scope “some”"),
    ],
)
def test_launches_that_could_not_be_read_are_refused(before, asked, said):
    made = facade.make_case(before, PROPOSED)

    with pytest.raises(ImprovementError, match=said):
        facade.launch(before, made.number, asked)
    assert facade.launch_of(before, made.number) is None


def test_regions_follow_in_waves_and_the_plan_stays(before):
    made = facade.make_case(before, PROPOSED)
    first = facade.launch(before, made.number, Asked("groups", LAUNCH, "region", REGIONS[:2]), today=FIXED)

    second = facade.launch(before, made.number, Asked("groups", date(2026, 6, 22), "region", REGIONS[1:4]))

    assert [wave.groups for wave in second.waves] == [REGIONS[:2], REGIONS[2:4]]
    assert (second.plan, second.digest) == (first.plan, first.digest)
    with pytest.raises(ImprovementError, match="have the change already"):
        facade.launch(before, made.number, Asked("groups", date(2026, 7, 1), "region", REGIONS[:2]))


def test_everyone_at_once_is_read_as_a_series_and_says_so_until_the_day(page_workspace, tmp_path):
    before = page_workspace
    bring(before, tmp_path, calls(usual_steps, range(-14, 0), regions=2))
    made = facade.make_case(before, PROPOSED)
    launched = facade.launch(before, made.number, Asked("everyone", LAUNCH), today=FIXED)

    assert launched.plan.name == "Interrupted series"
    assert "no data after the launch" in facade.verdict(before, made.number).sentence
    bring(before, tmp_path, calls(helped(range(6)), range(3), regions=2), "later.jsonl")
    assert facade.verdict(before, made.number).outcome == "too early"


def test_a_status_follows_what_happened(before):
    made = facade.make_case(before, PROPOSED)

    with pytest.raises(ImprovementError, match="by saying when and for whom"):
        facade.set_status(before, made.number, "launched")
    with pytest.raises(ImprovementError, match="not launched yet"):
        facade.set_status(before, made.number, "kept")
    facade.launch(before, made.number, Asked("everyone", LAUNCH), today=FIXED)
    with pytest.raises(ImprovementError, match="launched already"):
        facade.set_status(before, made.number, "rejected")
    assert not facade.set_status(before, made.number, "taken back").is_open


def test_a_purchase_counts_for_visits_of_the_fortnight_before(page_workspace, tmp_path):
    """Two customers, five visits: one bought 13 days after a visit, one 15 days after."""
    days = {"a": (1, 8, 15), "b": (1, 8)}
    bought = {"a": 21, "b": 23}
    sent = [
        {"type": "track", "userId": who, "messageId": f"{who}{day}", "event": "Payment Info Entered",
         "timestamp": f"2026-04-{day:02}T10:00:00Z"}
        for who, visited in days.items() for day in visited
    ] + [
        {"type": "track", "userId": who, "messageId": f"{who}-order", "event": "Order Completed",
         "timestamp": f"2026-04-{day:02}T09:00:00Z", "properties": {"order_id": who, "total": 10}}
        for who, day in bought.items()
    ] + [
        {"type": "track", "userId": "c", "messageId": "end", "event": "Product Viewed", "timestamp": "2026-05-20T10:00:00Z"},
    ]  # fmt: skip
    bring(page_workspace, tmp_path, sent)
    from touchline.improvements.questions.weekly import weekly

    counts = weekly(page_workspace, TargetMetric("purchase", "payment", "Payment"), date(2026, 4, 2))

    # Week 0 holds 8 April (a: 13 days before the order, b: 15 days before), week 1 holds 15 April; 1 April is no whole week.
    assert counts.n[0, :2].tolist() == [2, 1]
    assert counts.total[0, :2].tolist() == [1, 1]


def test_beside_purchases_stand_those_of_customers_who_never_came(page_workspace, tmp_path):
    """Ada comes to the payment and buys; Bob never does: he looks on 8 and 15 April and buys 13 days after the first look."""
    told = [
        ("ada", 8, "Payment Info Entered", {}), ("ada", 9, "Order Completed", {"order_id": "a", "total": 10}),
        ("bob", 8, "Product Viewed", {}), ("bob", 15, "Product Viewed", {}),
        ("bob", 21, "Order Completed", {"order_id": "b", "total": 10}), ("cat", 30, "Payment Info Entered", {}),
    ]  # fmt: skip
    sent = [
        {"type": "track", "userId": who, "messageId": f"{who}{day}", "event": event, "properties": properties,
         "timestamp": f"2026-04-{day:02}T10:00:00Z"}
        for who, day, event, properties in told
    ]  # fmt: skip
    bring(page_workspace, tmp_path, sent)
    from touchline.improvements.questions.verdicts import unmoved_weeks
    from touchline.improvements.questions.weekly import data_until, weekly

    target = TargetMetric("purchase", "payment", "Payment")
    counts = weekly(page_workspace, target, date(2026, 4, 9))
    beside = unmoved_weeks(page_workspace, target, replace(counts, first_week=-1), data_until(page_workspace))

    # Only visits before 16 April were followed for 14 days: week −1 holds 8 April (he buys), week 0 holds 15 April (he does, too).
    assert (beside.first_week, beside.n.tolist(), beside.total.tolist()) == (-1, [[1, 1]], [[1, 1]])
