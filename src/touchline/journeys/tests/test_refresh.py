import random
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from touchline.customers.facade import resolve, undo_link
from touchline.engine.workspace import Settings, create_workspace
from touchline.events.vocabulary import CHANNELS, DEVICES
from touchline.journeys.facade import load_definition, refresh, save_definition, save_definition_text
from touchline.journeys.tests.stores import START, Happened, know, link, store

SHOP = """\
name = "Shop"

[[stage]]
id = "buy"
name = "Buying"

[[stage.touchpoint]]
id = "page"
name = "Product page"
any = [{ event = "Seen" }]

[[stage.touchpoint]]
id = "first"
name = "First order"
any = [{ event = "Bought", occurrence = "first" }]

[[stage]]
id = "after"
name = "Afterwards"

[[stage.touchpoint]]
id = "cancelled"
name = "Cancellation"
any = [{ event = "Money back", after = "Bought", within_hours = 24 }]

[[stage.touchpoint]]
id = "returned"
name = "Return"
any = [{ event = "Money back" }]

[[stage.touchpoint]]
id = "again"
name = "Repeat order"
any = [{ event = "Bought", occurrence = "repeat" }]

[[stage.touchpoint]]
id = "vip"
name = "Personal call"
any = [{ event = "Called", property = { plan = "Gold" } }]
answers = [{ event = "Survey Answered", channel = "phone" }]
"""
DAY = 24 * 60


@pytest.fixture
def workspace(tmp_path):
    workspace = create_workspace(tmp_path / "shop", Settings("Shop"), SHOP)
    know(workspace, {1: "email", 2: "email", 3: "anonymous_id"})
    yield workspace
    workspace.close()


def visits(workspace, columns="customer, touchpoint, events"):
    return workspace.store.rows(f"select {columns} from visits order by customer, time, journey")


def responses(workspace):
    return workspace.store.rows("select event, customer, touchpoint, experience from responses order by event")


def derived(workspace):
    """Everything derived, in one order."""
    tables = [
        workspace.store.rows(f"select * from {name} order by all")
        for name in ("visits", "responses", "kind_touchpoints", "identities")
    ]
    in_order = workspace.store.rows(
        "select touchpoint, first_event from visits where customer = 1 order by customer, time"
    )
    return tables, in_order


def built_anew(workspace):
    with workspace.store.transaction() as writer:
        writer.execute("delete from meta where key like 'visits.%'")
    assert refresh(workspace).everything
    return derived(workspace)


def test_a_visit_holds_what_its_contacts_say(workspace):
    store(
        workspace,
        Happened(10, 1, 0, "Seen", device="mobile", campaign="spring"),
        Happened(11, 1, 5, "Seen"),
        Happened(12, 1, 65, "Bought", channel="app", value="19.90", currency="EUR", order="A1"),
        Happened(13, 1, 65, "Bought", channel="app", value="0.0001", currency="EUR", order="A1"),
    )

    done = refresh(workspace)

    assert (done.everything, done.visits) == (True, 2)
    seen, bought = workspace.store.table("select * from visits order by time").to_pylist()
    minutes = {name: START + timedelta(minutes=at) for name, at in [("start", 0), ("seen", 5), ("bought", 65)]}
    assert seen == {
        "customer": 1, "time": minutes["start"], "ended": minutes["seen"], "touchpoint": 0, "previous": None,
        "following": 1, "seconds": None, "wait": 3600.0, "journey": 0, "channel": CHANNELS.index("web"),
        "previous_channel": None, "device": DEVICES.index("mobile"), "intent": "spring", "events": 2, "value": None,
        "currency": None, "first_event": Decimal(10),
    }  # fmt: skip
    assert bought == seen | {
        "time": minutes["bought"], "ended": minutes["bought"], "touchpoint": 1, "previous": 0, "following": None,
        "seconds": 3600.0, "wait": None, "channel": CHANNELS.index("app"), "previous_channel": CHANNELS.index("web"),
        "device": DEVICES.index("unknown"), "value": Decimal("19.9001"), "currency": "EUR", "first_event": Decimal(12),
    }  # fmt: skip


def test_ids_of_128_bits_survive(workspace):
    largest = 2**128 - 1
    store(workspace, Happened(largest, 1, 0, "Seen", text="Nice"))

    refresh(workspace)

    assert workspace.store.rows("select first_event from visits") == [(largest,)]
    assert workspace.store.rows("select event from responses") == [(largest,)]


