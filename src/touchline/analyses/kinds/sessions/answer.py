"""What sessions answer."""

from __future__ import annotations

from dataclasses import dataclass

from touchline.analyses.kinds.sessions.request import SessionsRequest
from touchline.formulas.clustered import ClusteredShare
from touchline.formulas.median import Median
from touchline.formulas.session_cut import SessionCut


@dataclass(frozen=True)
class Group:
    """Some of the sessions."""

    name: str
    sessions: int
    customers: int
    engaged: ClusteredShare
    views_per_session: float | None
    mean_seconds: float | None
    """Of those with at least two events; None where there are fewer than five."""
    timed: int
    """How many those are."""
    is_provisional: bool = False


@dataclass(frozen=True)
class SessionsAnswer:
    """Sessions, whether they were engaged, and how long they took."""

    asked: SessionsRequest
    unit: str
    channels: tuple[str, ...]
    other_channels: tuple[str, ...]
    """By which there are events too."""
    key_events: tuple[str, ...]
    """As they are called in the data."""
    overall: Group
    bounced: ClusteredShare
    """1 − engaged."""
    seconds: Median
    """From the first to the last event, of sessions with at least two events."""
    by_period: tuple[Group, ...]
    by_entry: tuple[Group, ...]
    by_exit: tuple[Group, ...]
    by_campaign: tuple[Group, ...]
    by_device: tuple[Group, ...]
    by_sender: int
    """How many sessions are the sender's own."""
    cut: SessionCut
    between_cuts: float | None
    """Share of the pauses that lie between the cut in use and the one proposed."""
    pauses: tuple[tuple[str, int], ...]
    """Pauses between events of one customer: (from, how many)."""
    data_until: str
    has_open_period: bool
    first_from: str
    """The day from which the first period is counted; '' where it is counted whole."""
    open_sessions: int
    """Sessions that may still go on where the data end."""
