"""An answer that is not a number: what is missing, in one sentence a reader can act on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class CannotSay:
    """Why there is no number. Returned, never raised: too little data is a result, not a mistake."""

    reason: str
    """Short and stable, for code and tests: 'one-customer'."""
    sentence: str
    """What was found and what would be needed, for whoever asked."""