def test_a_value_without_currency_and_a_negative_one(workspace):
    store(
        workspace,
        Happened(1, 1, 0, "Bought", value="5"),
        Happened(2, 1, 1, "Bought", value="7", currency="EUR"),
        Happened(3, 1, 2 * DAY, "Money back", value="-2.5", currency="EUR"),
    )

    refresh(workspace)

    assert visits(workspace, "value, currency") == [
        (Decimal(5), None), (Decimal(7), "EUR"), (Decimal("-2.5"), "EUR"),
    ]  # fmt: skip


def test_orders_are_first_once_and_money_back_is_cancelled_only_soon_after(workspace):
    store(
        workspace,
        Happened(1, 1, 0, "Bought"),
        Happened(2, 1, 60, "Money back"),
        Happened(3, 1, 3 * DAY, "Bought"),
        Happened(4, 1, 5 * DAY, "Money back"),
        Happened(5, 2, 9 * DAY, "Called", properties={"plan": "gold"}),
        Happened(6, 2, 9 * DAY, "Called", properties={"plan": "silver"}),
    )

    refresh(workspace)

    assert visits(workspace) == [(1, 1, 1), (1, 2, 1), (1, 4, 1), (1, 3, 1), (2, 5, 1)]


def test_answers_go_where_the_page_of_the_method_says(workspace):
    store(
        workspace,
        Happened(1, 1, 0, "Seen"),
        Happened(2, 1, 10, "Survey Answered", score=("csat", 5, 1, 5), label="first ORDER"),
        Happened(3, 1, 20, "Survey Answered", score=("nps", 0, 0, 10), channel="phone"),
        Happened(4, 1, 30, "Survey Answered", score=("ces", 4, 1, 7)),
        Happened(5, 1, 31 * DAY, "Survey Answered", score=("ces", 4, 1, 7)),
        Happened(6, 2, 0, "Survey Answered", text="Too slow"),
        Happened(7, None, 0, "Survey Answered", score=("csat", 2, 1, 5), label="return"),
        Happened(8, 2, 5, "Bought", text="Please leave it at the door"),
        Happened(9, 2, 5, "Odd", score=("stars", 3, 3, 3)),
        Happened(10, 2, 6, "Survey Answered", score=("nps", 10, 0, 10), text="All of it"),
        Happened(11, 2, 6, "Survey Answered", score=("nps", 10, 0, 10), label="Return"),
    )

    refresh(workspace)

    assert responses(workspace) == [
        (2, 1, 1, 100.0),
        (3, 1, 5, -100.0),
        (4, 1, 0, 0.0),
        (5, 1, None, 0.0),
        (6, 2, None, None),
        (7, None, 3, -50.0),
        (8, 2, 1, None),
        (9, 2, 1, None),
        (10, 2, None, 100.0),
        (11, 2, 3, 100.0),
    ]
    assert visits(workspace) == [(1, 0, 1), (2, 1, 1)]


def test_every_kind_says_where_it_belongs(workspace):
    store(
        workspace,
        Happened(1, 1, 0, "Seen"),
        Happened(2, 1, 1, "Bought"),
        Happened(3, 1, 2, "Survey Answered", text="Hm"),
        Happened(4, 1, 3, "Survey Answered", text="Hm", label="Return"),
        Happened(5, 1, 4, "Unheard of"),
        Happened(6, 1, 4, "Profile Updated"),
        Happened(7, 1, 5, "Fitting Room", score=("rating", 5, 1, 5)),
    )
    refresh(workspace)

    found = workspace.store.rows(
        "select name, label, touchpoint, is_visit, is_answer, conditional"
        " from kinds left join kind_touchpoints using (kind) order by kind, touchpoint"
    )

    assert found == [
        ("Seen", None, 0, True, True, False),
        ("Bought", None, 1, True, True, True),
        ("Bought", None, 4, True, True, True),
        ("Survey Answered", None, None, False, True, False),
        ("Survey Answered", "Return", 3, False, True, False),
        ("Unheard of", None, None, None, None, None),
        ("Profile Updated", None, None, False, False, False),
        ("Fitting Room", None, None, None, None, None),
    ]


def test_nothing_new_does_nothing(workspace):
    store(workspace, Happened(1, 1, 0, "Seen"))
    refresh(workspace)

    assert refresh(workspace).visits == 0


def test_a_late_event_rebuilds_its_customer_only(workspace):
    store(workspace, Happened(1, 1, 100, "Bought"), Happened(2, 2, 0, "Bought"))
    know(workspace, dict.fromkeys(range(10, 20), "email"))
    store(workspace, *(Happened(number, number, 0, "Seen") for number in range(10, 20)))
    refresh(workspace)
    store(workspace, Happened(3, 1, 50, "Bought"))

    done = refresh(workspace)

    assert (done.everything, done.customers, done.visits) == (False, 1, 2)
    assert visits(workspace)[:3] == [(1, 1, 1), (1, 4, 1), (2, 1, 1)]


