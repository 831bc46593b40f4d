"""What a folder under collection/doors must offer: `DOOR`, an object of the shape of `Door`.

A request passes a door twice. `take` looks at it before it is answered and does only what the answer needs: that is the hot
path, in front of Django. `read` turns what was kept into events later, in the background, as an import would.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from touchline.collection.rules.problems import Rejected
from touchline.collection.rules.write_keys import WriteKey
from touchline.events.facade import CollectedResult, Context


@dataclass(frozen=True, slots=True)
class Request:
    """One request, its body unpacked."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    """Names in small letters."""
    body: bytes
    received_us: int
    """Microseconds since 1970, UTC."""
    many_wait: bool = False
    """For their answers, at this moment: what this one's answer can do without may be left for later."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A request whose body a door has begun to read."""

    token: str | None
    """The write key that came along."""
    body: Any = None
    """What `take` goes on with."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What a request holds."""

    body: bytes | None
    """What is kept for `read`; None: nothing in it can be stored."""
    events: int
    """Good ones among them."""
    rejected: Sequence[Rejected] = ()
    answer: Mapping[str, Any] | None = field(default_factory=lambda: {"success": True})
    """None: answered with 204 and nothing else."""


class Door(Protocol):
    """One way in."""

    name: str
    """The folder's name: kept with each entry of the journal."""
    title: str
    paths: Mapping[str, str]
    """Path -> one sentence for the reference. One that ends with '/' stands for everything below it."""
    source: str
    """Under which source its events are stored: the same fact from a file of that source is the same event."""
    sorts_later: bool
    """Whether `take` may keep a body whose bad events are still among the good ones, when many wait for their answers.

    `take_again` then sorts it before it is read.
    """
    is_hook: bool
    """Whether it opens only to write keys that are webhooks of its name; others open to all other write keys."""

    def open(self, request: Request) -> Opened:
        """Find the write key. Raises RefusedError for a body that cannot be read at all."""
        ...

    def take(self, request: Request, opened: Opened, key: WriteKey) -> Taken:
        """Sort the good from the bad. Raises RefusedError when the request as a whole cannot be taken."""
        ...

    def take_again(self, content: bytes, key: WriteKey) -> Taken:
        """Sort what is in the rejection log once more, as it came or as somebody corrected it.

        `content` is what this door, or its `read`, gave as the content of a rejection. Raises RefusedError when nothing can
        be made of it.
        """
        ...

    def read(self, body: bytes, received_us: int, place: str, context: Context) -> Iterator[CollectedResult]:
        """Turn what was kept into events. `place` names the entry: facts without an id of their own are known by it.

        Every event of the body gives a result: an event, or what is wrong with it, or why it rightly holds none.
        """
        ...


DoorOf = Callable[[str], Door | None]
