"""Days of the story as the times that files hold."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from touchline.world.planted.life import DAYS

END: Final = np.datetime64("2026-10-31T00:00:00", "ms")
"""The day after the last day of the files; fixed, so that the same seed writes the same bytes."""
BEGIN: Final = END - np.timedelta64(int(DAYS), "D")
_DAY_MS: Final = 86_400_000

Moments = NDArray[np.datetime64]


def moments(days: NDArray[np.floating[Any]]) -> Moments:
    """The moments of days of the story, UTC, to the millisecond."""
    told: Moments = BEGIN + np.round(np.asarray(days) * _DAY_MS).astype("timedelta64[ms]")
    return told


def iso(when: Moments) -> list[str]:
    """As SDKs write them: 2026-08-01T14:30:00.000Z."""
    return [f"{text}Z" for text in np.datetime_as_string(when, unit="ms").tolist()]


def spaced(when: Moments) -> list[str]:
    """As exports write UTC: 2026-08-01 14:30:00."""
    return [text.replace("T", " ") for text in np.datetime_as_string(when, unit="s").tolist()]
