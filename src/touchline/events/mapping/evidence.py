"""How well a column fits a role: the words of its header and the look of its cells, 0 to 1, with the reason in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from touchline.events.mapping.roles import CUSTOMER_ROLES
from touchline.events.mapping.scores import decide_scale
from touchline.events.mapping.shapes import Shape
from touchline.events.mapping.times import NUMERIC_FORMATS
from touchline.events.mapping.words import OTHER_AMOUNTS, OTHER_TIMES, STAFF, header_fit

ACCEPTED_FROM: Final = 0.4
"""A column below is left for the user to name: a wrong proposal costs more than a missing one."""
_SURE: Final = 0.97
"""The most a guess can be."""

_MIXED_FORMATS: Final = 0.5
"""Fit of a column of times in several formats: it is the time, though the rows in other formats will be refused."""

Look = tuple[float, str]
"""How well the cells fit, 0 to 1, and what about them."""


@dataclass(frozen=True)
class Candidate:
    """A column that could have a role."""

    role: str
    column: str
    confidence: float
    reason: str


def candidate(role: str, shape: Shape) -> Candidate:
    """Judge one column for one role."""
    header, word = header_fit(role, shape.words)
    fit, look = _LOOKS[role](shape) if shape.cells else (0.0, "the sample has no cell in it")
    alone = _ALONE.get(role, 0.0)
    confidence = fit * (alone + (_SURE - alone) * header)
    if role == "time" and OTHER_TIMES.search(shape.words):
        confidence *= 0.7
    if role in CUSTOMER_ROLES and STAFF.search(shape.words):
        confidence *= 0.3
    if role in ("value", "unit_price") and OTHER_AMOUNTS.search(shape.words):
        confidence *= 0.4
    reason = f"the header says {word!r}; {look}" if word else look
    return Candidate(role, shape.header, round(confidence, 2), reason)


def _time(shape: Shape) -> Look:
    found = shape.time
    if found is None:
        return 0.0, "the cells are no times"
    believed = header_fit("time", shape.words)[0] if found.format in NUMERIC_FORMATS else 1.0
    doubt = 1.0 if found.certain else 0.8
    readable = max(found.share, _MIXED_FORMATS)
    return readable * doubt * believed, found.reason


def _clock(shape: Shape) -> Look:
    return shape.clocks, f"{shape.clocks:.0%} of the cells are a time of day"


def _share_of(share: Callable[[Shape], float], told: str) -> Callable[[Shape], Look]:
    def look(shape: Shape) -> Look:
        found = share(shape)
        return (found if found >= 0.5 else 0.0), f"{found:.0%} of the cells {told}"

    return look


def _id(shape: Shape) -> Look:
    """Ids are short, no sentences, no amounts and no times."""
    number = shape.number
    if shape.prose > 0.2 or shape.length > 64:
        return 0.0, "the cells are too long for an id"
    if number is not None and not number.whole:
        return 0.0, "the cells are amounts, no ids"
    if shape.time is not None and shape.time.format not in NUMERIC_FORMATS:
        return 0.0, "the cells are times"
    if shape.lists:
        return 0.6, "some cells hold several ids"
    if len(shape.distinct) == 1 and shape.rows > 10:
        return 0.3, "every cell is the same"
    return 0.95, f"{len(shape.distinct)} different ids in {shape.rows} rows"


def _unique_id(shape: Shape) -> Look:
    fit, look = _id(shape)
    if shape.uniqueness < 0.99 or shape.filled < 0.99:
        return 0.0, "the ids repeat or are missing"
    return fit, f"{look}, none twice"


def _category(shape: Shape) -> Look:
    """Names of events or touchpoints: few, short, and each many times."""
    if shape.time is not None and shape.time.format not in NUMERIC_FORMATS:
        return 0.0, "the cells are times"
    if shape.prose > 0.2 or shape.emails > 0.2 or len(shape.distinct) > 200:
        return 0.0, "the cells are too many different ones"
    if shape.number is not None and not shape.number.whole:
        return 0.0, "the cells are amounts"
    repeats = 1.0 if shape.uniqueness < 0.5 or shape.rows < 50 else 0.3
    numbers = 0.85 if shape.number is not None else 1.0
    return 0.95 * repeats * numbers, f"{len(shape.distinct)} different names in {shape.rows} rows"


def _channel(shape: Shape) -> Look:
    fit, _ = _category(shape)
    return fit * shape.channels, f"{shape.channels:.0%} of the different cells name a channel"


def _score(shape: Shape) -> Look:
    found = shape.score
    if found is None or found.share < 0.8:
        return 0.0, "the cells are no scores"
    scale = decide_scale(shape.words, found.low, found.high)
    if scale is None:
        return 0.0, f"the numbers go from {found.low:g} to {found.high:g}, which is no scale we know"
    fit = 1.0 if scale.named and scale.fits else 0.7
    told = f"numbers from {found.low:g} to {found.high:g}, read as {scale.metric} from {scale.low:g} to {scale.high:g}"
    return fit * found.share, told


def _text(shape: Shape) -> Look:
    if shape.number is not None or shape.time is not None:
        return 0.0, "the cells are numbers or times"
    varied = min(1.0, 2 * shape.uniqueness)
    named = 0.4 if header_fit("text", shape.words)[0] == 1.0 and shape.length > 8 else 0.0
    return max(
        shape.prose, named
    ) * varied, f"{shape.prose:.0%} of the cells are sentences, {shape.length:.0f} signs long"


def _number(shape: Shape) -> Look:
    found = shape.number
    if found is None:
        return 0.0, "the cells are no numbers"
    mark = " with a decimal comma" if found.decimal_mark == "," else ""
    doubt = 1.0 if found.certain else 0.8
    return (
        found.share * doubt * 0.95,
        f"{found.share:.0%} of the cells are numbers{mark}, {found.low:g} to {found.high:g}",
    )


def _page(shape: Shape) -> Look:
    return max(shape.pages, 0.5 * _category(shape)[0]), f"{shape.pages:.0%} of the cells are addresses or paths"


_LOOKS: Final[dict[str, Callable[[Shape], Look]]] = {
    "time": _time,
    "clock": _clock,
    "user_id": _id,
    "email": _share_of(lambda shape: shape.emails, "are e-mail addresses"),
    "phone": _share_of(lambda shape: shape.phones, "could be phone numbers"),
    "external_id": _id,
    "anonymous_id": _id,
    "name": _category,
    "touchpoint": _category,
    "channel": _channel,
    "score": _score,
    "text": _text,
    "language": _share_of(lambda shape: shape.languages, "name a language"),
    "value": _number,
    "quantity": _number,
    "unit_price": _number,
    "currency": _share_of(lambda shape: shape.currencies, "name a currency"),
    "order": _id,
    "case": _id,
    "product": _id,
    "account": _id,
    "campaign": _id,
    "session": _id,
    "page": _page,
    "device": _share_of(lambda shape: shape.devices, "name a device"),
    "key": _unique_id,
}
_ALONE: Final = {"email": 0.8, "time": 0.65, "channel": 0.5, "text": 0.45, "currency": 0.6, "page": 0.6, "device": 0.5}
"""Confidence from the cells alone, when the header says nothing; 0 for roles whose cells look like anything."""
