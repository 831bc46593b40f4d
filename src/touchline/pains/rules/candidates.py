"""Which pairs of touchpoint and symptom are looked at further: enough sufferers, and whether the share stands out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from touchline.formulas.clustered import ClusteredShare, ClusterSums, clustered_share, compared
from touchline.pains.rules.rows import Flags, Ints, VisitRows
from touchline.pains.rules.trials import Trial

FEWEST_SUFFERERS: Final = 30
"""Customers with at least one bad visit."""


@dataclass(frozen=True)
class Counted:
    """How often a symptom occurs at a touchpoint."""

    trial: Trial
    share: ClusteredShare
    """Bad visits of visits that could have been."""
    baseline: ClusteredShare
    """The same at the other touchpoints of the stage; of the whole journey where the stage has none."""
    is_of_stage: bool
    """Whether the baseline is of the stage."""
    stands_out: bool
    """Whether the share lies above the baseline, at most a tenth of such findings being false."""
    sufferers: int
    customers: int

    @property
    def is_enough(self) -> bool:
        """Whether enough customers suffer to look further."""
        return self.sufferers >= FEWEST_SUFFERERS


def counted(trials: Sequence[Trial], visits: VisitRows, stage_of: Ints) -> list[Counted]:
    """Count every trial and compare it with its stage; one family of comparisons over everything."""
    found: list[tuple[Trial, ClusteredShare, ClusteredShare, bool]] = []
    for symptom in dict.fromkeys(each.symptom for each in trials):
        own = {each.touchpoint: each for each in trials if each.symptom == symptom}
        for trial in own.values():
            others = [other for place, other in own.items() if place != trial.touchpoint]
            same = [other for other in others if stage_of[other.touchpoint] == stage_of[trial.touchpoint]]
            baseline = _share(same or others, visits)
            found.append((trial, _share([trial], visits), baseline, bool(same)))
    differences = compared([(baseline, share) for _, share, baseline, _ in found])
    return [
        Counted(
            trial=trial,
            share=share,
            baseline=baseline,
            is_of_stage=is_of_stage,
            stands_out=each.is_found and (each.change.difference or 0.0) > 0,
            sufferers=len(np.unique(visits.customer[trial.visit[trial.bad]])),
            customers=share.clusters,
        )
        for (trial, share, baseline, is_of_stage), each in zip(found, differences, strict=True)
    ]


def _share(trials: Sequence[Trial], visits: VisitRows) -> ClusteredShare:
    if not trials:
        return ClusteredShare(0, 0, 0, 1.0, None, None, None)
    customer = visits.customer[np.concatenate([each.visit for each in trials])]
    bad = np.concatenate([each.bad for each in trials])
    return clustered_share(cluster_sums(customer, bad))


def cluster_sums(customer: Ints, bad: Flags) -> ClusterSums:
    """What the variance of a share rests on, of visits by customers."""
    _, whose = np.unique(customer, return_inverse=True)
    n = np.bincount(whose).astype(np.int64)
    x = np.bincount(whose, bad, len(n)).astype(np.int64)
    return ClusterSums(
        x=int(x.sum()),
        n=int(n.sum()),
        clusters=len(n),
        x_squared=int((x * x).sum()),
        x_times_n=int((x * n).sum()),
        n_squared=int((n * n).sum()),
    )


def by_touchpoint(found: Sequence[Counted]) -> Mapping[tuple[int, str], Counted]:
    """By touchpoint and symptom."""
    return {(each.trial.touchpoint, each.trial.symptom): each for each in found}
