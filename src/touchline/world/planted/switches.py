"""What can be different in a planted world."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Switches:
    """All off: the usual world."""

    interactions: bool = False
    """Who suffers and who buys depends on thresholds and on facts together, not on their sum."""
    hidden_confounder: bool = False
    """Something that no file tells makes customers suffer at #20 and #31, and buy less."""
    mood_answers: bool = False
    """Whoever is happy answers surveys more often (missing not at random)."""
    leak: bool = False
    """A trait says who will not buy again, dated after the visits it would explain."""
    same_arms: bool = False
    """An experiment whose arms do not differ (A/A)."""
    regional_fix: bool = False
    """#20 is repaired in 4 of 12 regions: bad visits fall from 18 % to 8 %."""
    metric_drop: bool = False
    """One page loses 40 % of its visits in the last seven days."""
    theme: bool = False
    """One subject is written about three times as often in the last two weeks."""
    no_segments: bool = False
    """All customers are of one kind."""
    no_effects: bool = False
    """Nothing costs an order: what is found has to be nothing."""
    chains_only: bool = False
    """Customers move as their chains lead and by nothing else: all are new and have a browser of their own, every
    journey begins with an order, and nothing happens once only, or to survivors only."""
