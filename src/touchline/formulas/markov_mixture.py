"""Kinds of ways people take: a mixture of first-order Markov chains, fitted by expectation–maximisation.

Everybody is of one of K kinds; each kind has chances of its own for what comes after what. Sources: Cadez, Heckerman,
Meek, Smyth and White 2003, Data Mining and Knowledge Discovery 7:399 (the mixture and its EM); Schwarz 1978, Annals of
Statistics 6:461 (BIC); Biernacki, Celeux and Govaert 2003, Computational Statistics & Data Analysis 41:561 (many short
runs, then the best one to its end); Ueda, Nakano, Ghahramani and Hinton 2000, Neural Computation 12:2109 (merging kinds gets
out of places where EM stays). The runs start from k-means on TF-IDF of steps and transitions, with one kind too many.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import reduce
from itertools import combinations
from math import log
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Floats: TypeAlias = "NDArray[np.float64]"

SEED = 20_031_001
"""Fixed: the same data must give the same kinds."""

PRIOR_STEPS = 1.0
"""A chain of a kind begins as everybody's chain, seen this many times per state: no chance is ever zero."""

STARTS = 10
START_RUN = 30
SHORT_RUN = 12
LONG_RUN = 300
"""Iterations of k-means, and of the mixture from there; a run ends earlier where an iteration gains less than `GAIN` of the log-likelihood."""
GAIN = 1e-6

SEARCHED_PEOPLE = 10_000
"""The short runs look at no more people than this, drawn at random."""

DIMENSIONS = 20
"""Of the space in which k-means looks for starts."""

RARE_BELOW = 20
"""Transitions that occur less often are told together per state: how a state's rare ones divide is the same in every
kind. Otherwise thousands of chances that nobody's steps can tell are paid for in BIC."""


@dataclass(frozen=True)
class Ways:
    """The distinct ways people took, and how many took each."""

    counts: csr_matrix
    """Ways × transitions: how often each transition occurs in a way."""
    leaves: NDArray[np.int64]
    """The state that each transition leaves, 0 or more."""
    people: Floats
    """How many took each way."""
    places: Floats | None = None
    """Where each way lies in the space in which starts are looked for; see `located`."""

    @property
    def n(self) -> int:
        """Everybody."""
        return int(self.people.sum())

    @property
    def free(self) -> int:
        """Free chances of one chain: transitions less the states they leave."""
        return len(self.leaves) - len(np.unique(self.leaves))


def ways_of(counts: csr_matrix, leaves: NDArray[np.int64], people: NDArray[np.int64]) -> Ways:
    """Make ways of counts ways × transitions: states are numbered anew, and each state's rare transitions become one."""
    from scipy.sparse import csr_matrix

    leaves = np.unique(leaves, return_inverse=True)[1]
    common = counts.T @ people >= RARE_BELOW
    states, rare = np.unique(leaves[~common], return_inverse=True)
    column = np.empty(len(leaves), np.int64)
    column[common] = np.arange(np.count_nonzero(common))
    column[~common] = np.count_nonzero(common) + rare
    together = csr_matrix((np.ones(len(leaves)), (np.arange(len(leaves)), column)))
    return Ways(
        (counts @ together).tocsr(),
        np.concatenate([leaves[common], states]).astype(np.int64),
        people.astype(np.float64),
    )


@dataclass(frozen=True)
class Mixture:
    """K chains. Arrays over kinds are of length K, `log_chances` is transitions × K."""

    shares: Floats
    log_chances: Floats
    log_likelihood: float
    bic: float
    """Smaller is better."""

    @property
    def kinds(self) -> int:
        """K."""
        return len(self.shares)

    def chances(self, ways: Ways) -> Floats:
        """How probable each kind is for each way, ways × K."""
        return _responsible(ways, self.shares, self.log_chances)[0]

    def kind_of(self, ways: Ways) -> NDArray[np.int64]:
        """The most probable kind of each way."""
        kind: NDArray[np.int64] = self.chances(ways).argmax(axis=1)
        return kind


def mixture(ways: Ways, kinds: int, seed: int = SEED, starts: int = STARTS, everybody: Floats | None = None) -> Mixture:
    """Fit so many kinds: short runs on some of the people, then the best of them on everybody to its end.

    `everybody` are the chances of the chain that every kind leans on; None: those of `ways`.
    """
    everybody = pooled(ways) if everybody is None else everybody
    if kinds == 1:
        return _fitted(ways, np.ones(1), np.log(everybody)[:, None])
    with _one_thread():
        some = _some_of(located(ways, seed), seed)
        best: tuple[float, Floats, Floats] | None = None
        for labels in _starts(some, kinds + 1, seed, starts):
            first = np.full((len(labels), kinds + 1), 0.1 / (kinds + 1))
            first[np.arange(len(labels)), labels] += 0.9
            _, shares, log_chances = _run(some, *_maximised(some, first, everybody), everybody, SHORT_RUN)
            found = _run(some, *merged(some, shares, log_chances, everybody), everybody, SHORT_RUN)
            if best is None or found[0] > best[0]:
                best = found
        assert best is not None  # noqa: S101 there is at least one start
        _, shares, log_chances = _run(ways, best[1], best[2], everybody, LONG_RUN)
    return _fitted(ways, shares, log_chances)


def _run(ways: Ways, shares: Floats, log_chances: Floats, everybody: Floats, most: int) -> tuple[float, Floats, Floats]:
    likelihood = -np.inf
    for _ in range(most):
        responsible, now = _responsible(ways, shares, log_chances)
        shares, log_chances = _maximised(ways, responsible, everybody)
        if now - likelihood < GAIN * abs(now):
            break
        likelihood = now
    return now, shares, log_chances


