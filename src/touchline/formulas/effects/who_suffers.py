"""Who meets a bad experience more often: groups found in half of the customers and confirmed in the other half.

A small tree parts visits by at most two facts known before them. What it finds in the half it learned from is too good to be true;
only what the other half says is shown. Sources: Breiman, Friedman, Olshen and Stone 1984, Classification and Regression Trees;
Athey and Imbens 2016, PNAS 113:7353 (one half to find, the other to tell); Rao and Scott 1992, Biometrics 48:577 (shares of
visits that come in customers).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.clustered import ClusteredShare, ClusterSums, Compared, clustered_share, compared
from touchline.formulas.effects.folds import folds_of
from touchline.formulas.effects.visits import Marks, Visits, Whole
from touchline.formulas.evidence import Change

SEED = 19_840_101
FACTS_DEEP = 2
FEWEST_VISITS = 50
"""In a group, in either half."""
FEWEST_CUSTOMERS = 200
"""In all; half of them find, half confirm."""
FEWEST_IN_GROUP = 10
"""Customers of a group, and of all others, in the half that confirms: figures of fewer could point at one of them."""


@dataclass(frozen=True)
class Condition:
    """One fact that visits of a group have in common."""

    fact: str
    is_above: bool
    threshold: float


@dataclass(frozen=True)
class Group:
    """Visits that were bad more often than all others, in the half that did not find them."""

    conditions: tuple[Condition, ...]
    bad: ClusteredShare
    """Of its visits."""
    elsewhere: ClusteredShare
    """Of all other visits."""
    more: Change
    """Its share less that of the others."""
    of_all_bad: float
    """Share of all bad visits that are its own."""


def who_suffers(visits: Visits, seed: int = SEED) -> tuple[Group, ...] | CannotSay:
    """Return the groups that suffer more often and are confirmed, the most often first; none where all suffer alike."""
    customers = len(np.unique(visits.customer))
    if customers < FEWEST_CUSTOMERS:
        return CannotSay(
            "few-customers", f"{customers:,} customers came; groups are told apart from {FEWEST_CUSTOMERS} on."
        )
    tells = confirming(visits.customer, seed)
    if not visits.bad[~tells].any() or visits.bad[~tells].all():
        return CannotSay("all-alike", "All visits were bad, or none: nobody suffers more than others.")
    found = [
        (conditions, inside & tells, ~inside & tells)
        for conditions, inside in _leaves(visits, ~tells)
        if conditions and _is_large(visits, inside & tells, ~inside & tells)
    ]
    pairs = [(_share(visits, others), _share(visits, inside)) for _, inside, others in found]
    total = max(int(np.count_nonzero(visits.bad[tells])), 1)
    groups = [
        Group(conditions, one.second, one.first, one.change, one.second.count / total)
        for (conditions, _, _), one in zip(found, compared(pairs), strict=True)
        if is_suffering_more(one)
    ]
    return tuple(sorted(groups, key=lambda one: -(one.bad.value or 0.0)))


def confirming(customer: Whole, seed: int = SEED) -> Marks:
    """Which visits are of the half of customers that confirms what the other half found."""
    half: Marks = folds_of(customer, seed, 2) != 0
    return half


def meeting(visits: Visits, conditions: Iterable[Condition]) -> Marks:
    """Which visits meet all conditions. Raises ValueError where a fact is not known of the visits."""
    inside = np.ones(len(visits), bool)
    for each in conditions:
        inside &= _is_above(visits, visits.names.index(each.fact), each.threshold) == each.is_above
    return inside


def is_suffering_more(one: Compared) -> bool:
    """Whether a group (the second of the two) suffers more often than the others, and chance is no likely reason."""
    return one.is_found and (one.change.difference or 0.0) > 0


def _is_large(visits: Visits, inside: Marks, others: Marks) -> bool:
    """Whether a group, in the half that confirms, may be shown beside all others."""
    people = [len(np.unique(visits.customer[side])) for side in (inside, others)]
    return int(np.count_nonzero(inside)) >= FEWEST_VISITS and min(people) >= FEWEST_IN_GROUP


def _is_above(visits: Visits, column: int, threshold: float) -> Marks:
    above: Marks = visits.covariates[:, column].astype(np.float32) > threshold
    return above


def _leaves(visits: Visits, learns: Marks) -> list[tuple[tuple[Condition, ...], Marks]]:
    """What the tree parts visits into: the conditions of each leaf, and which visits meet them."""
    from sklearn.tree import DecisionTreeClassifier

    fitted = DecisionTreeClassifier(max_depth=FACTS_DEEP, min_samples_leaf=FEWEST_VISITS, random_state=0).fit(
        visits.covariates[learns], visits.bad[learns]
    )
    tree = fitted.tree_
    open_nodes: list[tuple[int, tuple[Condition, ...], Marks]] = [(0, (), np.ones(len(visits), bool))]
    leaves: list[tuple[tuple[Condition, ...], Marks]] = []
    while open_nodes:
        node, conditions, inside = open_nodes.pop()
        column, threshold = int(tree.feature[node]), float(tree.threshold[node])
        if column < 0:
            leaves.append((conditions, inside))
            continue
        above = _is_above(visits, column, threshold)
        for is_above, child in ((False, tree.children_left[node]), (True, tree.children_right[node])):
            further = (*conditions, Condition(visits.names[column], is_above, threshold))
            open_nodes.append((int(child), further, inside & (above == is_above)))
    return leaves


def _share(visits: Visits, inside: Marks) -> ClusteredShare:
    whose = np.unique(visits.customer[inside], return_inverse=True)[1]
    came = np.bincount(whose)
    bad = np.bincount(whose, visits.bad[inside]).astype(np.int64)
    return clustered_share(
        ClusterSums(
            x=int(bad.sum()),
            n=int(came.sum()),
            clusters=len(came),
            x_squared=int(bad @ bad),
            x_times_n=int(bad @ came),
            n_squared=int(came @ came),
        )
    )
