"""A number of the map that can be opened: its meaning in words, and the question that gives the rows behind it."""

from __future__ import annotations

from dataclasses import dataclass

from touchline.kit.opened_number import Column


@dataclass(frozen=True)
class Measure:
    """One kind of number. The SQL knows these values:

    {scope} restricts `visits v` (or what is shaped like it) to the scope, {before} to the comparison period, {placed}
    stands for the answers. $places lists the target's touchpoints, $later those of later stages, $is_stage says whether a
    stage is meant, $everywhere whether the whole journey is; $start and $end are
    the period, $data_until the end of the data; $over_before the moment before which a journey's last visit must have
    ended for the journey to be over.
    """

    id: str
    title: str
    definition: str
    formula: str
    columns: tuple[Column, ...]
    anchor: str
    """SQL of the rows, one each; pages are cut from these."""
    order: str
    """By what they are sorted: columns of the anchor that tell any two rows apart."""
    details: str = "select * from page"
    """SQL that looks up, for the rows of one `page`, what the columns show."""
    number: str = ""
    """SQL of the number of rows, where counting the anchor's would take long."""
    page: str = "counts"
    """Name of the file under docs/algorithms that explains the method."""
    per: str = "place"
    """'place': touchpoint, stage or whole journey; 'step': from > to; 'journey': the whole journey only."""


CUSTOMER = Column("customer", "Customer", "customer")
TIME = Column("time", "Time", "time")
TOUCHPOINT = Column("touchpoint", "Touchpoint", "touchpoint")
CHANNEL = Column("channel", "Channel", "channel")
JOURNEY = Column("journey", "Journey", "number")
"""Ordinal of the journey among the customer's, from 0."""
VISIT = (CUSTOMER, TIME, TOUCHPOINT, CHANNEL, JOURNEY)

HERE = "list_contains($places, v.touchpoint)"

VISITS_HERE = f"select v.*, v.rowid as row from visits v where {{scope}} and {HERE}"
VISIT_ORDER = "customer, time, row"

JOURNEYS_OVER = """
select customer, journey from visits group by customer, journey having max(ended) < $over_before
"""
"""Journeys whose last visit lies longer before the end of the data than a journey may pause."""

LATER = "(l.time > p.time or (l.time = p.time and l.rowid > p.row))"
"""Visit l comes after visit p; visits of one moment keep the order in which they are stored."""
