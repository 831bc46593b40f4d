"""What every kind of condition says about itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from touchline.segments.rules.expression import Call, Comparison


class Asked(Protocol):
    """What a condition may know of the store when it becomes SQL."""

    def bind(self, value: Any) -> str:
        """Keep a value apart from the SQL and return the name that stands for it there."""
        ...

    @property
    def until(self) -> datetime:
        """The moment from which `within_days` counts back: the end of the scope's period, else of the data."""
        ...

    @property
    def touchpoints(self) -> Mapping[str, int]:
        """Touchpoint id → its position in `visits.touchpoint`."""
        ...

    @property
    def kept_segments(self) -> tuple[str, ...]:
        """Names of the segments kept by name."""
        ...

    @property
    def traits(self) -> frozenset[str]:
        """Keys of all traits, in small letters."""
        ...


class Condition(Protocol):
    """One condition of a filter: who fulfils it, as SQL and in English."""

    def customers(self, asked: Asked) -> Membership:
        """Return the SQL of a set of customers. Raises FilterError when it names what the workspace does not have."""
        ...

    def words(self, *, negated: bool) -> str:
        """Return what goes after 'customers who', e.g. 'placed at least 2 orders'."""
        ...


@dataclass(frozen=True)
class Membership:
    """A set of customers: those whom `select_customers` lists, or everybody else."""

    select_customers: str
    listed: bool = True


@dataclass(frozen=True)
class Argument:
    """A named argument of a function."""

    name: str
    kind: str
    """'text', 'channel', 'device', 'touchpoint', 'days', 'times' or 'number'."""
    tells: str


@dataclass(frozen=True)
class Function:
    """An entry of the language that is written name("…", argument=…)."""

    name: str
    subject: str
    """What the first value is, in words."""
    tells: str
    arguments: tuple[Argument, ...]
    example: str
    read: Callable[[Call], Condition]


@dataclass(frozen=True)
class Count:
    """An entry that is written name >= number."""

    name: str
    tells: str
    noun: str
    """In the singular, with what one does: 'placed' + 'order'."""
    verb: str
    rows: str
    """SQL from clause with one row per thing counted; its `customer` column says whose."""
    customer: str
    counted: str
    """The aggregate."""
    example: str


@dataclass(frozen=True)
class Trait:
    """The entry for whatever else is compared: a fact known about the customer."""

    name: str
    tells: str
    example: str
    read: Callable[[Comparison], Condition]


Entry = Function | Count | Trait
