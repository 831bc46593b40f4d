"""Who meets a bad experience more often: groups found in half of the customers and confirmed in the other half.

A small tree parts visits by at most two facts known before them. What it finds in the half it learned from is too good to be true;
only what the other half says is shown. Sources: Breiman, Friedman, Olshen and Stone 1984, Classification and Regression Trees;
Athey and Imbens 2016, PNAS 113:7353 (one half to find, the other to tell); Rao and Scott 1992, Biometrics 48:577 (shares of
visits that come in customers).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.clustered import ClusteredShare, ClusterSums, Compared, clustered_share, compared
from touchline.formulas.effects.folds import folds_of
from touchline.formulas.effects.visits import Marks, Visits
from touchline.formulas.evidence import Change

SEED = 19_840_101
FACTS_DEEP = 2
FEWEST_VISITS = 50
"""In a group, in either half."""
FEWEST_CUSTOMERS = 200
"""In all; half of them find, half confirm."""


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
    learns = folds_of(visits.customer, seed, 2) == 0
    if not visits.bad[learns].any() or visits.bad[learns].all():
        return CannotSay("all-alike", "All visits were bad, or none: nobody suffers more than others.")
    found = [
        (conditions, inside & ~learns)
        for conditions, inside in _leaves(visits, learns)
        if conditions and np.count_nonzero(inside & ~learns) >= FEWEST_VISITS
    ]
    pairs = [(_share(visits, ~inside & ~learns), _share(visits, inside)) for _, inside in found]
    total = max(int(np.count_nonzero(visits.bad[~learns])), 1)
    groups = [
        Group(conditions, one.second, one.first, one.change, one.second.count / total)
        for (conditions, _), one in zip(found, compared(pairs), strict=True)
        if is_suffering_more(one)
    ]
    return tuple(sorted(groups, key=lambda one: -(one.bad.value or 0.0)))


def is_suffering_more(one: Compared) -> bool:
    """Whether a group (the second of the two) suffers more often than the others, and chance is no likely reason."""
    return one.is_found and (one.change.difference or 0.0) > 0


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
        above = visits.covariates[:, column].astype(np.float32) > threshold
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
