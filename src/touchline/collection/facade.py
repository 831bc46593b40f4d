"""Collecting live: what other parts may ask for."""

from __future__ import annotations

from touchline.collection.actions.write_keys import (
    WriteKeyError,
    change_write_key,
    make_write_key,
    revoke_write_key,
    rotate_write_key,
)
from touchline.collection.questions.rejections import Rejection, RejectionFilter, count_rejections, rejections
from touchline.collection.questions.write_keys import KeyInUse, KeyToken, keys_in_use
from touchline.collection.rules.write_keys import OriginError, WriteKey

__all__ = [
    "KeyInUse",
    "KeyToken",
    "OriginError",
    "Rejection",
    "RejectionFilter",
    "WriteKey",
    "WriteKeyError",
    "change_write_key",
    "count_rejections",
    "keys_in_use",
    "make_write_key",
    "rejections",
    "revoke_write_key",
    "rotate_write_key",
]
