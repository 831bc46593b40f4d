"""Visits and journeys out of contacts: what happened in a row at one touchpoint is one visit. Pure NumPy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from touchline.journeys.rules.contacts import Contacts

MICROSECONDS_PER_DAY = 86_400_000_000
MICROSECONDS_PER_MINUTE = 60_000_000
NONE = -1

Array = npt.NDArray[Any]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Visits:
    """One row per visit, sorted by customer and time; arrays of one length. NONE (−1) stands for null."""

    customer: Array
    time: Array
    """First contact, microseconds since 1970."""
    ended: Array
    """Last contact."""
    touchpoint: Array
    previous: Array
    following: Array
    """Touchpoints of the neighbours in the same journey."""
    seconds: Array
    """From the end of the visit before to this one; NaN where it begins its journey."""
    wait: Array
    """From the end of this visit to the next one; NaN where it ends its journey."""
    journey: Array
    """Number of the journey of this customer, from 0."""
    channel: Array
    previous_channel: Array
    device: Array
    campaign: Array
    """Number of the first campaign named in the journey's first visit; 0 for none."""
    came_by: Array
    """Touchpoint of the journey's first visit."""
    events: Array
    value: Array
    """Ten-thousandths of the currency's unit."""
    currency: Array
    """0: nothing of value happened."""
    id_high: Array
    id_low: Array
    """The first contact's id."""

    def __len__(self) -> int:
        return len(self.customer)


def fold(contacts: Contacts, touchpoint: Array, channel: Array, *, gap_days: float, visit_minutes: float) -> Visits:
    """Fold contacts into visits and cut them into journeys.

    `touchpoint` and `channel` are positions per contact; every contact has a touchpoint here. A visit goes on while the
    touchpoint stays, no more than `visit_minutes` pass and the currency of values does not change.
    """
    if not len(contacts):
        return _no_visits()
    new_customer = _changes(contacts.customer)
    pause = np.diff(contacts.time, prepend=contacts.time[:1])
    new_journey = new_customer | (pause > gap_days * MICROSECONDS_PER_DAY)
    new_visit = new_journey | _changes(touchpoint) | (pause > visit_minutes * MICROSECONDS_PER_MINUTE)
    new_visit |= _changes_currency(contacts.currency, new_visit)
    start = np.flatnonzero(new_visit)
    end = np.append(start[1:], len(contacts)) - 1
    begins_journey = new_journey[start]
    journey_start = np.flatnonzero(begins_journey)[np.cumsum(begins_journey) - 1]
    first_of_customer = np.flatnonzero(new_customer[start])[np.cumsum(new_customer[start]) - 1]
    at, by = touchpoint[start], channel[start]
    began, ended = contacts.time[start], contacts.time[end]
    between = np.append((began[1:] - ended[:-1]) / 1e6, np.nan)
    goes_on = np.append(~begins_journey[1:], False)
    campaign = contacts.campaign[_first_known(contacts.campaign, start)]
    return Visits(
        customer=contacts.customer[start],
        time=began,
        ended=ended,
        touchpoint=at,
        previous=np.where(begins_journey, NONE, np.roll(at, 1)).astype(np.int16),
        following=np.where(goes_on, np.roll(at, -1), NONE).astype(np.int16),
        seconds=np.where(begins_journey, np.nan, np.roll(between, 1)),
        wait=np.where(goes_on, between, np.nan),
        journey=(np.cumsum(begins_journey) - np.cumsum(begins_journey)[first_of_customer]).astype(np.int32),
        channel=by,
        previous_channel=np.where(begins_journey, NONE, np.roll(by, 1).astype(np.int16)).astype(np.int16),
        device=contacts.device[_first_known(contacts.device, start)],
        campaign=campaign[journey_start],
        came_by=at[journey_start],
        events=(end - start + 1).astype(np.int32),
        value=np.add.reduceat(contacts.value, start),
        currency=np.maximum.reduceat(contacts.currency, start),
        id_high=contacts.id_high[start],
        id_low=contacts.id_low[start],
    )


def _changes(values: Array) -> Flags:
    changed = np.ones(len(values), dtype=np.bool_)
    np.not_equal(values[1:], values[:-1], out=changed[1:])
    return changed


def _changes_currency(currency: Array, new_visit: Flags) -> Flags:
    """Whether a value is in another currency than the value before it in the same visit."""
    changes = np.zeros(len(currency), dtype=np.bool_)
    valued = np.flatnonzero(currency)
    if len(valued) < 2:
        return changes
    visit = np.cumsum(new_visit)[valued]
    own = currency[valued]
    changes[valued[1:]] = (visit[1:] == visit[:-1]) & (own[1:] != own[:-1])
    return changes


def _first_known(values: Array, start: Array) -> Array:
    """Per visit the position of its first contact with a value other than 0, or of its first contact."""
    unknown = len(values)
    position = np.where(values != 0, np.arange(unknown), unknown)
    first = np.minimum.reduceat(position, start)
    return np.where(first < unknown, first, start)


def _no_visits() -> Visits:
    empty = {name: np.empty(0, dtype=dtype) for name, dtype in _TYPES.items()}
    return Visits(**empty)


_TYPES: dict[str, Any] = {
    "customer": np.int32,
    "time": np.int64,
    "ended": np.int64,
    "touchpoint": np.int16,
    "previous": np.int16,
    "following": np.int16,
    "seconds": np.float64,
    "wait": np.float64,
    "journey": np.int32,
    "channel": np.uint8,
    "previous_channel": np.int16,
    "device": np.uint8,
    "campaign": np.int32,
    "came_by": np.int16,
    "events": np.int32,
    "value": np.int64,
    "currency": np.int16,
    "id_high": np.uint64,
    "id_low": np.uint64,
}
