"""Collecting live: what other parts may ask for."""

from __future__ import annotations

from touchline.collection.actions.redriving import RejectionError, dismiss, dismiss_all, redrive, redrive_all
from touchline.collection.actions.write_keys import (
    WriteKeyError,
    change_write_key,
    make_write_key,
    revoke_write_key,
    rotate_write_key,
)
from touchline.collection.questions.arrivals import Arrivals, arrivals
from touchline.collection.questions.rejections import (
    Rejection,
    RejectionFilter,
    count_rejections,
    rejection,
    rejection_codes,
    rejections,
)
from touchline.collection.questions.write_keys import KeyInUse, KeyToken, keys_in_use, write_key, write_keys_called
from touchline.collection.rules.redriving import Redriven
from touchline.collection.rules.write_keys import OriginError, WriteKey

__all__ = [
    "Arrivals",
    "KeyInUse",
    "KeyToken",
    "OriginError",
    "Redriven",
    "Rejection",
    "RejectionError",
    "RejectionFilter",
    "WriteKey",
    "WriteKeyError",
    "arrivals",
    "change_write_key",
    "count_rejections",
    "dismiss",
    "dismiss_all",
    "keys_in_use",
    "make_write_key",
    "redrive",
    "redrive_all",
    "rejection",
    "rejection_codes",
    "rejections",
    "revoke_write_key",
    "rotate_write_key",
    "write_key",
    "write_keys_called",
]
