"""The small world of conftest.py, counted by hand. Data end on 20 March 2026 10:00; a journey may pause 30 days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest

from touchline.journeys.facade import Money, Pattern, journey_map, open_number
from touchline.segments.facade import Scope


@pytest.fixture(scope="module")
def found(small):
    return journey_map(small)


def touchpoint(found, id_):
    return next(one for one in found.touchpoints if one.id == id_)


def at(text):
    return datetime.fromisoformat(f"2026-{text}")


def counts(one):
    return one.count, one.of


def test_the_whole(found):
    assert (found.customers, found.journeys, found.visits) == (6, 7, 20)  # Cem made two journeys
    assert found.events == 21  # Ada's first look at the product lasted: two events
    assert found.responses == 5 + 6 + 3 + 6
    assert found.scope_in_words == "Visits from 3 January to 20 March 2026 (no period was chosen: this is all there is)"
    assert (found.start, found.end, found.compare_start) == (date(2026, 1, 3), date(2026, 3, 20), None)
    assert [stage.id for stage in found.stages] == ["awareness", "purchase", "service"]


@pytest.mark.parametrize(
    ("id_", "customers", "visits"), [("ad", 3, 3), ("product", 4, 6), ("cart", 5, 5), ("order", 3, 3), ("help", 2, 3)]
)
def test_customers_and_visits(found, id_, customers, visits):
    one = touchpoint(found, id_)
    assert (one.customers, one.visits) == (customers, visits)
    assert counts(one.reach) == (customers, 6)


@pytest.mark.parametrize(
    ("id_", "went_on"),
    [
        ("ad", 1),  # Ada; Cem's cart was another journey, Fay has just begun
        ("product", 3),  # Ada, Bob, Eve
        ("cart", 2),  # Ada and Dee came to help
        ("order", 2),
        ("help", 0),
    ],
)
def test_went_on(found, id_, went_on):
    one = touchpoint(found, id_)
    assert counts(one.went_on) == (went_on, one.customers)


@pytest.mark.parametrize(
    ("id_", "dropped_out", "over"),
    [
        # Over: last visit before 18 February 10:00. Ada, Bob, Cem's first and Dee.
        ("ad", 0, 2),
        ("product", 2, 5),  # Bob and Cem ended here
        ("cart", 0, 3),
        ("order", 0, 2),
        ("help", 2, 3),
    ],
)
def test_dropped_out(found, id_, dropped_out, over):
    one = touchpoint(found, id_)
    assert counts(one.dropped_out) == (dropped_out, over)
    assert counts(one.functional.success) == (over - dropped_out, over)


def test_loops_and_retries(found):
    assert counts(touchpoint(found, "product").loops) == (2, 6)  # Ada's first, Bob's first
    assert counts(touchpoint(found, "help").loops) == (1, 3)  # Dee's first
    assert counts(touchpoint(found, "cart").loops) == (0, 5)
    assert touchpoint(found, "cart").functional.retries_per_customer == 0.0  # five journeys, five visits
    assert touchpoint(found, "product").functional.retries_per_customer is None  # four journeys cannot say


def test_channel_switches(found):
    assert counts(touchpoint(found, "product").channel_switches) == (2, 4)  # Ada web → app, Cem social → web
    assert counts(touchpoint(found, "help").channel_switches) == (2, 3)  # app → email, store → phone


def test_channels(found):
    help_ = touchpoint(found, "help")
    assert [(one.channel, one.visits, one.share) for one in help_.channels] == [
        ("phone", 2, 2 / 3),
        ("email", 1, 1 / 3),
    ]


def test_service_contacts_within_seven_days(found):
    # Contacts: Ada 9 January, Dee 3 and 4 February. Eve and Fay are too fresh: their week is not over.
    assert counts(touchpoint(found, "ad").functional.contacts_after) == (1, 2)
    assert counts(touchpoint(found, "product").functional.contacts_after) == (2, 5)
    assert counts(touchpoint(found, "order").functional.contacts_after) == (2, 3)
    assert counts(touchpoint(found, "help").functional.contacts_after) == (1, 3)


def test_without_a_service_stage_nobody_can_tell_of_service_contacts(workspace_of, typed, definition):
    stages = tuple(replace(stage, id="care") if stage.id == "service" else stage for stage in definition.stages)
    touchpoints = tuple(replace(one, stage="care") if one.id == "help" else one for one in definition.touchpoints)
    workspace = workspace_of(typed, replace(definition, stages=stages, touchpoints=touchpoints))

    assert counts(touchpoint(journey_map(workspace), "order").functional.contacts_after) == (0, 0)
    assert open_number(workspace, Scope(), "contacts_after", "order").total == 0


def test_neighbours(found):
    cart = touchpoint(found, "cart")
    assert [(one.touchpoint_id, one.count, one.share) for one in cart.next_steps] == [
        ("order", 3, 0.6), ("product", 1, 0.2)
    ]  # fmt: skip
    assert [(one.touchpoint_id, one.count) for one in cart.previous_steps] == [("product", 3)]


def test_transitions(found):
    steps = {(one.from_id, one.to_id): one for one in found.transitions}
    assert (steps["product", "cart"].count, steps["product", "cart"].customers) == (3, 3)
    assert steps["product", "cart"].median_days == 1.0  # after 1, 2 and 1 days
    assert steps["ad", "product"].median_days == pytest.approx(17.5 / 1440)  # half of 30 and 5 minutes
    assert sum(one.count for one in found.transitions) == 13  # 20 visits of 7 journeys
    assert [one.count for one in found.transitions] == sorted((one.count for one in found.transitions), reverse=True)


def test_waiting(found):
    waiting = touchpoint(found, "product").waiting
    # Ada waited 1 day and 1 day again, Bob 2 days and never went on, nor did Cem; Eve waited 1 day.
    assert waiting.n == 6
    assert waiting.gone_on_within_1_day == pytest.approx(3 / 6)
    assert waiting.gone_on_within_7_days == pytest.approx(4 / 6)
    assert waiting.median_days == pytest.approx(1.0)


def test_values_keep_their_currency(found):
    assert touchpoint(found, "order").values == (Money(Decimal("200.0000"), "EUR"), Money(Decimal("30.5000"), "USD"))


def test_experience(found):
    order, help_ = touchpoint(found, "order").experience, touchpoint(found, "help").experience
    assert (order.n, order.raw_mean) == (6, pytest.approx((100 + 50 + 50 + 100 + 0 + 100) / 6))
    assert (help_.n, help_.raw_mean) == (5, pytest.approx(-100 * (4 + 6 + 2 + 4 + 4) / 6 / 5))
    assert found.journey_mean_n == 11  # three NPS answers belong to no touchpoint
    assert found.journey_mean == pytest.approx((400 - 100 * 20 / 6) / 11)
    assert order.difference > 0 > help_.difference
    assert (order.label, help_.label) == ("high", "low")
    assert [(one.metric, one.source, one.n) for one in help_.sources] == [("ces", "zendesk_tickets", 5)]
    assert touchpoint(found, "ad").experience.drawn == "broken"
    assert touchpoint(found, "help").functional.effort_ces_mean == pytest.approx(2.0)


def test_stages(found):
    awareness, purchase, service = found.stages
    assert [(one.customers, one.visits) for one in found.stages] == [(5, 9), (5, 8), (2, 3)]
    assert counts(awareness.goes_on) == (3, 5)  # Ada, Bob, Eve
    assert counts(purchase.goes_on) == (2, 5)
    assert counts(service.goes_on) == (0, 0)  # after the last stage there is nothing to go on to


def test_quotes_are_typical_and_masked(found):
    quotes = touchpoint(found, "order").quotes
    assert len(quotes) == 3
    assert all(quote.text.startswith("The tent was easy to order") for quote in quotes)
    assert (quotes[0].source, quotes[0].on.year) == ("typeform", 2026)
    assert touchpoint(found, "help").quotes == ()


def test_unmapped_and_series(found):
    assert counts(found.unmapped.share) == (2, 23)
    (kind,) = found.unmapped.kinds
    assert (kind.name, kind.events, kind.customers) == ("Wishlist Shared", 2, 1)
    (figure,) = touchpoint(found, "ad").series
    assert (figure.measure, figure.label, figure.amount, figure.points) == ("deliveries", "Spring", 1500.0, 2)


def test_events_the_definition_ignores_are_not_expected_on_the_map(workspace_of, typed, definition):
    typed.unmapped += [(1, at("01-04 11:00"), "Profile Synchronised"), (2, at("01-05 11:00"), "Profile Synchronised")]
    ignoring = replace(definition, ignore=(Pattern(event=("Profile Synchronised",)),))

    workspace = workspace_of(typed, ignoring)

    assert counts(journey_map(workspace).unmapped.share) == (2, 23)
    assert open_number(workspace, Scope(), "all_events").total == 23


def test_silent_touchpoints(found):
    # The last answer about help came on 10 February, nearly six weeks before the data end.
    assert touchpoint(found, "help").last_event == at("02-10 12:00")
    assert [one.id for one in found.touchpoints if one.is_silent] == ["help"]
    assert found.staleness.silent_touchpoints == ("Help",)
    assert found.staleness.verdict == (
        "Data until 20 March 2026; no earlier period to compare the paths with; silent for a fortnight: Help."
    )


def test_a_comparison_period(small):
    scope = Scope(date(2026, 2, 1), date(2026, 3, 20), date(2026, 1, 1), date(2026, 1, 31))

    found = journey_map(small, scope)

    assert (found.customers, touchpoint(found, "product").customers_before) == (4, 3)
    assert touchpoint(found, "help").customers_before == 1
    assert found.stages[0].customers_before == 3
    assert found.staleness.distance is not None
    assert found.staleness.distance_p is None  # too few customers to say


def test_a_channel(small):
    found = journey_map(small, Scope(channels=("app",)))

    assert (found.customers, found.visits) == (1, 3)
    assert counts(touchpoint(found, "product").went_on) == (1, 1)  # what came after is looked up in the whole journey


def test_a_scope_without_data(small):
    found = journey_map(small, Scope(start=date(2024, 1, 1), end=date(2024, 1, 31)))

    assert (found.customers, found.visits, found.transitions) == (0, 0, ())
    assert touchpoint(found, "cart").reach.value is None
    assert "Nobody visited a touchpoint in this scope: widen the period or take a filter away." in found.notes


def test_an_empty_store(workspace_of, nothing):
    found = journey_map(workspace_of(nothing))

    assert (found.customers, found.visits, found.start) == (0, 0, None)
    assert found.notes == ("There are no data yet: import the files you have, and the map draws itself.",)
    assert found.staleness.verdict == "There are no data yet."
    assert [len(stage.touchpoints) for stage in found.stages] == [2, 2, 1]


def test_answers_without_visits(workspace_of, typed):
    found = journey_map(workspace_of(replace(typed, visits=[])))

    assert (found.visits, touchpoint(found, "order").experience.n) == (0, 6)


def test_a_definition_with_a_mistake(workspace_of, typed):
    workspace = workspace_of(typed)
    workspace.journey_file.write_text("name = ", "utf-8")

    found = journey_map(workspace)

    assert found.stages == ()
    assert found.notes[0].startswith("journey.toml is not valid TOML")


def test_a_map_already_asked_for_is_the_same_object(workspace_of, typed):
    workspace = workspace_of(typed)
    first = journey_map(workspace)

    assert journey_map(workspace) is first
    with workspace.store.transaction() as writer:
        writer.execute("delete from visits where customer = 6")
    assert journey_map(workspace).customers == 5
