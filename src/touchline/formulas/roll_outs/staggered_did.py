"""A change that reached groups at different dates: an effect for every start and period, averaged afterwards.

Groups that start at one date are compared, from their last period before it, with groups that had not started by then.
Groups that already have the change never serve as comparison. The average weighs every starting group alike.

Source: Callaway and Sant'Anna 2021, Journal of Econometrics 225:200 (equation 2.8 with not-yet-treated controls, without
covariates; aggregation of their equation 3.7 by group). With tens of groups rather than thousands, p and interval come
from dealing the starts out anew, not from their bootstrap.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.check import Check
from touchline.formulas.roll_outs.collapsed_did import FEWEST_BEFORE, FEWEST_GROUPS, NOTICED, slopes
from touchline.formulas.roll_outs.measured import Measured
from touchline.formulas.roll_outs.panel import NEVER, Panel, Values, with_holes
from touchline.formulas.roll_outs.permutation import Starts, dealt


@dataclass(frozen=True)
class GroupTimeEffect:
    """The effect in one period on the groups that started at one date."""

    start: int
    period: int
    effect: float
    """NaN where no group was left to compare with."""
    groups: int


def staggered_did(found: Panel) -> Measured | CannotSay:
    """Return what the change did on average over every starting group's periods with it."""
    refusal = with_holes(found) or _refused(found)
    if refusal is not None:
        return refusal
    effect = float(_overall(found.values, found.starts[None, :])[0])
    tried = dealt(found, _overall)
    if np.isnan(effect) or tried is None:
        return CannotSay(
            "nobody-left",
            "When the groups started, no other group was left without the change to compare them with, or there are too "
            "few groups to deal the starts out otherwise.",
        )
    treated_after = float(
        np.mean([found.values[at, start:].mean() for at, start in enumerate(found.starts) if start != NEVER])
    )
    return Measured(
        "staggered-did",
        effect,
        tried.low,
        tried.high,
        tried.p,
        treated_groups=int(found.treated.sum()),
        control_groups=int((~found.treated).sum()),
        periods_before=found.dates[0],
        periods_after=found.periods - found.dates[0],
        expected=treated_after - effect,
        checks=(_pre_trend(found), _placebo_date(found)),
    )


def group_time_effects(values: Values, starts: Starts) -> tuple[GroupTimeEffect, ...]:
    """Return the effect for every start and every period from it on, in order."""
    effects = []
    for start in np.unique(starts[starts != NEVER]):
        gaps = _gaps(values, starts[None, :], int(start))[0]
        members = int((starts == start).sum())
        effects += [
            GroupTimeEffect(int(start), period, float(gaps[period]), members)
            for period in range(int(start), values.shape[1])
        ]
    return tuple(effects)


def _gaps(values: Values, deals: Starts, start: int) -> Values:
    """Return, per deal and period, how far the starters moved from their last period before beyond those still waiting."""
    since = values - values[:, [start - 1]]
    gaps = np.full((len(deals), values.shape[1]), np.nan)
    members = (deals == start).sum(axis=1)
    starters = (deals == start) @ since / np.maximum(members, 1)[:, None]
    for border in np.unique(np.maximum(deals, start)):  # between two starts the same groups wait
        waiting = (deals == NEVER) | (deals > border)
        later = deals[deals > border]
        until = int(later.min()) if later.size else values.shape[1]
        here = slice(0 if border == start else border, until)
        counts = waiting.sum(axis=1)[:, None]
        with np.errstate(invalid="ignore", divide="ignore"):
            gaps[:, here] = starters[:, here] - (waiting @ since[:, here]) / counts
    return gaps


def _overall(values: Values, deals: Starts) -> Values:
    """Return the effect per deal, averaged over starting groups; NaN where nobody was left to compare with."""
    total, members = np.zeros(len(deals)), np.zeros(len(deals))
    for start in np.unique(deals[deals != NEVER]):
        after = _gaps(values, deals, int(start))[:, int(start) :]
        known = ~np.isnan(after)
        here = (deals == start).sum(axis=1) * known.any(axis=1)
        total += here * np.where(known, after, 0.0).sum(axis=1) / np.maximum(known.sum(axis=1), 1)
        members += here
    return np.where(members > 0, total / np.maximum(members, 1), np.nan)


def _refused(found: Panel) -> CannotSay | None:
    treated = int(found.treated.sum())
    if treated == 0:
        return CannotSay("nobody-treated", "No group got the change.")
    if len(found.groups) < FEWEST_GROUPS:
        return CannotSay(
            "too-few-groups",
            f"There are {len(found.groups)} groups. Measuring a change that came at different dates needs at least "
            f"{FEWEST_GROUPS}.",
        )
    if treated == len(found.groups) and len(found.dates) == 1:
        return CannotSay(
            "nobody-left", f"All {treated} groups got the change at once: there is nobody to compare with."
        )
    if found.dates[0] < FEWEST_BEFORE:
        return CannotSay(
            "too-few-before",
            f"The first group started after {found.dates[0]} periods. At least {FEWEST_BEFORE} before any start are needed "
            "to see that the groups went the same way.",
        )
    return None


def _pre_trend(found: Panel) -> Check:
    """Compare rises before the first start of all, where no group has the change yet."""
    first = found.dates[0]

    def rise_apart(values: Values, deals: Starts) -> Values:
        order = np.where(deals == NEVER, found.periods, deals).astype(np.float64)
        centred = order - order.mean(axis=1, keepdims=True)
        apart: Values = -(centred @ slopes(values[:, :first])) / (centred**2).sum(axis=1)
        return apart

    tried = dealt(found, rise_apart)
    if tried is None:
        return Check("pre-trend", None, "There are too few groups to see whether they went the same way before.")
    passed = tried.p >= NOTICED
    return Check(
        "pre-trend",
        passed,
        "Before anybody had the change, groups that got it earlier "
        f"{'went the way the others did' if passed else 'already went another way'} (p {tried.p:.2f}).",
    )


def _placebo_date(found: Panel) -> Check:
    """Pretend every group started half the shortest wait earlier, and look only at periods without the change."""
    first = found.dates[0]
    early = max(first // 2, 1)
    before = found.values[:, :first]
    shifted = np.where(found.treated, early, NEVER)
    if not (~found.treated).any():
        shifted = np.where(found.starts == first, early, NEVER)
    pretended = Panel(found.groups, before, shifted.astype(np.int64))
    tried = dealt(pretended, _overall)
    if tried is None:
        return Check("placebo-date", None, "There are too few groups to try a date at which nothing happened.")
    effect = float(_overall(before, pretended.starts[None, :])[0])
    passed = tried.p >= NOTICED
    return Check(
        "placebo-date",
        passed,
        f"At a date before any start, the same sum finds {effect:+.3g} (p {tried.p:.2f}): "
        f"{'nothing, as it should' if passed else 'something where nothing was'}.",
    )
