"""A change in some groups at one date: difference-in-differences, with each group collapsed to one number.

Each group's mean after the start minus its mean before; then treated groups against the others, with Student's t over
groups. Periods of one group hang together, so counting them as independent (two-way fixed effects with ordinary errors)
would leave out the truth in a third of cases where 5 % are promised.

Sources: Bertrand, Duflo and Mullainathan 2004, QJE 119:249, section IV.C; Donald and Lang 2007, Review of Economics and
Statistics 89:221 (t with G − 2 degrees of freedom).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.check import Check
from touchline.formulas.roll_outs.measured import Measured
from touchline.formulas.roll_outs.panel import NEVER, Panel, Values, with_holes
from touchline.formulas.roll_outs.permutation import Starts, dealt

FEWEST_GROUPS = 6
FEWEST_BEFORE = 4
"""Periods before the start: as many as it takes to try a date at which nothing happened."""
NOTICED = 0.05


@dataclass(frozen=True)
class TwoGroups:
    """Treated minus control of one number per group."""

    gap: float
    error: float
    p: float
    margin: float
    """Half the 95 % interval."""


def collapsed_did(found: Panel) -> Measured | CannotSay:
    """Return what the change did after the start, on average, in the groups that got it."""
    refusal = with_holes(found) or _refused(found)
    if refusal is not None:
        return refusal
    start = found.dates[0]
    collapsed = found.values[:, start:].mean(axis=1) - found.values[:, :start].mean(axis=1)
    compared = two_groups(collapsed, found.treated)
    if compared.error == 0:
        return CannotSay("nothing-varies", "All groups moved by exactly the same amount: no error can be given.")
    treated_after = float(found.values[found.treated, start:].mean())
    return Measured(
        "collapsed-did",
        compared.gap,
        compared.gap - compared.margin,
        compared.gap + compared.margin,
        compared.p,
        treated_groups=int(found.treated.sum()),
        control_groups=int((~found.treated).sum()),
        periods_before=start,
        periods_after=found.periods - start,
        expected=treated_after - compared.gap,
        checks=(_pre_trend(found, start), _placebo_date(found, start), _permutation(found, compared.p)),
    )


def _refused(found: Panel) -> CannotSay | None:
    treated, controls = int(found.treated.sum()), int((~found.treated).sum())
    if treated == 0:
        return CannotSay("nobody-treated", "No group got the change.")
    if controls == 0:
        return CannotSay(
            "nobody-left",
            f"All {treated} groups got the change: there is nobody to compare with. What can be said without holding "
            "anybody back is less certain.",
        )
    if len(found.dates) > 1:
        return CannotSay(
            "staggered",
            f"The groups started at {len(found.dates)} different dates. One comparison of before and after (two-way fixed "
            "effects) would use groups that already had the change as if they had not; measure it start by start "
            "instead (staggered difference-in-differences).",
        )
    if treated + controls < FEWEST_GROUPS or min(treated, controls) < 2:
        return CannotSay(
            "too-few-groups",
            f"{treated} groups got the change and {controls} did not. This comparison needs at least two on each side and "
            f"{FEWEST_GROUPS} in all; with a single group that got it, compare it with a synthetic one.",
        )
    if found.dates[0] < FEWEST_BEFORE:
        return CannotSay(
            "too-few-before",
            f"There are {found.dates[0]} periods before the start. At least {FEWEST_BEFORE} are needed to see that the "
            "groups went the same way before.",
        )
    return None


def two_groups(one_each: Values, treated: NDArray[np.bool_], confidence: float = 0.95) -> TwoGroups:
    """Compare one number per group: treated minus control, with t(G − 2) and one spread for both."""
    from scipy.special import stdtr, stdtrit  # takes a fifth of a second to import

    first, second = one_each[treated], one_each[~treated]
    degrees = one_each.size - 2
    left = ((first - first.mean()) ** 2).sum() + ((second - second.mean()) ** 2).sum()
    error = sqrt(float(left) / degrees * (1 / first.size + 1 / second.size))
    gap = float(first.mean() - second.mean())
    if error == 0:
        return TwoGroups(gap, 0.0, float(gap == 0), 0.0)
    p = 2 * float(stdtr(degrees, -abs(gap) / error))
    return TwoGroups(gap, error, p, float(stdtrit(degrees, (1 + confidence) / 2)) * error)


def slopes(values: Values) -> Values:
    """Return each row's straight-line rise per period."""
    time = np.arange(values.shape[1]) - (values.shape[1] - 1) / 2
    rises: Values = values @ time / (time @ time)
    return rises


def _pre_trend(found: Panel, start: int) -> Check:
    compared = two_groups(slopes(found.values[:, :start]), found.treated)
    passed = compared.p >= NOTICED
    return Check(
        "pre-trend",
        passed,
        f"Before the start the treated groups {'rose as the others did' if passed else 'already went another way'}: "
        f"{compared.gap:+.3g} a period apart, give or take {compared.margin:.2g} (p {compared.p:.2f}).",
    )


def _placebo_date(found: Panel, start: int) -> Check:
    middle = start // 2
    moved = found.values[:, middle:start].mean(axis=1) - found.values[:, :middle].mean(axis=1)
    compared = two_groups(moved, found.treated)
    passed = compared.p >= NOTICED
    return Check(
        "placebo-date",
        passed,
        f"At a date before the start when nothing happened, the same sum finds {compared.gap:+.3g}, give or take "
        f"{compared.margin:.2g}: {'nothing, as it should' if passed else 'something where nothing was'}.",
    )


def _permutation(found: Panel, p: float) -> Check:
    start = found.dates[0]

    def moved(values: Values, deals: Starts) -> Values:
        collapsed = values[:, start:].mean(axis=1) - values[:, :start].mean(axis=1)
        treated = deals != NEVER
        gaps: Values = (treated @ collapsed) / treated.sum(axis=1) - (~treated @ collapsed) / (~treated).sum(axis=1)
        return gaps

    tried = dealt(found, moved)
    if tried is None:
        return Check("permutation", None, "There are too few groups to deal the start out otherwise.")
    agrees = (tried.p < NOTICED) == (p < NOTICED)
    return Check(
        "permutation",
        agrees,
        f"Of {tried.deals:,} ways to choose the treated groups, {tried.p:.1%} show as much or more; Student's t says "
        f"{p:.1%}: {'both say the same' if agrees else 'the two disagree'}.",
    )
