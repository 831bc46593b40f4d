"""Who is the same customer: identifiers and recorded links in, one customer number per identifier out.

Strong identifiers join people from the highest priority to the lowest: mailboxes join what user ids are there, phones
join people of user ids and mailboxes, and so on; then orders and cases. Each joins only where that puts no two accounts,
and not too many names of one kind, into one customer. Anonymous ids never join people, they attach to the only one they
met. The answer depends on the set of links, not on their order. docs/algorithms/identity.md tells it with an example,
docs/adr/0010-identity.md why.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from touchline.customers.rules.guards import (
    ALLOWED,
    ANONYMOUS,
    ATTACHING,
    CONFLICT,
    CROWD,
    MAX_DEVICES,
    MAX_PARTNERS,
    MAX_PER_CUSTOMER,
    MAX_PER_ORDER,
    NOBODY,
    PUBLIC_DEVICE,
    SHARED_DEVICE,
    STRONG,
    TILL,
    TYPES,
)
from touchline.customers.rules.link_graph import (
    Codes,
    Flags,
    Integers,
    LinkGraph,
    components,
    distinct_pairs,
    first_of_each,
    only_partner,
)

LEVELS = (*((type_,) for type_ in STRONG), ATTACHING)
"""Whoever is named by a type joins before the types behind it are looked at."""


@dataclass(frozen=True)
class Joined:
    """Per identifier, in ascending order of their numbers."""

    customers: Integers
    """The smallest identifier number among those that are the same person; NOBODY for a public device."""
    refused: Codes
    """Code of the guard that kept it from joining people, ALLOWED where none did."""


def join(graph: LinkGraph) -> Joined:
    """Decide who is the same customer."""
    count = len(graph.identifiers)
    if count == 0:
        return Joined(np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int8))
    graph, refused = _without_crowds(graph)
    label = np.arange(count, dtype=np.int64)
    for level in LEVELS:
        label, conflicting = _join_level(graph, label, level)
        refused[conflicting & (refused == ALLOWED)] = CONFLICT
    label, met = _attach_anonymous(graph, label)
    refused[met > 1] = SHARED_DEVICE
    refused[met > MAX_PARTNERS] = PUBLIC_DEVICE
    found = graph.identifiers[first_of_each(label)[label]]
    return Joined(np.where(met > MAX_PARTNERS, NOBODY, found), refused)


def join_strong_only(graph: LinkGraph) -> Integers:
    """Decide with rows of strong identifiers alone: orders, cases and browsers stay on their own."""
    weak = graph.types >= len(STRONG)
    return join(graph.without(weak[graph.a] | weak[graph.b])).customers


def _without_crowds(graph: LinkGraph) -> tuple[LinkGraph, Codes]:
    """Take out what crowded identifiers were seen with. A user id may have any number of browsers: somebody logged in."""
    anonymous = _of(graph, ANONYMOUS)
    refused = np.zeros(len(graph.types), dtype=np.int8)
    dropped = np.zeros(len(graph.a), dtype=bool)
    everybody = np.ones(len(graph.types), dtype=bool)
    kinds = [(type_, MAX_PARTNERS, CROWD, anonymous) for type_ in STRONG]
    kinds += [(ANONYMOUS[0], MAX_DEVICES, TILL, anonymous | _of(graph, ("user_id",)))]
    for type_, limit, code, exempt in kinds:
        of_kind = _of(graph, (type_,))
        there, _ = graph.between(everybody, of_kind)
        _, back = graph.between(of_kind, of_kind)
        partners = np.bincount(there, minlength=len(of_kind)) + np.bincount(back, minlength=len(of_kind))
        crowded = (partners > limit) & ~exempt
        dropped |= (crowded[graph.a] & of_kind[graph.b]) | (crowded[graph.b] & of_kind[graph.a])
        refused[crowded & (refused == ALLOWED)] = code
    return graph.without(dropped), refused


def _join_level(graph: LinkGraph, label: Integers, level: tuple[str, ...]) -> tuple[Integers, Flags]:
    """Let the identifiers of one level join the people of the levels before. Also says which of them were refused."""
    count = len(label)
    mine = _of(graph, level)
    if not mine.any():
        return label, mine
    limits = MAX_PER_CUSTOMER if level != ATTACHING else MAX_PER_ORDER
    group = _together(graph, mine, limits.get(level[0]) if level != ATTACHING else None)
    node, person = graph.between(mine, graph.types < TYPES.index(level[0]))
    pairs = distinct_pairs(group[node], label[person])
    joins = _joins(graph, label, group, pairs, limits)
    refused = np.zeros(count, dtype=bool)
    refused[pairs[0][~joins]] = True
    merged = components(2 * count, pairs[0][joins], pairs[1][joins] + count)
    return _compact(np.where(mine, merged[group], merged[label + count]), 2 * count), mine & refused[group]


def _together(graph: LinkGraph, mine: Flags, limit: int | None) -> Integers:
    """Number the identifiers of a level; linked ones (an order and its case) are one, unless they are too many."""
    count = len(mine)
    a, b = graph.between(mine, mine)
    group = components(count, a, b)
    if limit is None or not len(a):
        return group
    is_few = (np.bincount(group[mine], minlength=count) <= limit)[group[a]]
    return components(count, a[is_few], b[is_few])


def _joins(
    graph: LinkGraph, label: Integers, group: Integers, pairs: tuple[Integers, Integers], limits: Mapping[str, int]
) -> Flags:
    """Per pair of group and person, whether the group may join the person.

    First each group is asked by itself, then with all that its joins would chain together. Where a chain would put too
    much into one customer, those groups of it lose that touch several people, whichever became known first.
    """
    count = len(label)
    held = [
        (np.bincount(label[kind], minlength=count), np.bincount(group[kind], minlength=count), limit)
        for kind, limit in ((_of(graph, (type_,)), limit) for type_, limit in limits.items())
    ]
    sole = (np.bincount(pairs[0], minlength=count) == 1)[pairs[0]]
    joins = _fits(pairs[0], pairs, held, count)
    if not sole.all():
        joins &= sole | _fits(_chains(pairs, joins, count), pairs, held, 2 * count)
    joins &= _fits(_chains(pairs, joins, count), pairs, held, 2 * count)
    return joins


def _chains(pairs: tuple[Integers, Integers], joins: Flags, count: int) -> Integers:
    return components(2 * count, pairs[0][joins], pairs[1][joins] + count)[pairs[0]]


def _fits(
    bundle: Integers, pairs: tuple[Integers, Integers], held: list[tuple[Integers, Integers, int]], size: int
) -> Flags:
    """Per pair: whether all that its bundle brings together is within the limits. One person alone may hold anything."""
    people, groups = distinct_pairs(bundle, pairs[1]), distinct_pairs(bundle, pairs[0])
    alone = np.bincount(people[0], minlength=size) <= 1
    fine = np.ones(size, dtype=bool)
    for of_people, of_groups, limit in held:
        brought = np.bincount(groups[0], weights=of_groups[groups[1]], minlength=size)
        there = np.bincount(people[0], weights=of_people[people[1]], minlength=size)
        fine &= (brought <= limit) & (alone | (there + brought <= limit))
    fits: Flags = fine[bundle]
    return fits


def _attach_anonymous(graph: LinkGraph, label: Integers) -> tuple[Integers, Integers]:
    """Give an anonymous id to the only person it met; without a person, to the only order or case it met.

    Also says of each how many people it met.
    """
    count = len(label)
    anonymous = _of(graph, ANONYMOUS)
    group = components(count, *graph.between(anonymous, anonymous))
    has_person = np.zeros(label.max() + 1, dtype=bool)
    has_person[label[graph.types < len(STRONG)]] = True
    device, met = graph.between(anonymous, ~anonymous)
    named = has_person[label[met]]
    people_met = np.bincount(distinct_pairs(group[device][named], label[met][named])[0], minlength=count)
    person = only_partner(group[device][named], label[met][named], count)
    order = only_partner(group[device][~named], label[met][~named], count)
    order[people_met > 0] = -1
    owner = only_partner(label[met][~named], person[group[device][~named]], count, ignore=-1)
    label = np.where(~anonymous & (owner[label] >= 0), owner[label], label)
    chosen = np.where(person >= 0, person, np.where((order >= 0) & (owner[order] >= 0), owner[order], order))[group]
    joined = np.where(anonymous, np.where(chosen >= 0, chosen, group + label.max() + 1), label)
    return joined, np.where(anonymous, people_met[group], 0)


def _of(graph: LinkGraph, types: tuple[str, ...]) -> Flags:
    codes = [TYPES.index(type_) for type_ in types]
    of_types: Flags = (graph.types >= codes[0]) & (graph.types <= codes[-1])
    return of_types


def _compact(numbers: Integers, size: int) -> Integers:
    """Number anew from 0 without gaps."""
    there = np.zeros(size, dtype=np.int64)
    there[numbers] = 1
    compact: Integers = (np.cumsum(there) - 1)[numbers]
    return compact
