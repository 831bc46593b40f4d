"""What a question about archetypes asks for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ArchetypesRequest:
    """How many archetypes, what counts as their success, and what they are called."""

    number: str = "auto"
    """'auto', or a number from 2 to 8."""
    outcome: str = ""
    """Step whose share is shown per archetype; '' for none."""
    names: str = ""
    """Names of the archetypes, the largest first, joined by commas; '' where they are suggested."""
