"""What the second group does differently: paths more or less frequent, and leading more or less often to the outcome."""

from __future__ import annotations

from collections.abc import Callable

from touchline.analyses.kinds.paths.answer import ListedPath, PathsAnswer
from touchline.analyses.rules.path_differences import Pair, shares_compared
from touchline.analyses.rules.path_words import path_words
from touchline.analyses.rules.presentation import Presentation
from touchline.formulas.clustered import ClusteredShare


def difference(first: PathsAnswer, second: PathsAnswer) -> Presentation:
    """Second minus first for every path that is among the most frequent of either group, and for its outcome."""
    shown = shares_compared("paths", "paths", "Path", _pairs(first, second, lambda path: path.share))
    if not first.seen.outcome:
        return shown
    outcomes = [
        *_whole(first, second),
        *_pairs(first, second, lambda path: path.outcome),
    ]
    reached = shares_compared("path-outcomes", f"shares that reach {first.seen.outcome}", "Path", outcomes)
    return Presentation(
        f"{shown.sentence} {reached.sentence}",
        charts=(*shown.charts, *reached.charts),
        tables=(*shown.tables, *reached.tables),
    )


def _whole(first: PathsAnswer, second: PathsAnswer) -> list[Pair]:
    if first.outcome is None or second.outcome is None:
        return []
    customers = (first.outcome.clusters, second.outcome.clusters)
    return [Pair("All paths", first.outcome, second.outcome, customers)]


def _pairs(first: PathsAnswer, second: PathsAnswer, share: Callable[[ListedPath], ClusteredShare | None]) -> list[Pair]:
    """Both groups list the same paths: those most frequent in either."""
    others = {path.steps: path for path in (*second.paths, *second.beside)}
    pairs = []
    for path in (*first.paths, *first.beside):
        other = others.get(path.steps)
        one, two = share(path), share(other) if other else None
        if other is not None and one is not None and two is not None:
            pairs.append(Pair(path_words(path.steps), one, two, (path.customers, other.customers)))
    return pairs
