from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchline.customers.rules.guards import MAX_PER_CUSTOMER, NOBODY, TYPES
from touchline.customers.rules.joining import join, join_strong_only
from touchline.customers.rules.link_graph import LinkGraph


def who(identifiers: dict[int, str], links: list[tuple[int, int]]) -> dict[int, int]:
    graph = LinkGraph.of(
        np.array(list(identifiers), dtype=np.int64),
        np.array([TYPES.index(kind) for kind in identifiers.values()], dtype=np.int8),
        np.array([a for a, _ in links], dtype=np.int64),
        np.array([b for _, b in links], dtype=np.int64),
    )
    return dict(zip(graph.identifiers.tolist(), join(graph).customers.tolist(), strict=True))


def test_nobody_is_nobody():
    assert who({}, []) == {}


def test_strong_identifiers_on_one_row_are_one_customer_named_after_the_smallest():
    found = who({7: "user_id", 3: "email", 9: "phone", 4: "email"}, [(7, 3), (3, 9)])

    assert found == {3: 3, 7: 3, 9: 3, 4: 4}


def test_an_order_joins_two_mailboxes_of_a_guest():
    assert who({1: "email", 2: "email", 3: "order_id"}, [(1, 3), (2, 3)]) == {1: 1, 2: 1, 3: 1}


@pytest.mark.parametrize("account", ["user_id", "external_id"])
def test_a_shared_order_joins_nobody_when_the_people_have_accounts_of_their_own(account):
    found = who({1: account, 2: "email", 3: account, 4: "email", 5: "order_id"}, [(1, 2), (3, 4), (2, 5), (4, 5)])

    assert found == {1: 1, 2: 1, 3: 3, 4: 3, 5: 5}


def test_a_chain_of_orders_cannot_put_two_accounts_into_one():
    people = {1: "user_id", 2: "email", 3: "user_id"}
    orders = {4: "order_id", 5: "order_id", 6: "order_id"}

    found = who(people | orders, [(1, 4), (2, 4), (2, 5), (3, 5), (3, 6)])

    assert found == {1: 1, 2: 2, 3: 3, 4: 4, 5: 5, 6: 3}


def test_a_case_reached_through_an_order_belongs_to_the_orders_customer():
    assert who({1: "email", 2: "order_id", 3: "case_id"}, [(1, 2), (2, 3)]) == {1: 1, 2: 1, 3: 1}


def test_an_anonymous_id_attaches_to_the_only_customer_it_met():
    assert who({1: "anonymous_id", 2: "email"}, [(2, 1)]) == {1: 1, 2: 1}


def test_a_shared_device_attaches_to_none_and_joins_none():
    found = who({1: "anonymous_id", 2: "email", 3: "email"}, [(2, 1), (3, 1)])

    assert found == {1: 1, 2: 2, 3: 3}


def test_a_browser_that_six_people_used_is_a_kiosk_and_nobodys():
    people = dict.fromkeys(range(2, 8), "email")

    found = who({1: "anonymous_id", 9: "anonymous_id"} | people, [*((person, 1) for person in people), (7, 9)])

    assert found == {1: NOBODY, 9: 7} | {person: person for person in people}


def test_a_guests_order_follows_the_device_to_its_only_customer():
    links = [(2, 1), (3, 1), (3, 4)]

    found = who({1: "anonymous_id", 2: "user_id", 3: "order_id", 4: "anonymous_id"}, links)

    assert found == {1: 1, 2: 1, 3: 1, 4: 1}


def test_a_number_seen_with_six_mailboxes_names_none_of_them():
    mailboxes = dict.fromkeys(range(1, 7), "email")

    found = who(mailboxes | {9: "phone"}, [(mailbox, 9) for mailbox in mailboxes])

    assert found == {identifier: identifier for identifier in [1, 2, 3, 4, 5, 6, 9]}


def test_five_mailboxes_of_one_account_are_one_customer():
    mailboxes = dict.fromkeys(range(2, 7), "email")

    assert set(who({1: "user_id"} | mailboxes, [(1, mailbox) for mailbox in mailboxes]).values()) == {1}


worlds = st.integers(2, 12).flatmap(
    lambda count: st.tuples(
        st.lists(st.sampled_from(TYPES), min_size=count, max_size=count),
        st.lists(st.tuples(st.integers(1, count), st.integers(1, count)), max_size=20),
    )
)


@given(worlds, st.randoms())
def test_the_order_of_links_and_their_repetition_change_nothing(world, random):
    types, links = world
    identifiers = dict(enumerate(types, start=1))
    shuffled = [*links, *links[:3]]
    random.shuffle(shuffled)

    assert who(identifiers, links) == who(identifiers, [(b, a) for a, b in shuffled])


