"""The answer to a question about paths."""

from __future__ import annotations

from dataclasses import dataclass

from touchline.analyses.rules.path_words import Folded, Seen
from touchline.formulas.clustered import ClusteredShare


@dataclass(frozen=True)
class ListedPath:
    """One path and those who took it."""

    steps: tuple[str, ...]
    """Names; '(start)' and '(end)' where the journey begins or ends within the path."""
    repeats: tuple[float, ...]
    """How often each step came in a row, on average."""
    customers: int
    """Customers (accounts, cases) who took it at least once."""
    share: ClusteredShare
    """Of all paths."""
    together: float | None
    """Share of all paths that are this one or a more frequent one; None where only the other group made it listed."""
    outcome: ClusteredShare | None
    """Of its journeys, those that reached the outcome; None where no outcome was asked for."""
    may_go_on: int
    """How many of its journeys may not be over yet."""


@dataclass(frozen=True)
class PathsAnswer:
    """Paths, the most frequent first."""

    seen: Seen
    folded: Folded
    direction: str
    length: int
    customers: int
    """Customers (accounts, cases) with any of these paths."""
    different: int
    """How many different paths were taken."""
    paths: tuple[ListedPath, ...]
    beside: tuple[ListedPath, ...]
    """Further paths, listed because they are among the most frequent of the group compared with."""
    chosen: ListedPath | None
    """The path asked for."""
    outcome: ClusteredShare | None
    """Of all paths, those that reached the outcome."""
