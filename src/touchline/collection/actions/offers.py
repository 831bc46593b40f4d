"""Putting variants on offer to pages and servers, and taking them off."""

from __future__ import annotations

import json
from datetime import datetime

from touchline.collection.rules.variants import VariantOffer
from touchline.engine.announcing import OFFERS, announce
from touchline.engine.store import Writer
from touchline.engine.workspace import Workspace


def insert_offer(writer: Writer, offer: VariantOffer, now: datetime) -> None:
    """Put variants on offer, inside the caller's transaction; who calls announces it (`announce_offers`)."""
    writer.execute(
        "insert into variant_offers values (?, ?, ?, ?, null)",
        [offer.experiment, offer.salt, json.dumps(offer.arms), now],
    )


def withdraw_offer(writer: Writer, experiment: str, now: datetime) -> None:
    """Take variants off, inside the caller's transaction; who calls announces it."""
    writer.execute(
        "update variant_offers set withdrawn = ? where experiment = ? and withdrawn is null", [now, experiment]
    )


def announce_offers(workspace: Workspace) -> None:
    """Tell who answers pages and servers that the offers have changed."""
    announce(workspace, OFFERS)
