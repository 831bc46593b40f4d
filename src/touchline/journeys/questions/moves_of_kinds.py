"""What could be touchpoints, and how customers move between them: visits of the definition, and events outside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from touchline.engine.question import Bucket, run
from touchline.engine.store import Store
from touchline.journeys.rules.definition import JourneyDefinition, Pattern, Touchpoint
from touchline.journeys.rules.editing import new_id
from touchline.journeys.rules.map_parts import UnmappedKind
from touchline.journeys.rules.moves import MoveRows, Moves, all_moves, move_rows
from touchline.journeys.rules.naming import touchpoint_of_kind
from touchline.journeys.rules.proposal import Candidate

MOST_CANDIDATES = 60
"""More touchpoints than this are not read; the rarest are left out."""
MICROSECONDS_PER_DAY = 86_400_000_000

VISITED = "select touchpoint, sum(events)::bigint from visits group by touchpoint"
UNMAPPED = """
select k.kind, k.name, k.channel, k.page, k.label, count(*) as events
from events e join identities i on i.identifier = e.who join kinds k on k.kind = e.kind
where not exists (from kind_touchpoints t where t.kind = k.kind)
group by k.kind, k.name, k.channel, k.page, k.label
"""
ROWS = """
with of_kinds as (select unnest($kinds::integer[]) as kind, unnest($of_kind::integer[]) as candidate),
of_touchpoints as (select unnest($touchpoints::integer[]) as touchpoint, unnest($of_touchpoint::integer[]) as candidate)
select v.customer::bigint as customer, epoch_us(v.time) as at, c.candidate::bigint as candidate
from visits v join of_touchpoints c on c.touchpoint = v.touchpoint
where {bucket}
union all
select v.customer::bigint, epoch_us(e.time), c.candidate::bigint
from events e join identities v on v.identifier = e.who join of_kinds c on c.kind = e.kind
where {bucket}
"""


@dataclass(frozen=True)
class Found:
    """What could be touchpoints, with how events find them."""

    candidates: tuple[Candidate, ...]
    kinds: tuple[int, ...]
    of_kind: tuple[int, ...]
    """Number of the candidate of each of `kinds`."""
    touchpoints: tuple[int, ...]
    of_touchpoint: tuple[int, ...]
    rare: tuple[str, ...]
    """Names of what is left out as too rare."""


@dataclass(frozen=True)
class MovesOfKinds:
    """The question: moves between candidates."""

    found: Found
    gap: int
    """The longest pause within a journey, microseconds."""

    def part(self, store: Store, bucket: Bucket) -> MoveRows:
        """Count the moves of the customers of one bucket."""
        values = {
            "kinds": list(self.found.kinds),
            "of_kind": list(self.found.of_kind),
            "touchpoints": list(self.found.touchpoints),
            "of_touchpoint": list(self.found.of_touchpoint),
        }
        table = store.table(ROWS.replace("{bucket}", bucket.holds("v.customer")), values)
        customer, at, candidate = (table.column(name).to_numpy() for name in ("customer", "at", "candidate"))
        return move_rows(customer, at, candidate, len(self.found.candidates), self.gap)

    def combine(self, parts: Sequence[MoveRows]) -> Moves:
        """Put all buckets together."""
        return all_moves(parts, len(self.found.candidates))


_Candidate: TypeAlias = tuple[Touchpoint, int, tuple[int, ...], tuple[int, ...]]
"""With its events, its places in the definition and its kinds of events."""


def moves_of_kinds(store: Store, definition: JourneyDefinition, found: Found, buckets: int = 1) -> Moves:
    """Count every customer's moves; the same for every number of buckets."""
    return run(MovesOfKinds(found, round(definition.gap_days * MICROSECONDS_PER_DAY)), store, buckets)


def find_candidates(store: Store, definition: JourneyDefinition) -> Found:
    """The most frequent touchpoints of the definition and kinds of events without one, over all data."""
    visited = dict(store.rows(VISITED))
    found: list[_Candidate] = [(definition.touchpoints[at], events, (at,), ()) for at, events in visited.items()]
    taken = {each.id for each in definition.touchpoints}
    new: dict[str, tuple[Pattern, int, list[int]]] = {}
    for kind, name, channel, page, label, events in sorted(store.rows(UNMAPPED), key=lambda row: (-row[5], row[0])):
        called, pattern = touchpoint_of_kind(UnmappedKind(name, channel, page, label, events, 0))
        before = new.get(called, (pattern, 0, []))
        new[called] = (before[0], before[1] + events, [*before[2], kind])
    named = sorted(new.items(), key=lambda each: (-each[1][1], each[0]))
    for called, (pattern, events, kinds) in named:
        id_ = new_id(called, taken)
        taken.add(id_)
        found.append((Touchpoint(id_, called, "", (pattern,)), events, (), tuple(kinds)))
    found.sort(key=lambda each: (-each[1], each[0].id))
    kept, rare = found[:MOST_CANDIDATES], found[MOST_CANDIDATES:]
    by_kind = [(kind, at) for at, each in enumerate(kept) for kind in each[3]]
    by_place = [(place, at) for at, each in enumerate(kept) for place in each[2]]
    return Found(
        candidates=tuple(Candidate(touchpoint, events, bool(kinds)) for touchpoint, events, _, kinds in kept),
        kinds=tuple(kind for kind, _ in by_kind),
        of_kind=tuple(at for _, at in by_kind),
        touchpoints=tuple(place for place, _ in by_place),
        of_touchpoint=tuple(at for _, at in by_place),
        rare=tuple(each[0].name for each in rare),
    )
