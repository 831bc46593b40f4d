"""How paths are counted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from touchline.analyses.kinds.paths.answer import ListedPath, PathsAnswer
from touchline.analyses.kinds.paths.request import PathsRequest
from touchline.analyses.questions.paths import Paths, labels, members_of, paths_of, usual_nodes
from touchline.analyses.questions.reading import Reading
from touchline.analyses.rules.path_groups import Clusters, Groups, grouped, most_frequent, share_of
from touchline.analyses.rules.path_words import NOT_BEGUN, OVER
from touchline.analyses.rules.problem import QuestionError, what_exists
from touchline.analyses.rules.steps import Known
from touchline.analyses.rules.taken_paths import NOTHING, Flags, TakenPaths, Whole

_BETWEEN = re.compile(r"\s*(?:>|\N{RIGHTWARDS ARROW})\s*")
_REPEATED = re.compile(r"\s*×[\d.]+$")


def usual(known: Known) -> PathsRequest:
    """The first steps of journeys."""
    return PathsRequest(nodes=usual_nodes(known))


def answer(reading: Reading, request: PathsRequest) -> PathsAnswer:
    """Count and judge. Raises QuestionError."""
    before, after = _reach(request)
    found = paths_of(reading, request, before, after, request.outcome, from_end=request.direction == "before")
    chosen = _chosen(found, request)
    return _answer(found, request, before, chosen)


def members(reading: Reading, request: PathsRequest, part: str) -> NDArray[np.int64]:
    """The customers who reached the anchor, or who took the path looked at or the most frequent one."""
    before, after = _reach(request)
    found = paths_of(reading, request, before, after, "", from_end=request.direction == "before")
    takes = _chosen(found, request)
    if part == "anchor":
        takes = np.ones(found.taken.unit.size, dtype=np.bool_)
    elif takes is None:
        groups = grouped(found.steps, len(found.names))
        takes = np.isin(groups.of, most_frequent(groups, found.names, 1))
    return members_of(reading, found.taken.unit[takes])


def _reach(request: PathsRequest) -> tuple[int, int]:
    """Steps before and after the anchor."""
    others = request.length - 1
    if request.direction == "around":
        if not request.anchor:
            raise QuestionError(
                "Paths around a step need an anchor, e.g. basket; or look after or before.", "direction"
            )
        return others // 2, others - others // 2
    return (others, 0) if request.direction == "before" else (0, others)


def _answer(found: Paths, request: PathsRequest, before: int, chosen: Flags | None) -> PathsAnswer:
    number = found.steps.shape[0]
    both = found.steps if found.beside is None else np.concatenate([found.steps, found.beside])
    groups = grouped(both, len(found.names))
    own, other = (_counts(groups, rows) for rows in (slice(0, number), slice(number, None)))
    listed = most_frequent(own, found.names, request.top)
    further = [group for group in most_frequent(other, found.names, request.top) if group not in set(listed)]
    cell = np.full(groups.count.size, NOTHING)
    cell[[*listed, *further]] = np.arange(len(listed) + len(further))
    steps = [labels(groups.steps[group], found.names, before) for group in (*listed, *further)]
    clusters = Clusters.of(found.taken.unit)
    paths = _listed(found.taken, clusters, cell[own.of], steps, bool(request.outcome))
    covered = np.cumsum([path.share.count for path in paths[: len(listed)]]) / max(number, 1)
    return PathsAnswer(
        seen=found.seen,
        folded=found.folded,
        direction=request.direction,
        length=request.length,
        customers=clusters.sizes.size,
        different=int((own.count > 0).sum()),
        paths=tuple(replace(path, together=share) for path, share in zip(paths, covered.tolist(), strict=False)),
        beside=paths[len(listed) :],
        chosen=None if chosen is None else _chosen_path(found.taken, clusters, chosen, request),
        outcome=share_of(found.taken.unit, found.taken.reached) if request.outcome else None,
    )


def _counts(groups: Groups, rows: slice) -> Groups:
    """The same groups, counted over some of the paths."""
    of = groups.of[rows]
    return Groups(of, np.bincount(of, minlength=groups.count.size), groups.steps)


def _listed(
    taken: TakenPaths, clusters: Clusters, cell: Whole, steps: Sequence[tuple[str, ...]], by_outcome: bool
) -> tuple[ListedPath, ...]:
    """The paths of each cell: `cell` says for each path taken where it is listed."""
    inside = np.flatnonzero(cell != NOTHING)
    order = inside[np.argsort(cell[inside], kind="stable")]
    edges = np.searchsorted(cell[order], np.arange(len(steps) + 1))
    shares, customers = clusters.shares(cell, len(steps)), clusters.units(cell, len(steps))
    listed = []
    for place, names in enumerate(steps):
        rows = order[edges[place] : edges[place + 1]]
        listed.append(
            ListedPath(
                steps=names,
                repeats=_repeats(taken.repeats[rows], names),
                customers=customers[place],
                share=shares[place],
                together=None,
                outcome=share_of(taken.unit[rows], taken.reached[rows]) if by_outcome else None,
                may_go_on=int(taken.may_go_on[rows].sum()),
            )
        )
    return tuple(listed)


def _chosen_path(taken: TakenPaths, clusters: Clusters, chosen: Flags, request: PathsRequest) -> ListedPath:
    names = _named(request.path)
    (path,) = _listed(taken, clusters, np.where(chosen, 0, NOTHING), [names], bool(request.outcome))
    return replace(path, repeats=(1.0,) * len(names))  # at different places of the paths that hold it


def _repeats(repeats: NDArray[np.uint8], names: Sequence[str]) -> tuple[float, ...]:
    """How often each named step came in a row, on average; 1 for the ends of the journey and where nobody went."""
    times = (repeats > 0).sum(axis=0)
    means = iter((repeats.sum(axis=0)[times > 0] / times[times > 0]).tolist())
    return tuple(1.0 if name in (NOT_BEGUN, OVER) else next(means, 1.0) for name in names)


def _named(path: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in _BETWEEN.split(path) if name.strip())


def _chosen(found: Paths, request: PathsRequest) -> Flags | None:
    """Which paths hold the steps asked for, one right after the other."""
    names = _named(request.path)
    if not names:
        return None
    if len(names) > request.length:
        raise QuestionError(f"The path has {len(names)} steps; a path has {request.length} here.", "path")
    numbers = np.array([_number(_REPEATED.sub("", name), found.names) for name in names])
    holds = np.zeros(found.steps.shape[0], dtype=np.bool_)
    for first in range(request.length - len(names) + 1):
        holds |= (found.steps[:, first : first + len(names)] == numbers).all(axis=1)
    return holds


def _number(name: str, names: Sequence[str]) -> int:
    wanted = name.casefold()
    if wanted in (NOT_BEGUN, OVER):
        return NOTHING
    if wanted.startswith("other"):
        wanted = names[-1].casefold()
    for number, known in enumerate(names):
        if known.casefold() == wanted:
            return number
    raise QuestionError(what_exists("step", name, [each for each in names if each]), "path")
