"""The colour of a reading."""

from __future__ import annotations

from touchline.overview.rules import Tone
from touchline.ui.drawing.theme import Theme


def tone_colour(theme: Theme, tone: Tone) -> str:
    """Teal for better, orange for worse; told apart by people who do not see red and green as different."""
    return {
        Tone.MUCH_BETTER: theme.very_good,
        Tone.BETTER: theme.good,
        Tone.MEAN: theme.neutral,
        Tone.WORSE: theme.poor,
        Tone.MUCH_WORSE: theme.very_poor,
    }[tone]
