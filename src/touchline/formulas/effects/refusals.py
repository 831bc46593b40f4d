"""When an effect of bad visits cannot be estimated, and what to say then."""

from __future__ import annotations

import numpy as np

from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.effects.overlap import (
    ALIKE_BELOW,
    COMPARABLE_FROM,
    EFFECTIVE_FROM,
    MOST_CHANCE,
    Overlap,
)
from touchline.formulas.effects.visits import Floats, Visits

FEWEST_SUFFERERS = 30
FEWEST_FINE = 30
"""Customers on either side; below, neither chances nor errors could be learned."""


def refused_visits(visits: Visits) -> CannotSay | None:
    """Return why these visits say nothing of an effect; None where they may."""
    sufferers = len(np.unique(visits.customer[visits.bad]))
    fine = len(np.unique(visits.customer[~visits.bad]))
    everybody = len(np.unique(visits.customer))
    if not everybody:
        return CannotSay("no-visits", "There are no visits whose outcome is known yet.")
    if everybody == 1:
        return CannotSay("one-customer", "All visits are by one customer; an effect is estimated from many.")
    if not sufferers:
        return CannotSay("nobody-bad", "No visit was bad: there is nothing to compare fine visits with.")
    if not fine:
        return CannotSay("nobody-fine", "Every visit was bad: there is no fine visit to compare with.")
    if sufferers < FEWEST_SUFFERERS:
        return CannotSay(
            "few-sufferers", f"{sufferers:,} customers had a bad visit; at least {FEWEST_SUFFERERS} are needed."
        )
    if fine < FEWEST_FINE:
        return CannotSay("few-fine", f"{fine:,} customers had a fine visit; at least {FEWEST_FINE} are needed.")
    return None


def refused_overlap(found: Overlap) -> CannotSay | None:
    """Return why bad and fine visits are not comparable; None where they are."""
    if found.comparable < COMPARABLE_FROM:
        return CannotSay(
            "no-overlap",
            f"Only {100 * found.comparable:.0f}% of bad visits could have been fine as well (the others were bad with a chance "
            f"above {100 * MOST_CHANCE:.0f}%); at least {100 * COMPARABLE_FROM:.0f}% are needed.",
        )
    if found.effective_sufferers < EFFECTIVE_FROM:
        return CannotSay(
            "few-sufferers",
            f"The bad visits are worth {int(found.effective_sufferers):,} customers with one each; "
            f"at least {EFFECTIVE_FROM:.0f} are needed.",
        )
    if found.effective_fine < EFFECTIVE_FROM:
        return CannotSay(
            "few-alike",
            f"The fine visits that are like the bad ones are worth {int(found.effective_fine):,}; "
            f"at least {EFFECTIVE_FROM:.0f} are needed.",
        )
    if found.unlike >= ALIKE_BELOW:
        return CannotSay(
            "unlike",
            f"Bad and fine visits stay unlike in {found.most_unlike} after weighting "
            f"({found.unlike:.2f} standard deviations apart; below {ALIKE_BELOW} is needed).",
        )
    return None


def refused_outcome(outcome: Floats) -> CannotSay | None:
    """Return why this outcome says nothing; None where it may."""
    if outcome.min() == outcome.max():
        return CannotSay("outcome-constant", "The outcome is the same after every visit: nothing can be compared.")
    return None
