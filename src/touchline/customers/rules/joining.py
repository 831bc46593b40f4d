"""Who is the same customer: identifiers and recorded links in, one customer number per identifier out.

Strong identifiers (user id, e-mail, phone, external id) on one row are one person. Order and case ids join people only
where that cannot put two accounts into one; anonymous ids never join people, they attach to the only one they met.
The answer depends on the set of links, not on their order. docs/algorithms/identity.md tells it with an example.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

STRONG = ("user_id", "email", "phone", "external_id")
ATTACHING = ("order_id", "case_id")
ANONYMOUS = ("anonymous_id",)
TYPES = (*STRONG, *ATTACHING, *ANONYMOUS)
"""An identifier's type is kept as its position here."""
ONE_PER_PERSON = ("user_id", "external_id")
"""A person has one of each; an order or case that touches two of a kind joins nobody."""
MAX_PARTNERS = 5
"""An identifier seen with more than this many of one strong type (a call centre's phone, a shared mailbox) joins none of them."""

Integers = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int8]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class LinkGraph:
    """Identifiers in ascending order with the type of each, and the active links between them as positions."""

    identifiers: Integers
    types: Codes
    a: Integers
    b: Integers

    @classmethod
    def of(cls, identifiers: Integers, types: Codes, a: Integers, b: Integers) -> LinkGraph:
        """Build from identifier numbers; links to numbers that are not listed are left out."""
        order = np.argsort(identifiers, kind="stable")
        identifiers = identifiers[order]
        at_a, at_b = np.searchsorted(identifiers, a), np.searchsorted(identifiers, b)
        last = max(len(identifiers) - 1, 0)
        known = (a != b) & (identifiers[at_a.clip(max=last)] == a) & (identifiers[at_b.clip(max=last)] == b)
        low, high = _distinct_pairs(np.minimum(at_a, at_b)[known], np.maximum(at_a, at_b)[known])
        return cls(identifiers, types[order], low, high)


def customers(graph: LinkGraph) -> Integers:
    """Return each identifier's customer: the smallest identifier number among those that are the same person."""
    count = len(graph.identifiers)
    if count == 0:
        return np.empty(0, dtype=np.int64)
    strong = graph.types < len(STRONG)
    anonymous = graph.types >= len(STRONG) + len(ATTACHING)
    graph = _without_crowds(graph, anonymous)
    label = _components(count, *_links(graph, strong, strong))
    label = _join_by_orders(graph, label, strong, ~strong & ~anonymous)
    label = _attach_anonymous(graph, label, strong, anonymous)
    return graph.identifiers[_first_of_each(label)[label]]


def _components(count: int, a: Integers, b: Integers) -> Integers:
    from scipy.sparse import coo_array  # takes a fifth of a second to import; most commands join nobody
    from scipy.sparse.csgraph import connected_components

    matrix = coo_array((np.ones(len(a), dtype=np.int8), (a, b)), shape=(count, count))
    return np.asarray(connected_components(matrix, directed=False)[1], dtype=np.int64)


def _links(graph: LinkGraph, from_: Flags, to: Flags) -> tuple[Integers, Integers]:
    """Links between an identifier of the first set and one of the second, turned that way round."""
    forward = from_[graph.a] & to[graph.b]
    backward = to[graph.a] & from_[graph.b] & ~forward
    return np.concatenate([graph.a[forward], graph.b[backward]]), np.concatenate([graph.b[forward], graph.a[backward]])


def _without_crowds(graph: LinkGraph, anonymous: Flags) -> LinkGraph:
    keep = np.ones(len(graph.a), dtype=bool)
    for kind in STRONG:
        of_kind = graph.types == TYPES.index(kind)
        there, _ = _links(graph, np.ones_like(of_kind), of_kind)
        _, back = _links(graph, of_kind, of_kind)
        partners = np.bincount(there, minlength=len(of_kind)) + np.bincount(back, minlength=len(of_kind))
        crowded = (partners > MAX_PARTNERS) & ~anonymous
        keep &= ~(crowded[graph.a] & of_kind[graph.b]) & ~(crowded[graph.b] & of_kind[graph.a])
    return LinkGraph(graph.identifiers, graph.types, graph.a[keep], graph.b[keep])


