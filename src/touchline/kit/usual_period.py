"""Which period is shown when none was asked for."""

from __future__ import annotations

DEFAULT_DAYS = 90
ALL_DATA_BELOW_DAYS = 180
"""Shorter data are shown whole: half of them would be too few to compare with."""