@pytest.mark.parametrize("known_before", [True, False])
def test_what_arrives_between_identities_and_visits_is_not_lost(workspace, monkeypatch, known_before):
    """While events are collected another thread stores them at any moment: here, just after identities were resolved."""
    arriving = [Happened(11, 9, 5, "Seen")]
    if known_before:
        store(workspace, Happened(10, 1, 0, "Seen"))
        refresh(workspace)
        store(workspace, Happened(12, 2, 0, "Seen"))

    def resolve_while_somebody_arrives(workspace):
        resolve(workspace)
        if arriving:
            know(workspace, {9: "user_id"})
            store(workspace, arriving.pop())

    monkeypatch.setattr("touchline.journeys.actions.refresh.resolve", resolve_while_somebody_arrives)
    refresh(workspace)
    refresh(workspace)

    assert (9, 0, 1) in visits(workspace)
    assert refresh(workspace) == refresh(workspace)
    assert derived(workspace) == built_anew(workspace)


def test_another_definition_builds_everything_and_a_new_owner_nothing(workspace):
    store(workspace, Happened(1, 1, 0, "Seen"), Happened(2, 1, 40, "Seen"))
    refresh(workspace)
    save_definition_text(workspace, SHOP.replace('name = "Product page"', 'name = "Product page"\nowner = "Ada"'))
    assert refresh(workspace).visits == 0
    save_definition_text(workspace, SHOP.replace('name = "Shop"', 'name = "Shop"\nvisit_minutes = 60'))

    assert refresh(workspace).everything
    assert visits(workspace) == [(1, 0, 2)]
    save_definition(workspace, load_definition(workspace))


def test_people_who_turn_out_to_be_one_have_one_journey_and_can_be_parted(workspace):
    store(workspace, Happened(1, 1, 0, "Bought"), Happened(2, 2, 60, "Bought"), Happened(3, 3, 5, "Seen"))
    refresh(workspace)
    apart = derived(workspace)
    link(workspace, 1, 2)
    refresh(workspace)
    together = visits(workspace)
    undo_link(workspace, 1, 2)
    refresh(workspace)

    assert together == [(1, 1, 1), (1, 4, 1), (3, 0, 1)]
    assert derived(workspace) == apart


event = st.builds(
    Happened,
    id=st.integers(1, 12),
    who=st.sampled_from([1, 2, 3, 4, 5, None]),
    at=st.sampled_from([0, 5, 20, 60, DAY, 3 * DAY, 40 * DAY]),
    name=st.sampled_from(["Seen", "Bought", "Money back", "Called", "Survey Answered", "Odd"]),
    label=st.sampled_from([None, None, "returned"]),
    text=st.sampled_from([None, "Well"]),
    score=st.sampled_from([None, ("csat", 2.0, 1.0, 5.0)]),
    campaign=st.sampled_from([None, "spring", "autumn"]),
    order=st.sampled_from([None, "A1", "A2"]),
    value=st.sampled_from([None, "3.5"]),
    currency=st.sampled_from([None, "EUR", "CHF"]),
    properties=st.sampled_from([{}, {"plan": "gold"}]),
)
arrivals = st.lists(
    st.one_of(st.lists(event, max_size=5), st.tuples(st.integers(1, 5), st.integers(1, 5))), min_size=2, max_size=5
)


@settings(max_examples=settings().max_examples // 4, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(arrivals=arrivals, seed=st.integers(0, 99))
def test_whatever_arrives_in_whatever_order_the_tables_are_those_of_a_rebuild(tmp_path_factory, arrivals, seed):
    with_ids = {1: "email", 2: "user_id", 3: "anonymous_id", 4: "user_id", 5: "order_id"}
    workspace = create_workspace(tmp_path_factory.mktemp("w") / "shop", Settings("Shop"), SHOP)
    know(workspace, with_ids | dict.fromkeys(range(100, 140), "email"))
    for arrival in arrivals:
        if isinstance(arrival, tuple):
            link(workspace, *arrival)
        else:
            store(workspace, *arrival)
        refresh(workspace)
    grown = derived(workspace)

    assert grown == built_anew(workspace)
    latest = {each.id: each for arrival in arrivals if isinstance(arrival, list) for each in arrival}
    shuffled = list(latest.values())
    random.Random(seed).shuffle(shuffled)
    with workspace.store.transaction() as writer:
        writer.execute("delete from events")
    store(workspace, *shuffled)
    assert grown == built_anew(workspace)
    workspace.close()