def merged(ways: Ways, shares: Floats, log_chances: Floats, everybody: Floats) -> tuple[Floats, Floats]:
    """One kind less: the two made one whose difference tells least.

    Where a small kind hides in a large one, a kind too many finds it, and of the others two are alike.
    """
    responsible, _ = _responsible(ways, shares, log_chances)
    best: tuple[float, Floats, Floats] | None = None
    for one, other in combinations(range(len(shares)), 2):
        together = np.delete(responsible, other, axis=1)
        together[:, one] += responsible[:, other]
        tried = _maximised(ways, together, everybody)
        likelihood = _responsible(ways, *tried)[1]
        if best is None or likelihood > best[0]:
            best = (likelihood, *tried)
    assert best is not None  # noqa: S101 there are two kinds at least
    return best[1], best[2]


def _responsible(ways: Ways, shares: Floats, log_chances: Floats) -> tuple[Floats, float]:
    """The E step: how probable each kind is for each way, and the log-likelihood."""
    joint = ways.counts @ log_chances
    joint += np.log(np.maximum(shares, 1e-300))
    largest = reduce(
        np.maximum, joint.T[1:], joint[:, 0].copy()
    )  # several times as fast as the largest of each short row
    np.exp(joint - largest[:, None], out=joint)
    total = joint @ np.ones(joint.shape[1])
    joint /= total[:, None]
    return joint, float(ways.people @ (largest + np.log(total)))


def _maximised(ways: Ways, responsible: Floats, everybody: Floats) -> tuple[Floats, Floats]:
    """The M step: shares and log chances, each chain leaning on everybody's by `PRIOR_STEPS`."""
    weighted = responsible * ways.people[:, None]
    taken = ways.counts.T @ weighted + PRIOR_STEPS * everybody[:, None]
    left = _by_state(ways.leaves, taken)
    return weighted.sum(axis=0) / ways.people.sum(), np.log(taken / left[ways.leaves])


def _by_state(leaves: NDArray[np.int64], taken: Floats) -> Floats:
    left = np.zeros((leaves.max() + 1, taken.shape[1]))
    np.add.at(left, leaves, taken)
    return left


def pooled(ways: Ways) -> Floats:
    """Everybody's chances: the one chain of K = 1."""
    taken = (ways.counts.T @ ways.people)[:, None]
    chances: Floats = (taken / _by_state(ways.leaves, taken)[ways.leaves])[:, 0]
    return chances


def _fitted(ways: Ways, shares: Floats, log_chances: Floats) -> Mixture:
    order = np.argsort(-shares, kind="stable")
    likelihood = _responsible(ways, shares[order], log_chances[:, order])[1]
    found = bic(likelihood, len(shares), ways.free, ways.n)
    return Mixture(shares[order], log_chances[:, order], likelihood, found)


def bic(log_likelihood: float, kinds: int, free: int, people: int) -> float:
    """Return BIC, smaller is better: every kind has `free` chances of its own, and all but one a share."""
    return (kinds * free + kinds - 1) * log(people) - 2 * log_likelihood


def _some_of(ways: Ways, seed: int) -> Ways:
    if ways.n <= SEARCHED_PEOPLE:
        return ways
    rng = np.random.default_rng(seed)
    chosen = rng.choice(np.repeat(np.arange(len(ways.people)), ways.people.astype(np.int64)), SEARCHED_PEOPLE, False)
    return only(ways, np.bincount(chosen, minlength=len(ways.people)))


def only(ways: Ways, people: NDArray[np.int64]) -> Ways:
    """The ways that somebody takes."""
    taken = np.flatnonzero(people)
    places = None if ways.places is None else ways.places[taken]
    return Ways(ways.counts[taken], ways.leaves, people[taken].astype(np.float64), places)


def located(ways: Ways, seed: int = SEED) -> Ways:
    """The same ways with their places: TF-IDF of steps and transitions in few dimensions, found in some of the people."""
    if ways.places is not None:
        return ways
    from scipy.sparse import csr_matrix, hstack
    from sklearn.decomposition import TruncatedSVD
    from sklearn.feature_extraction.text import TfidfTransformer

    transitions = len(ways.leaves)
    steps = csr_matrix((np.ones(transitions), (np.arange(transitions), ways.leaves)))
    terms = TfidfTransformer().fit_transform(hstack([ways.counts @ steps, ways.counts]).tocsr())
    some = np.random.default_rng(seed).permutation(len(ways.people))[:SEARCHED_PEOPLE]
    dimensions = min(DIMENSIONS, terms.shape[1] - 1, len(some) - 1)
    if dimensions < 1:
        return replace(ways, places=terms.toarray())
    with _one_thread():
        space = TruncatedSVD(dimensions, random_state=seed).fit(terms[np.sort(some)])
        return replace(ways, places=space.transform(terms))


def _starts(ways: Ways, kinds: int, seed: int, starts: int) -> Iterator[NDArray[np.int64]]:
    """Groupings of located ways: k-means on their places."""
    from sklearn.cluster import KMeans

    for start in range(starts):
        grouping = KMeans(min(kinds, len(ways.people)), n_init=1, max_iter=START_RUN, random_state=seed + start)
        yield grouping.fit(ways.places, sample_weight=ways.people).labels_


@contextmanager
def _one_thread() -> Iterator[None]:
    """Let libraries add up in one thread: with several, sums differ in their last digits from run to run."""
    from threadpoolctl import threadpool_limits

    with threadpool_limits(limits=1):
        yield
