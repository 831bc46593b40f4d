"""A journey proposed from the data: touchpoints in the order in which customers flow through them, cut into stages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from touchline.formulas.stage_cut import Cut, best_cuts
from touchline.formulas.trophic import beyond_chance, incoherence, trophic_levels
from touchline.journeys.rules.definition import Touchpoint
from touchline.journeys.rules.moves import Moves

USUAL_STAGES = 6
MOST_STAGES = 12
UNSURE = 0.2
"""What turns out otherwise in a larger share of the resamples is marked as unsure."""
RESAMPLES = 100
SEED = 20_200_701

Floats = NDArray[np.float64]


class ProposalError(ValueError):
    """No journey can be proposed as asked; the message is a sentence for the user."""


@dataclass(frozen=True)
class Candidate:
    """A touchpoint of the definition, or a kind of event that could become one."""

    touchpoint: Touchpoint
    events: int
    is_new: bool


@dataclass(frozen=True)
class Pin:
    """Where the user wants a touchpoint."""

    stage: int
    """From 1."""
    place: int = 0
    """In its stage, from 1; 0: by its level."""


@dataclass(frozen=True)
class Placed:
    """A touchpoint at its place."""

    candidate: Candidate
    level: float
    is_pinned: bool
    swaps: float | None
    """Share of resamples in which it comes after the one that follows it here; None for the last, and where pinned."""
    moves_stage: float | None
    """Share of resamples in which it lies in another stage; None where pinned."""

    @property
    def is_unsure(self) -> bool:
        """Whether its stage changes in too many resamples."""
        return self.moves_stage is not None and self.moves_stage > UNSURE

    @property
    def may_swap(self) -> bool:
        """Whether its order with the next one changes in too many resamples."""
        return self.swaps is not None and self.swaps > UNSURE


@dataclass(frozen=True)
class ProposedStage:
    """A stage."""

    name: str
    touchpoints: tuple[Placed, ...]
    border_flips: float | None
    """Share of resamples in which its last touchpoint and the next one share a stage; None for the last stage."""

    @property
    def border_is_unsure(self) -> bool:
        """Whether its end changes in too many resamples."""
        return self.border_flips is not None and self.border_flips > UNSURE


@dataclass(frozen=True)
class Proposal:
    """A journey to look at, change and save."""

    stages: tuple[ProposedStage, ...]
    customers: int
    moves: int
    incoherence: float | None
    """0: customers agree on one direction; 1: there is none."""
    next_best: tuple[str, ...]
    """How the next best cut differs, in sentences."""
    next_best_share: float | None
    """Its gain as a share of the best one's."""
    left_out: tuple[str, ...]
    """Names of what occurs too rarely, or with nothing before and after it."""
    unused: tuple[str, ...]
    """Names of the definition's touchpoints that never occur."""


@dataclass(frozen=True)
class _Ordered:
    """One proposal, of the data or of a resample, by number of the candidate."""

    level: Floats
    order: NDArray[np.int64]
    """From the first to the last."""
    stage: NDArray[np.int64]
    """From 0."""
    cuts: tuple[Cut, ...]


def propose(
    candidates: Sequence[Candidate], moves: Moves, stages: int, pins: Mapping[str, Pin], stage_names: Mapping[str, str]
) -> Proposal:
    """Propose a journey. `pins` by touchpoint id; `stage_names` name stages of the definition by id.

    Raises ProposalError when there are too few touchpoints for so many stages, or a pin names none of them.
    """
    pinned = _pinned(candidates, stages, pins)
    connected = np.flatnonzero((moves.table.sum(axis=0) + moves.table.sum(axis=1)) > 0)
    used = sorted({*connected.tolist(), *pinned})
    if len(used) < max(stages, 2):
        raise ProposalError(
            f"{stages} stages need at least {max(stages, 2)} kinds of events that follow one another; "
            f"{len(used)} were found. Import more, or ask for fewer stages."
        )
    found = _ordered(moves.table, used, stages, pinned, cuts=2)
    again = [_ordered(table, used, stages, pinned) for table in moves.resampled(RESAMPLES, SEED)]
    return Proposal(
        stages=_stages(candidates, found, again, stages, pinned, pins, stage_names),
        customers=moves.customers,
        moves=int(moves.table.sum()),
        incoherence=incoherence(beyond_chance(moves.table), found.level),
        next_best=_next_best(candidates, found),
        next_best_share=found.cuts[1].gain / found.cuts[0].gain if len(found.cuts) > 1 and found.cuts[0].gain else None,
        left_out=tuple(each.touchpoint.name for at, each in enumerate(candidates) if at not in used),
        unused=(),
    )


def _pinned(candidates: Sequence[Candidate], stages: int, pins: Mapping[str, Pin]) -> dict[int, int]:
    number = {each.touchpoint.id: at for at, each in enumerate(candidates)}
    for id_, pin in pins.items():
        if id_ not in number:
            raise ProposalError(f"“{id_}” cannot be pinned: it is none of {', '.join(number)}.")
        if not 1 <= pin.stage <= stages:
            raise ProposalError(f"“{id_}” is pinned to stage {pin.stage}; expected a stage from 1 to {stages}.")
    return {number[id_]: pin.stage - 1 for id_, pin in pins.items()}


