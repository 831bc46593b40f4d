"""Many people with few events each, and everything that makes it hard to tell who is who: one file of calls.

Two browsers of one person, browsers that a family shares, one at the counter that everybody uses, several mailboxes, and an
address that is typed where people do not want to give one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from touchline.world.planted.exports.identity import KIOSK, PLACEHOLDER
from touchline.world.planted.exports.moments import iso, moments
from touchline.world.planted.life import DAYS

PEOPLE: Final = 8_000
MORE_EVENTS: Final = 4.5
"""Mean of the events of a person beyond the first."""
SECOND_BROWSER, FAMILY, AT_COUNTER = 0.3, 0.05, 0.005
SIGNED_IN, WITH_MAILBOX, PLACEHOLDERS = 0.25, 0.2, 0.004

Whole = NDArray[np.int64]


@dataclass(frozen=True)
class Crowd:
    """One entry per event, in the order of the file: line n of it is entry n − 1."""

    person: Whole
    day: NDArray[np.float64]
    browser: tuple[str, ...]
    account: tuple[str, ...]
    """'' where nobody signed in."""
    mailbox: tuple[str, ...]
    """'' where none was given."""

    def owner(self, type_: str, value: str) -> int | None:
        """Whose identifier it truly is; None for what is nobody's own. A family's browser is its head's."""
        if value in (KIOSK, PLACEHOLDER):
            return None
        digits = value.split(".")[0] if type_ == "email" else value.split("-")[1]
        return int(digits.lstrip("p"))


def make_crowd(seed: int, people: int = PEOPLE) -> Crowd:
    """Invent a crowd; the same seed gives the same one."""
    rng = np.random.default_rng([seed, 11])
    head = np.arange(people)
    family = np.flatnonzero(rng.random(people) < FAMILY)
    head[family[family > 0]] = family[family > 0] - 1
    second, counter = rng.random(people) < SECOND_BROWSER, rng.random(people) < AT_COUNTER
    mailboxes = rng.choice([1, 2, 3], people, p=[0.7, 0.25, 0.05])
    person = np.repeat(np.arange(people), 1 + rng.poisson(MORE_EVENTS, people))
    person = rng.permutation(person)
    day = np.sort(rng.uniform(0, DAYS, len(person)))
    drawn, kind, which = rng.random((3, len(person)))
    at_counter = counter[person] & (drawn < 0.4)
    on_second = second[person] & (drawn > 0.7)
    placeholder = rng.random(len(person)) < PLACEHOLDERS
    browser, account, mailbox = [], [], []
    for at, who in enumerate(person.tolist()):
        own = f"second-{who:06d}" if on_second[at] else f"browser-{head[who]:06d}"
        browser.append(KIOSK if at_counter[at] else own)
        account.append(f"c-{who:06d}" if kind[at] < SIGNED_IN else "")
        gives = SIGNED_IN <= kind[at] < SIGNED_IN + WITH_MAILBOX
        address = f"p{who:06d}.{'abc'[int(which[at] * mailboxes[who])]}@mail.example"
        mailbox.append("" if not gives else PLACEHOLDER if placeholder[at] else address)
    return Crowd(person, day, tuple(browser), tuple(account), tuple(mailbox))


def write_crowd(crowd: Crowd, path: Path) -> None:
    """Write one call a line."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(_calls(crowd))


def _calls(crowd: Crowd) -> Iterator[str]:
    times = iso(moments(crowd.day))
    for at, (browser, account, mailbox) in enumerate(zip(crowd.browser, crowd.account, crowd.mailbox, strict=True)):
        facts = {"path": "/"} | ({"email": mailbox} if mailbox else {})
        call = {
            "type": "page", "messageId": f"q{at:08d}", "anonymousId": browser, "userId": account or None,
            "timestamp": times[at], "properties": facts, "context": {"library": {"name": "analytics.js", "version": "4.1.0"}},
        }  # fmt: skip
        yield json.dumps(call) + "\n"
