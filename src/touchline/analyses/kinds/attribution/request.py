"""What a question about attribution asks for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class AttributionRequest:
    """What converts, what may get credit for it, and by which rule."""

    conversion: str = ""
    """A step."""
    rule: str = "markov"
    """One of formulas.attribution.RULES: whose shares are shown with interval and value."""
    by: str = "campaign"
    """'campaign', 'touchpoint' or 'channel': what gets the credit."""
    touches: tuple[str, ...] = ()
    """Steps that count as marketing; none: contacts with a campaign, and those of the first stage."""
    lookback_days: int = 30
    half_life_days: float = 7.0
    """Of time decay."""