def _ordered(table: Floats, used: Sequence[int], stages: int, pinned: Mapping[int, int], cuts: int = 1) -> _Ordered:
    level = trophic_levels(beyond_chance(table))
    order = np.array(used, dtype=np.int64)[np.argsort(level[used], kind="stable")]
    if pinned:
        order = _with_pins(order, best_cuts(table[np.ix_(order, order)], stages, most=1)[0], pinned)
    held: dict[int, list[int]] = {}
    for at, candidate in enumerate(order.tolist()):
        if candidate in pinned:
            held.setdefault(pinned[candidate], []).append(at)
    found = best_cuts(table[np.ix_(order, order)], stages, held, most=cuts)
    if not found:
        raise ProposalError("The pins leave a stage without any touchpoint; unpin some, or ask for fewer stages.")
    stage = np.full(len(table), -1, dtype=np.int64)
    stage[order] = np.searchsorted(found[0].borders, np.arange(len(order)), side="right")
    return _Ordered(level, order, stage, found)


def _with_pins(order: NDArray[np.int64], cut: Cut, pinned: Mapping[int, int]) -> NDArray[np.int64]:
    """Move what is pinned to another stage to the near end of that stage."""
    stage = np.searchsorted(cut.borders, np.arange(len(order)), side="right")
    key = [
        (wanted := pinned.get(candidate, own), 0 if wanted == own else (-1 if wanted > own else 1), at)
        for at, (candidate, own) in enumerate(zip(order.tolist(), stage.tolist(), strict=True))
    ]
    return order[sorted(range(len(order)), key=lambda at: key[at])]


def _stages(
    candidates: Sequence[Candidate],
    found: _Ordered,
    again: Sequence[_Ordered],
    stages: int,
    pinned: Mapping[int, int],
    pins: Mapping[str, Pin],
    stage_names: Mapping[str, str],
) -> tuple[ProposedStage, ...]:
    levels = np.array([each.level for each in again])
    others = np.array([each.stage for each in again])
    follower = dict(zip(found.order[:-1].tolist(), found.order[1:].tolist(), strict=True))
    placed: list[list[int]] = []
    for stage in range(stages):
        members = [at for at in found.order.tolist() if found.stage[at] == stage]
        for at in sorted(members, key=lambda at: _place_of(candidates[at], pins)):
            if place := _place_of(candidates[at], pins):
                members.remove(at)
                members.insert(place - 1, at)
        placed.append(members)
    names = _names(candidates, placed, stage_names)
    proposed = []
    for stage, members in enumerate(placed):
        touchpoints = tuple(_placed(candidates[at], at, found, levels, others, pinned, follower) for at in members)
        flips = None
        if stage < stages - 1:
            last = found.order[found.cuts[0].borders[stage] - 1]
            flips = float(np.mean(others[:, last] == others[:, follower[last]]))
        proposed.append(ProposedStage(names[stage], touchpoints, flips))
    return tuple(proposed)


def _placed(
    candidate: Candidate,
    at: int,
    found: _Ordered,
    levels: Floats,
    others: NDArray[np.int64],
    pinned: Mapping[int, int],
    follower: Mapping[int, int],
) -> Placed:
    is_pinned = at in pinned
    following = None if is_pinned else follower.get(at)
    return Placed(
        candidate=candidate,
        level=float(found.level[at]),
        is_pinned=is_pinned,
        swaps=None if following is None else float(np.mean(levels[:, at] > levels[:, following])),
        moves_stage=None if is_pinned else float(np.mean(others[:, at] != found.stage[at])),
    )


def _place_of(candidate: Candidate, pins: Mapping[str, Pin]) -> int:
    pin = pins.get(candidate.touchpoint.id)
    return pin.place if pin else 0


def _names(
    candidates: Sequence[Candidate], placed: Sequence[Sequence[int]], stage_names: Mapping[str, str]
) -> list[str]:
    """Name a stage as the definition does where most of its events lie in one of its stages, else by its ends."""
    names: list[str] = []
    for members in placed:
        events: dict[str, int] = {}
        for at in members:
            known = stage_names.get(candidates[at].touchpoint.stage, "")
            events[known] = events.get(known, 0) + candidates[at].events
        most = max(events, key=lambda name: events[name], default="")
        ends = [candidates[at].touchpoint.name for at in (members[0], members[-1])] if members else ["Empty"]
        by_ends = " to ".join(dict.fromkeys(ends))
        names.append(most if most and most not in names and 2 * events[most] > sum(events.values()) else by_ends)
    return names


def _next_best(candidates: Sequence[Candidate], found: _Ordered) -> tuple[str, ...]:
    if len(found.cuts) < 2:
        return ()
    said = []
    ours, theirs = found.cuts[0].borders[:-1], found.cuts[1].borders[:-1]
    for stage, (mine, other) in enumerate(zip(ours, theirs, strict=True), 1):
        if mine != other:
            moved = [candidates[at].touchpoint.name for at in found.order[min(mine, other) : max(mine, other)]]
            to = stage if other > mine else stage + 1
            said.append(f"{', '.join(moved)} in stage {to}")
    return tuple(said)