def _join_by_orders(graph: LinkGraph, label: Integers, strong: Flags, attaching: Flags) -> Integers:
    """Let orders and cases join the people they touch, unless that would put two accounts into one."""
    count = len(label)
    group = _components(count, *_links(graph, attaching, attaching))
    order, person = _links(graph, attaching, strong)
    pairs = _distinct_pairs(group[order], label[person])
    accounts = [np.bincount(label[graph.types == TYPES.index(kind)], minlength=count) for kind in ONE_PER_PERSON]
    joins = _without_conflict(pairs[0], pairs, accounts, count)
    touched = _components(2 * count, pairs[0][joins], pairs[1][joins] + count)
    joins &= _without_conflict(touched[pairs[0]], pairs, accounts, 2 * count) | _sole(pairs, count)
    merged = _components(2 * count, pairs[0][joins], pairs[1][joins] + count)
    return np.unique(np.where(attaching, merged[group], merged[label + count]), return_inverse=True)[1]


def _without_conflict(bundle: Integers, pairs: tuple[Integers, Integers], accounts: list[Integers], size: int) -> Flags:
    """Per pair: whether the people of its bundle hold at most one account of each kind, or are one person."""
    bundles, people = _distinct_pairs(bundle, pairs[1])
    alone = np.bincount(bundles, minlength=size) <= 1
    fine = np.ones(size, dtype=bool)
    for held in accounts:
        fine &= np.bincount(bundles, weights=held[people], minlength=size) <= 1
    free: Flags = (fine | alone)[bundle]
    return free


def _sole(pairs: tuple[Integers, Integers], size: int) -> Flags:
    sole: Flags = (np.bincount(pairs[0], minlength=size) == 1)[pairs[0]]
    return sole


def _attach_anonymous(graph: LinkGraph, label: Integers, strong: Flags, anonymous: Flags) -> Integers:
    """Give an anonymous id to the only person it met; without a person, to the only order or case it met."""
    group = _components(len(label), *_links(graph, anonymous, anonymous))
    has_person = np.zeros(label.max() + 1, dtype=bool)
    has_person[label[strong]] = True
    device, met = _links(graph, anonymous, ~anonymous)
    named = has_person[label[met]]
    person = _only_partner(group[device][named], label[met][named], len(label))
    order = _only_partner(group[device][~named], label[met][~named], len(label))
    order[np.bincount(group[device][named], minlength=len(label)) > 0] = -1
    owner = _only_partner(label[met][~named], person[group[device][~named]], len(label), ignore=-1)
    label = np.where(~anonymous & (owner[label] >= 0), owner[label], label)
    chosen = np.where(person >= 0, person, np.where((order >= 0) & (owner[order] >= 0), owner[order], order))[group]
    return np.where(anonymous, np.where(chosen >= 0, chosen, group + label.max() + 1), label)


def _only_partner(left: Integers, right: Integers, size: int, ignore: int | None = None) -> Integers:
    """For each left number the only right one it is paired with; −1 for none or several."""
    if ignore is not None:
        left, right = left[right != ignore], right[right != ignore]
    left, right = _distinct_pairs(left, right)
    only = np.full(size, -1, dtype=np.int64)
    only[left] = right
    only[np.bincount(left, minlength=size) > 1] = -1
    return only


def _distinct_pairs(left: Integers, right: Integers) -> tuple[Integers, Integers]:
    if len(left) == 0:
        return left, right
    width = np.int64(right.max() + 1)
    keys = np.unique(left * width + right)
    return keys // width, keys % width


def _first_of_each(label: Integers) -> Integers:
    first = np.zeros(label.max() + 1, dtype=np.int64)
    first[label[::-1]] = np.arange(len(label) - 1, -1, -1)
    return first
