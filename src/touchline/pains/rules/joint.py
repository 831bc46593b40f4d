"""Journeys cut at orders, as the joint model of several pains takes them: which pains struck, and whether an order followed.

A cycle is what a customer did in one journey between two orders. It begins to count at its first visit to a touchpoint of
one of the pains, and ended well where an order came within the window after that.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from touchline.formulas.joint_loss import Cycles
from touchline.pains.rules.covariates import BAD_VISITS, History
from touchline.pains.rules.rows import MICROSECONDS_PER_DAY
from touchline.pains.rules.trials import Trial


def cycles(history: History, trials: Mapping[str, Trial], data_until: int, window_days: int) -> Cycles:
    """The cycles of all visits of the trials, by the id of each pain."""
    visits = history.visits
    visit = np.concatenate([each.visit for each in trials.values()])
    begins = np.concatenate([each.begins for each in trials.values()])
    pain = np.repeat(np.arange(len(trials)), [len(each) for each in trials.values()])
    bad = np.concatenate([each.bad for each in trials.values()])
    customer, time = visits.customer[visit], visits.time[visit]
    ordered_before = history.orders.count(customer, time + 1)
    order = np.lexsort((begins, time, ordered_before, visits.journey[visit], customer))
    keys = np.stack([customer, visits.journey[visit], ordered_before])[:, order]
    is_first = np.ones(len(order), np.bool_)
    is_first[1:] = (keys[:, 1:] != keys[:, :-1]).any(axis=0)
    number = np.cumsum(is_first) - 1
    first = order[is_first]
    had = np.zeros((len(first), len(trials)), np.bool_)
    np.logical_or.at(had, (number, pain[order]), bad[order])
    until = time[first] + window_days * MICROSECONDS_PER_DAY
    followed = until <= data_until
    outcome = history.orders.between(customer[first], time[first], until) > 0
    covariates = history.before(visit[first][followed], frozenset({BAD_VISITS}))
    return Cycles(
        pains=tuple(trials),
        had=had[followed],
        before=covariates.values,
        outcome=outcome[followed],
        customer=customer[first][followed],
    )
