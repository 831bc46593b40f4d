"""The demo company's customers: who they are and how they can be recognised."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

FIRST = ("Ada", "Ben", "Chiara", "Dilan", "Eva", "Farid", "Greta", "Hugo", "Ines", "Jonas", "Kira", "Lukas", "Mara",
         "Noah", "Olga", "Pavel", "Rosa", "Samir", "Tilda", "Uwe", "Vera", "Wim", "Yara", "Zoe")  # fmt: skip
LAST = ("Abel", "Bergmann", "Castro", "Dahl", "Ekström", "Fischer", "Guerra", "Holm", "Ivanova", "Jansen", "Kowalska",
        "Lindqvist", "Moreau", "Novak", "Okafor", "Petrov", "Quist", "Rossi", "Silva", "Tanaka")  # fmt: skip
COUNTRIES = (("DE", 0.42), ("NL", 0.2), ("GB", 0.16), ("FR", 0.12), ("PL", 0.1))
DEVICES = (("mobile", 0.56), ("desktop", 0.37), ("tablet", 0.07))


@dataclass(frozen=True)
class Person:
    """One customer of the demo company."""

    number: int
    first: str
    last: str
    email: str
    phone: str
    country: str
    device: str
    uses_app: bool
    subscribes: bool

    @property
    def user_id(self) -> str:
        """Known to the shop once there is an account."""
        return f"u-{self.number:05d}"

    @property
    def anonymous_id(self) -> str:
        """Cookie of the person's own device."""
        return f"anon-{self.number:05d}-{self.device}"


def make_people(rng: np.random.Generator, count: int, subscribes: float, first: int = 0) -> list[Person]:
    """Invent `count` customers, numbered from `first`; numbers in the e-mail keep them apart, as in any real shop."""
    firsts, lasts = rng.integers(len(FIRST), size=count), rng.integers(len(LAST), size=count)
    countries = rng.choice([name for name, _ in COUNTRIES], size=count, p=[share for _, share in COUNTRIES])
    devices = rng.choice([name for name, _ in DEVICES], size=count, p=[share for _, share in DEVICES])
    app, subscribed = rng.random(count) < 0.15, rng.random(count) < subscribes
    return [
        Person(
            number=first + number,
            first=FIRST[firsts[number]],
            last=LAST[lasts[number]],
            email=f"{FIRST[firsts[number]]}.{LAST[lasts[number]]}{first + number}@mail.example".lower().replace(
                "ö", "o"
            ),
            phone=f"+4915{first + number:08d}",
            country=str(countries[number]),
            device="mobile" if app[number] else str(devices[number]),
            uses_app=bool(app[number]),
            subscribes=bool(subscribed[number]),
        )
        for number in range(count)
    ]
