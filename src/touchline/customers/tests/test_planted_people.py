"""People with family devices, a kiosk, a placeholder mailbox and shared mailboxes: who is whom is known."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pytest

from touchline.customers.rules.guards import NOBODY, TYPES
from touchline.customers.rules.joining import join
from touchline.customers.rules.link_graph import Integers, LinkGraph, components
from touchline.events.intake.identifiers import normalise_identifier

PEOPLE, EVENTS = 4000, 22_000
PLACEHOLDER = "none@example.com"


@dataclass(frozen=True)
class World:
    """Rows as files have them, each by the names on it, and who was behind each."""

    rows: list[dict[str, str]]
    person: Integers


@dataclass(frozen=True)
class Clusters:
    """Customer and true person of each row that is somebody's."""

    customer: Integers
    person: Integers


def plant(seed):
    """1 % of people share a mailbox, 8 % a family's tablet for a quarter of what they do.

    A kiosk sees some of everybody; .4 % of addresses are a placeholder."""
    random = np.random.default_rng(seed)
    person = random.integers(0, PEOPLE, EVENTS)
    chance = random.random((EVENTS, 5))
    has_account = random.random(PEOPLE) < 0.6
    mailbox = np.arange(PEOPLE)
    couples = np.arange(0, int(PEOPLE * 0.01), 2)
    mailbox[couples + 1] = couples
    family = random.random(PEOPLE // 2) < 0.08
    rows = []
    for number, who in enumerate(person.tolist()):
        kind, which, extra, odd, login = chance[number]
        own = f"d{who}-{int(which * 2)}"
        browser = f"family{who // 2}" if family[who // 2] and extra < 0.25 else own
        address = PLACEHOLDER if odd < 0.004 else f"p{mailbox[who]}@example.org"
        if kind < 0.45:
            rows.append({"anonymous_id": "kiosk" if odd < 0.02 else browser})
        elif kind < 0.65:
            row = {"anonymous_id": "kiosk" if odd > 0.97 else browser, "email": address}
            rows.append(row | ({"user_id": f"u{who}"} if has_account[who] else {}))
        else:
            row = {"email": address, "order_id": f"o{number}"}
            row |= {"phone": f"+49170{1000000 + who}"} if extra < 0.3 else {}
            rows.append(row | ({"user_id": f"u{who}"} if has_account[who] and login < 0.5 else {}))
    return World(rows, person)


def names_nobody(world):
    """What the intake takes for a placeholder."""
    values = {type_: sorted({row[type_] for row in world.rows if type_ in row}) for type_ in TYPES}
    return {
        (type_, value)
        for type_, named in values.items()
        for value, normal in zip(
            named, normalise_identifier(type_, pa.array(named, pa.string())).to_pylist(), strict=True
        )
        if normal is None
    }


def clusters(world, *, guarded):
    """Customers of the rows: by the rules, or by everything that ever stood on one row."""
    numbers, types, a, b, who = {}, [], [], [], []
    blocked = names_nobody(world) if guarded else set()
    for row in world.rows:
        named = [(type_, row[type_]) for type_ in TYPES if type_ in row and (type_, row[type_]) not in blocked]
        for name in named:
            if numbers.setdefault(name, len(numbers)) == len(types):
                types.append(TYPES.index(name[0]))
        who.append(numbers[named[0]] if named else -1)
        a += [numbers[named[0]]] * (len(named) - 1)
        b += [numbers[name] for name in named[1:]]
    graph = LinkGraph.of(np.arange(len(numbers)), np.array(types, dtype=np.int8), np.array(a), np.array(b))
    customers = join(graph).customers if guarded else components(len(numbers), graph.a, graph.b)
    who = np.array(who)
    somebody = (who >= 0) & (customers[who] != NOBODY)
    return Clusters(customers[who[somebody]], world.person[somebody])


def pairs(*labels):
    """Pairs of rows that agree in all labels."""
    _, counts = np.unique(np.stack(labels), axis=1, return_counts=True)
    return int((counts * (counts - 1) // 2).sum())


def pair_precision(found):
    return pairs(found.customer, found.person) / pairs(found.customer)


def pair_recall(found, world):
    return pairs(found.customer, found.person) / pairs(world.person)


def b_cubed(found, world):
    """Precision and recall of Bagga and Baldwin (1998), averaged over rows; a row that is nobody's stands alone."""
    both = size_of(found.customer * (PEOPLE + 1) + found.person)
    alone = len(world.rows) - len(found.customer)
    true_size = np.bincount(world.person, minlength=PEOPLE)[found.person]
    precision = ((both / size_of(found.customer)).sum() + alone) / len(world.rows)
    lost = np.bincount(world.person, minlength=PEOPLE).mean()
    return precision, ((both / true_size).sum() + alone / lost) / len(world.rows)


def size_of(labels):
    _, at, counts = np.unique(labels, return_inverse=True, return_counts=True)
    return counts[at]


@pytest.fixture(scope="module")
def world():
    return plant(seed=11)


@pytest.fixture(scope="module")
def guarded(world):
    return clusters(world, guarded=True)


@pytest.fixture(scope="module")
def unguarded(world):
    return clusters(world, guarded=False)


def test_planted_people_are_not_taken_for_each_other(guarded, unguarded):
    assert pair_precision(guarded) >= 0.99
    assert pair_precision(unguarded) < 0.1
    assert size_of(guarded.customer).max() <= 25 < 1000 < size_of(unguarded.customer).max()


def test_what_the_guards_cost_is_little(world, guarded, unguarded):
    assert pair_recall(guarded, world) >= pair_recall(unguarded, world) - 0.005
    assert b_cubed(guarded, world) == pytest.approx(
        (0.994, 0.700), abs=0.001
    )  # as docs/algorithms/identity-quality.md says
    assert b_cubed(unguarded, world) == pytest.approx((0.942, 0.701), abs=0.001)
    assert len(guarded.customer) / len(world.rows) >= 0.99