@given(worlds)
def test_a_customer_is_its_smallest_identifier_and_only_linked_ones_meet(world):
    types, links = world
    found = who(dict(enumerate(types, start=1)), links)

    for customer in set(found.values()) - {NOBODY}:
        members = {identifier for identifier, its in found.items() if its == customer}
        assert customer == min(members)
        reached = {customer}
        for _ in members:
            reached |= {b for a, b in links if a in reached} | {a for a, b in links if b in reached}
        assert members <= reached


@given(worlds)
def test_orders_and_devices_never_put_two_accounts_into_one(world):
    types, links = world
    identifiers = dict(enumerate(types, start=1))
    strong = {identifier for identifier, kind in identifiers.items() if kind in TYPES[:4]}
    by_rows = who({i: identifiers[i] for i in strong}, [(a, b) for a, b in links if a in strong and b in strong])
    found = who(identifiers, links)

    for kind in ("user_id", "external_id"):
        joined = {}
        for identifier in (i for i in strong if identifiers[i] == kind):
            joined.setdefault(found[identifier], set()).add(by_rows[identifier])
        assert all(len(people) == 1 for people in joined.values())


def test_a_shared_mailbox_never_merges_two_people_who_logged_in():
    found = who({1: "user_id", 2: "user_id", 3: "email"}, [(1, 3), (2, 3)])

    assert found == {1: 1, 2: 2, 3: 3}


def test_a_shared_phone_neither_and_the_mailboxes_stay_with_their_accounts():
    people = {1: "user_id", 2: "email", 3: "user_id", 4: "email", 5: "phone"}

    assert who(people, [(1, 2), (3, 4), (2, 5), (4, 5)]) == {1: 1, 2: 1, 3: 3, 4: 3, 5: 5}


def test_a_chain_of_shared_mailboxes_and_phones_neither():
    people = {1: "user_id", 2: "phone", 3: "email", 4: "phone", 5: "user_id"}

    found = who(people, [(1, 2), (3, 2), (3, 4), (5, 4)])

    assert found == {1: 1, 2: 2, 3: 3, 4: 4, 5: 5}


def test_where_a_mailbox_and_a_phone_disagree_the_mailbox_wins():
    # the mailbox stood with one account, the phone with that mailbox and with another account
    assert who({1: "user_id", 2: "user_id", 3: "email", 4: "phone"}, [(1, 3), (3, 4), (2, 4)]) == {
        1: 1,
        2: 2,
        3: 1,
        4: 4,
    }


def test_eight_phones_around_one_person_are_too_many_and_join_nobody():
    phones = dict.fromkeys(range(10, 18), "phone")
    links = [(1, phone) for phone in range(10, 14)] + [(2, phone) for phone in range(14, 18)]

    found = who({1: "user_id", 2: "email"} | phones, [(1, 2), *links])

    assert found == {1: 1, 2: 1} | {phone: phone for phone in phones}


def test_a_mailbox_on_sixteen_browsers_is_a_till_and_a_user_id_on_sixteen_is_a_loyal_customer():
    browsers = dict.fromkeys(range(10, 26), "anonymous_id")

    till = who({1: "email"} | browsers, [(1, browser) for browser in browsers])
    loyal = who({1: "user_id"} | browsers, [(1, browser) for browser in browsers])

    assert till == {identifier: identifier for identifier in (1, *browsers)}
    assert set(loyal.values()) == {1}


def test_strong_only_leaves_orders_and_browsers_on_their_own():
    kinds = ("user_id", "email", "order_id", "anonymous_id")
    graph = LinkGraph.of(
        np.arange(1, 5),
        np.array([TYPES.index(kind) for kind in kinds], dtype=np.int8),
        np.array([1, 1, 1]),
        np.array([2, 3, 4]),
    )

    assert join_strong_only(graph).tolist() == [1, 1, 3, 4]


@given(worlds)
def test_nobody_holds_more_of_a_kind_than_one_person_may(world):
    types, links = world
    found = who(dict(enumerate(types, start=1)), links)

    for kind, most in MAX_PER_CUSTOMER.items():
        held = Counter(found[number] for number, type_ in enumerate(types, start=1) if type_ == kind)
        assert max(held.values(), default=0) <= most


@given(st.lists(st.tuples(st.integers(1, 16), st.integers(1, 16)), max_size=60))
def test_nor_in_a_crowd_of_mailboxes_and_phones(links):
    types = ["user_id"] * 2 + ["email"] * 7 + ["phone"] * 7

    found = who(dict(enumerate(types, start=1)), links)

    held = Counter((found[number], type_) for number, type_ in enumerate(types, start=1))
    assert all(count <= MAX_PER_CUSTOMER[type_] for (_, type_), count in held.items())
