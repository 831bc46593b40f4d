"""The planted world: its switches do what they say, and its truth adds up."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import fields

import numpy as np
import pytest

from touchline.world.planted.exports.company import write_planted_company
from touchline.world.planted.life import DAYS, FIXED_REGIONS, LAUNCH_DAY
from touchline.world.planted.plan import EFFECTS, SURVIVORS, make_plan
from touchline.world.planted.switches import Switches
from touchline.world.planted.world import PlantedWorld, make_planted_world

CUSTOMERS = 3_000


@pytest.fixture(scope="module")
def usual() -> PlantedWorld:
    return make_planted_world(5, CUSTOMERS, Switches())


def test_the_same_seed_gives_the_same_world_and_another_seed_another_one():
    first, again, other = (make_planted_world(seed, 200) for seed in (8, 8, 10))

    assert first.plan.names == again.plan.names
    assert np.array_equal(first.life.visits.day, again.life.visits.day)
    assert first.plan.names != other.plan.names
    assert first.plan.number.tolist() != other.plan.number.tolist()


def test_every_plan_has_forty_touchpoints_in_seven_stages_and_each_part_once():
    for seed in range(20):
        plan = make_plan(seed)

        assert sorted(plan.number.tolist()) == list(range(40))
        assert np.bincount(plan.stage).tolist() == [5, 6, 6, 6, 6, 5, 6]
        assert len({name.id for name in plan.names}) == 40
        assert plan.moves.sum(axis=2) == pytest.approx(np.ones((4, 40)))
        assert plan.names[plan.place(20)].symptom == "late"
        assert plan.names[plan.place(14)].symptom == "declined"
        assert {int(plan.stage[plan.place(number)]) for number in SURVIVORS} == {6}


def test_effects_are_scaled_by_the_seed_within_bounds():
    for seed in range(20):
        plan = make_plan(seed)
        scale = {number: plan.effect[plan.place(number)] / effect for number, effect in EFFECTS.items()}

        assert all(0.7 <= each <= 1.3 for each in scale.values())
        assert np.count_nonzero(plan.effect) == len(EFFECTS)


def test_every_third_seed_confounds_by_interactions():
    assert [make_planted_world(seed, 50).switches.interactions for seed in range(6)] == [True, False, False] * 2


def test_who_orders_again_does_so_within_ninety_days_of_every_visit_and_who_does_not_stays_away(usual: PlantedWorld):
    """So that what a product counts as 'ordered within 90 days' is exactly what was planted."""
    journeys, visits = usual.life.journeys, usual.life.visits
    begins = {int(person): np.sort(journeys.begins[journeys.person == person]) for person in range(200)}
    for at in np.flatnonzero(journeys.person[visits.journey] < 200).tolist():
        journey, day = int(visits.journey[at]), visits.day[at]
        later = begins[int(journeys.person[journey])]
        later = later[later > journeys.begins[journey]]
        comes_soon = bool(len(later)) and later[0] - day <= 90
        if journeys.orders[journey]:
            assert comes_soon or journeys.ends[journey] + 45 > DAYS
        else:
            assert not comes_soon


def test_chances_of_ordering_again_are_the_share_that_does(usual: PlantedWorld):
    journeys = usual.life.journeys

    assert journeys.orders.mean() == pytest.approx(journeys.chance.mean(), abs=4 * 0.5 / np.sqrt(len(journeys)))


def test_lost_orders_are_sufferers_times_effect(usual: PlantedWorld):
    truth = usual.truth

    assert truth.lost_orders == pytest.approx(-truth.att * truth.sufferers)
    assert len(truth.drivers) == 6
    assert (truth.att[truth.effect == 0] == 0).all()
    assert (truth.att[truth.effect < 0] < -0.03).all()


def test_an_effect_is_what_undoing_the_visit_gives_back(usual: PlantedWorld):
    """Counted by hand for one journey: logit of the chance, one summand less."""
    journeys, place = usual.life.journeys, usual.plan.place(32)
    only = np.flatnonzero(journeys.bad[:, place] & (journeys.bad.sum(axis=1) == 1))[0]

    logit = np.log(journeys.chance[only] / (1 - journeys.chance[only]))

    assert logit == pytest.approx(journeys.calm[only] + usual.plan.effect[place])


def test_herrings_look_costly_and_are_not(usual: PlantedWorld):
    truth = make_planted_world(5, 20_000, Switches()).truth
    herrings = [truth.of(number) for number in (8, 16, 31)]

    assert (truth.att[herrings] == 0).all()
    assert (truth.naive[herrings] < -0.05).all()
    assert truth.sufferers[truth.of(11)] / truth.journeys[truth.of(11)] == pytest.approx(0.3, abs=0.04)


def test_survivors_only_are_met_after_two_orders(usual: PlantedWorld):
    journeys = usual.life.journeys
    places = [usual.plan.place(number) for number in SURVIVORS]
    first = np.unique(journeys.person, return_index=True)[1]

    assert not journeys.visited[first][:, places].any()
    assert journeys.visited[:, places].any(axis=0).all()


def test_without_effects_nothing_costs_an_order():
    truth = make_planted_world(5, 500, Switches(no_effects=True)).truth

    assert truth.drivers == ()
    assert truth.lost_orders_of_all == 0


def test_without_segments_all_are_of_one_kind():
    assert set(make_planted_world(5, 300, Switches(no_segments=True)).people.segment.tolist()) == {0}


def test_the_hidden_confounder_makes_people_suffer_at_two_places_and_buy_less():
    world = make_planted_world(5, CUSTOMERS, Switches(hidden_confounder=True))
    journeys, hidden = world.life.journeys, world.people.hidden[world.life.journeys.person] > 0

    def gap(place: int) -> float:
        here = journeys.visited[:, place]
        return float(journeys.bad[here & hidden, place].mean() - journeys.bad[here & ~hidden, place].mean())

    assert gap(world.plan.place(20)) > 0.1
    assert gap(world.plan.place(31)) > 0.08
    assert abs(gap(world.plan.place(32))) < 0.05
    assert journeys.orders[hidden].mean() < journeys.orders[~hidden].mean() - 0.1


def test_the_regional_fix_mends_one_touchpoint_in_four_regions_from_its_day_on():
    world = make_planted_world(5, 20_000, Switches(regional_fix=True))
    journeys, place = world.life.journeys, world.plan.place(20)
    here = journeys.visited[:, place]
    treated = world.people.region[journeys.person] < FIXED_REGIONS
    after = journeys.begins >= LAUNCH_DAY

    rates = {
        (is_treated, is_after): float(journeys.bad[here & (treated == is_treated) & (after == is_after), place].mean())
        for is_treated in (True, False)
        for is_after in (True, False)
    }

    assert rates[True, True] == pytest.approx(0.08, abs=0.02)
    for untouched in ((True, False), (False, True), (False, False)):
        assert rates[untouched] == pytest.approx(0.19, abs=0.025)


def test_with_chains_only_nothing_but_the_chain_leads(usual: PlantedWorld):
    world = make_planted_world(5, 500, Switches(chains_only=True))
    once = [place for place, name in enumerate(world.plan.names) if name.once and place]
    journey_place = world.life.visits.journey * 40 + world.life.visits.place
    often = np.unique(journey_place, return_counts=True)

    assert world.life.journeys.after_order.all()
    assert (world.people.household == np.arange(500)).all()
    assert world.people.past_orders.sum() == 0
    assert (often[1][np.isin(often[0] % 40, once)] > 1).any()


def written(tmp_path, *, customers: int = 250, **switched: bool) -> tuple[PlantedWorld, list[dict[str, object]], str]:
    world = make_planted_world(4, customers, Switches(**switched))
    definition = write_planted_company(world, tmp_path / "files")
    lines = (tmp_path / "files" / "events.jsonl").read_text("utf-8").splitlines()
    return world, [json.loads(line) for line in lines], definition


def test_every_bad_page_visit_shows_a_sign_and_no_fine_one_does(tmp_path):
    world, events, _ = written(tmp_path)
    visits = world.life.visits
    pages = np.array([name.kind == "page" for name in world.plan.names])[visits.place]
    signs = {
        "Rage Click Detected", "Dead Click Detected", "Form Error Repeated", "Script Error Occurred", "Web Vitals Measured",
    }  # fmt: skip
    bad = {
        event["messageId"].split("-")[0]
        for event in events
        if event.get("event") in signs and event["messageId"][0] == "g"
    }

    assert len([event for event in events if event["type"] == "page"]) == int(pages.sum())
    assert len(bad) == int((pages & visits.bad).sum())


def test_a_late_parcel_comes_after_the_promised_time_and_others_do_not(tmp_path):
    world, events, _ = written(tmp_path)
    parcels = [event["properties"] for event in events if event.get("event") == "Order Delivered"]
    late = sum(parcel["delivered_at"] > parcel["promised_at"] for parcel in parcels)
    deliveries = np.array([name.kind == "delivery" for name in world.plan.names])[world.life.visits.place]

    assert len(parcels) == int(deliveries.sum())
    assert late == int((deliveries & world.life.visits.bad).sum())


def test_the_leak_is_dated_after_the_visits_it_would_explain(tmp_path):
    world, events, _ = written(tmp_path, leak=True)
    leaked = [event for event in events if event.get("traits", {}).get("win_back_list")]
    gone = ~world.life.journeys.orders & (world.life.journeys.ends + 20 < DAYS)

    assert len(leaked) == int(gone.sum())


def test_the_experiment_without_a_difference_shows_everybody_an_arm(tmp_path):
    _, events, _ = written(tmp_path, same_arms=True)
    arms = [event["properties"]["variation_name"] for event in events if event.get("event") == "Experiment Viewed"]

    assert len(arms) == 250
    assert 90 <= arms.count("control") <= 160


def test_the_metric_drop_takes_visits_from_one_page_only(tmp_path):
    def paths(**switched: bool) -> Counter[str]:
        _, events, _ = written(tmp_path / f"{switched}", customers=250, **switched)
        return Counter(event["properties"]["path"] for event in events if event["type"] == "page")

    missing = paths() - paths(metric_drop=True)

    assert len(missing) == 1
    assert missing.total() >= 1


def test_mood_makes_answers_better_than_they_are(tmp_path):
    def mean(folder: str, **switched: bool) -> float:
        world = make_planted_world(4, 800, Switches(**switched))
        write_planted_company(world, tmp_path / folder)
        rows = (tmp_path / folder / "typeform_recommendation.csv").read_text("utf-8").splitlines()[1:]
        return float(np.mean([float(row.split(",")[1]) for row in rows]))

    assert mean("mood", mood_answers=True) > mean("usual") + 0.25


def test_files_hold_no_truth(tmp_path):
    world, _, definition = written(tmp_path)
    told = definition + "".join(path.read_text("utf-8") for path in (tmp_path / "files").iterdir())

    assert sorted(path.name for path in (tmp_path / "files").iterdir()) == [
        "events.jsonl", "orders_export.csv", "tickets.csv", "typeform_recommendation.csv", "typeform_step_feedback.csv",
    ]  # fmt: skip
    for secret in ("loyalty", "archetype", "hidden", "effect", "att", "lost"):
        assert f'"{secret}"' not in told
    assert {field.name for field in fields(world.truth)} >= {"att", "lost_orders", "lost_margin_eur"}
