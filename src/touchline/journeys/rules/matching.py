"""Where each kind of event belongs. Kinds are few, events are many: only property, occurrence and after look at events."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from touchline.journeys.rules.definition import JourneyDefinition, Pattern, Touchpoint
from touchline.journeys.rules.journey_file import looks_at_events

TOLD_ABOUT = frozenset({"survey answered", "survey sent", "review posted", "product reviewed"})
"""Names whose label says what the answer is about; it does not say that the customer was there just then."""


@dataclass(frozen=True)
class Kind:
    """One row of `kinds`: what many events have in common."""

    number: int
    name: str
    channel: str
    page: str | None
    label: str | None
    source: str


@dataclass(frozen=True)
class Place:
    """A touchpoint that events of a kind belong to, and the pattern that says so."""

    touchpoint: int
    """Position in the definition."""
    pattern: Pattern | None
    """None: always. Otherwise its property, occurrence and after must hold for the single event."""


@dataclass(frozen=True)
class Placement:
    """All that the definition says of one kind."""

    kind: int
    places: tuple[Place, ...]
    """Tried in order; the last is unconditional, or an event may belong nowhere."""
    answers_at: int | None
    """Where scores and texts belong, when that does not depend on the event or the customer's visits."""
    is_ignored: bool
    """On no touchpoint, and rightly so."""


class Matcher:
    """The rules of one definition, prepared for many kinds."""

    def __init__(self, definition: JourneyDefinition, no_contact: Iterable[str] = ()) -> None:
        """`no_contact`: names of the vocabulary that are no contact with anybody."""
        self._named = _by_name(definition.touchpoints)
        self._visits = _ByEvent((at, each) for at, one in enumerate(definition.touchpoints) for each in one.patterns)
        self._answers = _ByEvent((at, each) for at, one in enumerate(definition.touchpoints) for each in one.answers)
        self._ignored = _ByEvent((0, each) for each in definition.ignore)
        self._no_contact = {name.casefold() for name in no_contact}

    def place(self, kind: Kind) -> Placement:
        """Say where events of a kind belong."""
        name = kind.name.casefold()
        labelled = self._named.get(_plain(kind.label)) if kind.label else None
        if labelled is not None and name not in TOLD_ABOUT:
            places: tuple[Place, ...] = (Place(labelled, None),)
        else:
            places = self._places(kind)
        answers_at = labelled if labelled is not None else next((at for at, _ in self._answers.matching(kind)), None)
        ignored = not places and (name in self._no_contact or any(True for _ in self._ignored.matching(kind)))
        return Placement(kind.number, places, answers_at, ignored)

    def _places(self, kind: Kind) -> tuple[Place, ...]:
        places: list[Place] = []
        for touchpoint, pattern in self._visits.matching(kind):
            if not looks_at_events(pattern):
                return (*places, Place(touchpoint, None))
            places.append(Place(touchpoint, pattern))
        return tuple(places)


class _ByEvent:
    """Patterns in order, found by the event name they ask for."""

    def __init__(self, patterns: Iterable[tuple[int, Pattern]]) -> None:
        self._for_name: dict[str, list[_Prepared]] = defaultdict(list)
        self._for_any: list[_Prepared] = []
        for rank, (touchpoint, pattern) in enumerate(patterns):
            prepared = _Prepared(rank, touchpoint, pattern)
            if not pattern.event:
                self._for_any.append(prepared)
            for name in {each.casefold() for each in pattern.event}:
                self._for_name[name].append(prepared)

    def matching(self, kind: Kind) -> Iterator[tuple[int, Pattern]]:
        candidates = self._for_name.get(kind.name.casefold(), [])
        if self._for_any:
            candidates = sorted([*candidates, *self._for_any], key=lambda each: each.rank)
        paths = _paths(kind.page) if candidates else ()
        return ((each.touchpoint, each.pattern) for each in candidates if each.fits(kind, paths))


class _Prepared:
    """A pattern with its alternatives folded and its globs compiled."""

    def __init__(self, rank: int, touchpoint: int, pattern: Pattern) -> None:
        self.rank = rank
        self.touchpoint = touchpoint
        self.pattern = pattern
        self._wanted = [
            (field, frozenset(each.casefold() for each in getattr(pattern, field)))
            for field in ("channel", "source", "label")
            if getattr(pattern, field)
        ]
        self._page = _any_of(pattern.page)
        self._not_page = _any_of(pattern.not_page)

    def fits(self, kind: Kind, paths: tuple[str, ...]) -> bool:
        for field, wanted in self._wanted:
            value = getattr(kind, field)
            if value is None or value.casefold() not in wanted:
                return False
        if self._page and not any(self._page.fullmatch(path) for path in paths):
            return False
        return not (self._not_page and any(self._not_page.fullmatch(path) for path in paths))


def _paths(page: str | None) -> tuple[str, ...]:
    """A page as it is, and /en-gb/cart also as /cart: shops put the market in front of every path."""
    if page is None:
        return ()
    path = page.casefold() or "/"
    without = re.sub(r"^/[a-z]{2}(?:[-_][a-z]{2})?(?=/|$)", "", path) or "/"
    return (path,) if without == path else (path, without)


def _any_of(globs: tuple[str, ...]) -> re.Pattern[str] | None:
    """Compile path globs; only * means something, so that no path can be taken for a character class."""
    if not globs:
        return None
    return re.compile("|".join(re.escape(each.casefold()).replace(r"\*", ".*") for each in globs))


def _by_name(touchpoints: Sequence[Touchpoint]) -> dict[str, int]:
    """Positions by id and by name; the first of two that look alike has it."""
    found: dict[str, int] = {}
    for position, touchpoint in enumerate(touchpoints):
        found.setdefault(_plain(touchpoint.id), position)
    for position, touchpoint in enumerate(touchpoints):
        found.setdefault(_plain(touchpoint.name), position)
    return found


def _plain(label: str) -> str:
    return " ".join(label.split()).casefold()
