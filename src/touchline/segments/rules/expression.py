"""A filter as a tree: conditions joined by and, or, not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

Value: TypeAlias = "str | float"


@dataclass(frozen=True)
class Comparison:
    """A name compared with one value, or with several (`in`)."""

    name: str
    of_customer: bool
    """Written as customer.name: always a trait, even where a count has the same name."""
    operator: str
    values: tuple[Value, ...]
    column: int


@dataclass(frozen=True)
class Call:
    """A function with its first value and its named ones."""

    name: str
    subject: Value | None
    named: Mapping[str, Value]
    columns: Mapping[str, int]
    """Where each named argument stands."""
    column: int


@dataclass(frozen=True)
class Not:
    """Everybody but."""

    part: Node


@dataclass(frozen=True)
class And:
    """All of these."""

    parts: tuple[Node, ...]


@dataclass(frozen=True)
class Or:
    """Any of these."""

    parts: tuple[Node, ...]


Leaf: TypeAlias = "Comparison | Call"
Node: TypeAlias = "Comparison | Call | Not | And | Or"


def leaves(node: Node) -> Iterator[Leaf]:
    """Yield the conditions of a tree, left to right."""
    if isinstance(node, Comparison | Call):
        yield node
    elif isinstance(node, Not):
        yield from leaves(node.part)
    else:
        for part in node.parts:
            yield from leaves(part)
