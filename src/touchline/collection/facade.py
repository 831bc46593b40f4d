"""Collecting live: what other parts may ask for."""

from __future__ import annotations

from touchline.collection.actions.offers import announce_offers, insert_offer, withdraw_offer
from touchline.collection.actions.redriving import RejectionError, dismiss, dismiss_all, redrive, redrive_all
from touchline.collection.actions.webhooks import (
    HookMapping,
    NewHook,
    confirm_mapping,
    hook_kinds,
    hook_mapping,
    make_hook,
    replace_secret,
)
from touchline.collection.actions.write_keys import (
    WriteKeyError,
    change_write_key,
    make_write_key,
    remember_address,
    revoke_write_key,
    rotate_write_key,
)
from touchline.collection.questions.arrivals import Arrivals, arrivals
from touchline.collection.questions.hooks_in_use import HookInUse, hooks_called, hooks_in_use
from touchline.collection.questions.rejections import (
    Rejection,
    RejectionFilter,
    count_rejections,
    only_waiting,
    rejection,
    rejection_codes,
    rejections,
)
from touchline.collection.questions.write_keys import (
    KeyInUse,
    KeyToken,
    all_write_keys,
    keys_in_use,
    remembered_address,
    senders_called,
    write_key,
    write_keys_called,
)
from touchline.collection.rules.redriving import Redriven
from touchline.collection.rules.variants import EXPOSED, VariantOffer
from touchline.collection.rules.write_keys import OriginError, WriteKey

__all__ = [
    "EXPOSED",
    "Arrivals",
    "HookInUse",
    "HookMapping",
    "KeyInUse",
    "KeyToken",
    "NewHook",
    "OriginError",
    "Redriven",
    "Rejection",
    "RejectionError",
    "RejectionFilter",
    "VariantOffer",
    "WriteKey",
    "WriteKeyError",
    "all_write_keys",
    "announce_offers",
    "arrivals",
    "change_write_key",
    "confirm_mapping",
    "count_rejections",
    "dismiss",
    "dismiss_all",
    "hook_kinds",
    "hook_mapping",
    "hooks_called",
    "hooks_in_use",
    "insert_offer",
    "keys_in_use",
    "make_hook",
    "make_write_key",
    "only_waiting",
    "redrive",
    "redrive_all",
    "rejection",
    "rejection_codes",
    "rejections",
    "remember_address",
    "remembered_address",
    "replace_secret",
    "revoke_write_key",
    "rotate_write_key",
    "senders_called",
    "withdraw_offer",
    "write_key",
    "write_keys_called",
]
