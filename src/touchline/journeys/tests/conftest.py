"""A journey small enough to count by hand, and a larger one with the same shape.

Five touchpoints in three stages. Visits are typed as (customer, time, touchpoint, channel); what follows from them
(journeys, the step before and after, waiting) is worked out here in plain Python, so that the store holds what the
builder of visits would put there. Every visit has one event behind it, or two when it lasts.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import groupby
from pathlib import Path

import pyarrow as pa
import pytest

from touchline.engine.workspace import Settings, Workspace, create_workspace
from touchline.events.facade import CHANNELS, DEVICES
from touchline.journeys.facade import JourneyDefinition, Pattern, Stage, Touchpoint, refresh, save_definition

TOUCHPOINTS = ("ad", "product", "cart", "order", "help")
STAGES = {"ad": "awareness", "product": "awareness", "cart": "purchase", "order": "purchase", "help": "service"}
GAP_DAYS = 30

DEFINITION = JourneyDefinition(
    name="Buy a tent",
    stages=(Stage("awareness", "Awareness"), Stage("purchase", "Purchase"), Stage("service", "Service")),
    touchpoints=tuple(
        Touchpoint(id_, id_.title(), STAGES[id_], (Pattern(event=(id_.title(),)),)) for id_ in TOUCHPOINTS
    ),
    gap_days=GAP_DAYS,
)


@dataclass(frozen=True)
class Visit:
    customer: int
    time: datetime
    touchpoint: str
    channel: str = "web"
    device: str = "unknown"
    minutes: int = 0
    value: Decimal | None = None
    currency: str | None = None

    @property
    def ended(self) -> datetime:
        return self.time + timedelta(minutes=self.minutes)


@dataclass(frozen=True)
class Response:
    customer: int | None
    time: datetime
    touchpoint: str | None
    metric: str | None
    score: float | None = None
    text: str | None = None
    channel: str = "email"
    source: str = "typeform"

    @property
    def experience(self) -> float | None:
        low, high = {"nps": (0, 10), "csat": (1, 5), "ces": (1, 7), None: (0, 1)}[self.metric]
        return None if self.score is None else 200 * (self.score - low) / (high - low) - 100


@dataclass
class World:
    visits: list[Visit] = field(default_factory=list)
    responses: list[Response] = field(default_factory=list)
    unmapped: list[tuple[int | None, datetime, str]] = field(default_factory=list)
    """(customer, time, name) of events that no touchpoint covers."""
    series: list[tuple[datetime, str, str, float]] = field(default_factory=list)
    """(time, touchpoint, measure, amount)"""

    def by_journey(self) -> list[list[Visit]]:
        """Visits of each journey, in time order: a pause longer than the gap starts a new one."""
        journeys = []
        for _, visits in groupby(sorted(self.visits, key=lambda v: (v.customer, v.time)), key=lambda v: v.customer):
            journey: list[Visit] = []
            for visit in visits:
                if journey and visit.time - journey[-1].ended > timedelta(days=GAP_DAYS):
                    journeys.append(journey)
                    journey = []
                journey.append(visit)
            journeys.append(journey)
        return journeys


def at(text: str) -> datetime:
    """'01-03 10:00' of 2026, as the store holds it: UTC without a zone."""
    return datetime.fromisoformat(f"2026-{text}")


_FIRST_DAY = at("01-01 00:00") - timedelta(days=275)
_QUIZ_DAY = at("01-05 00:00")


def _fill(workspace: Workspace, world: World) -> None:
    """Put a world into a store. The typed visits and answers take the place of those built from the events."""
    tables = _tables(world)
    derived = {name: tables.pop(name) for name in ("visits", "responses", "identities")}
    _insert(workspace, tables)
    refresh(workspace)
    _insert(workspace, derived)


def _insert(workspace: Workspace, tables: dict[str, list[dict]]) -> None:
    with workspace.store.transaction() as writer:
        for name, rows in tables.items():
            writer.execute(f"delete from {name}")
            if rows:
                with writer.staged("staged", _table(rows)) as staged:
                    columns = ", ".join(rows[0])
                    writer.execute(f"insert into {name} ({columns}) select {columns} from {staged}")


def _table(rows: list[dict]) -> pa.Table:
    types = {"value": pa.decimal128(18, 4), "previous": pa.int16(), "following": pa.int16(), "text": pa.string()}
    types |= {"seconds": pa.float64(), "wait": pa.float64(), "currency": pa.string(), "previous_channel": pa.int16()}
    types |= {"customer": pa.int32(), "touchpoint": pa.int16(), "score": pa.float64(), "experience": pa.float64()}
    types |= {"metric": pa.string(), "who": pa.int32(), "page": pa.string(), "label": pa.string()}
    if "identifier" in rows[0]:
        types["value"] = pa.string()
    return pa.table(
        {name: pa.array([row[name] for row in rows], types.get(name)) for name in rows[0]},
    )


def _tables(world: World) -> dict[str, list[dict]]:
    tables: dict[str, list[dict]] = {"visits": [], "events": [], "responses": [], "series": []}
    for ordinal, journey in _numbered(world.by_journey()):
        for position, visit in enumerate(journey):
            before = journey[position - 1] if position else None
            after = journey[position + 1] if position + 1 < len(journey) else None
            tables["visits"].append(_visit(visit, before, after, ordinal, len(tables["visits"]) + 1, journey[0]))
            kind = TOUCHPOINTS.index(visit.touchpoint)
            for moment in sorted({visit.time, visit.ended}):
                tables["events"].append(_event(len(tables["events"]) + 1, moment, visit.customer, kind))
    names = sorted({name for _, _, name in world.unmapped})
    for customer, moment, name in world.unmapped:
        tables["events"].append(_event(len(tables["events"]) + 1, moment, customer, 100 + names.index(name)))
    tables["responses"] = [_response(number, response) for number, response in enumerate(world.responses, 1)]
    tables["series"] = [
        {
            "id": number, "time": moment, "kind": TOUCHPOINTS.index(touchpoint), "measure": measure,
            "amount": amount, "label": "Spring", "import_id": 1, "line": number,
        }
        for number, (moment, touchpoint, measure, amount) in enumerate(world.series, 1)
    ]  # fmt: skip
    kinds = [(number, id_.title()) for number, id_ in enumerate(TOUCHPOINTS)]
    tables["kinds"] = [
        {"kind": kind, "name": name, "channel": "web", "page": None, "label": None, "source": "test"}
        for kind, name in [*kinds, *((100 + number, name) for number, name in enumerate(names))]
    ]
    people = {v.customer for v in world.visits} | {who for who, _, _ in world.unmapped if who}
    tables["identifiers"] = [{"identifier": who + 1000, "type": "user_id", "value": f"{who}"} for who in sorted(people)]
    tables["identities"] = [{"identifier": who + 1000, "customer": who} for who in sorted(people)]
    return tables


def _numbered(journeys: list[list[Visit]]) -> list[tuple[int, list[Visit]]]:
    seen: dict[int, int] = {}
    numbered = []
    for journey in journeys:
        who = journey[0].customer
        numbered.append((seen.get(who, 0), journey))
        seen[who] = seen.get(who, 0) + 1
    return numbered


def _visit(visit: Visit, before: Visit | None, after: Visit | None, ordinal: int, number: int, first: Visit) -> dict:
    return {
        "customer": visit.customer,
        "time": visit.time,
        "ended": visit.ended,
        "touchpoint": TOUCHPOINTS.index(visit.touchpoint),
        "previous": TOUCHPOINTS.index(before.touchpoint) if before else None,
        "following": TOUCHPOINTS.index(after.touchpoint) if after else None,
        "seconds": (visit.time - before.ended).total_seconds() if before else None,
        "wait": (after.time - visit.ended).total_seconds() if after else None,
        "journey": ordinal,
        "channel": CHANNELS.index(visit.channel),
        "previous_channel": CHANNELS.index(before.channel) if before else None,
        "device": DEVICES.index(visit.device),
        "intent": first.touchpoint,
        "events": 2 if visit.minutes else 1,
        "value": visit.value,
        "currency": visit.currency,
        "first_event": number,
    }


def _event(number: int, moment: datetime, customer: int | None, kind: int) -> dict:
    return {
        "seq": number, "id": number, "time": moment, "received": moment, "import_id": 1, "line": number,
        "who": None if customer is None else customer + 1000, "kind": kind,
    }  # fmt: skip


def _response(number: int, response: Response) -> dict:
    place = response.touchpoint
    return {
        "event": 10_000 + number,
        "customer": response.customer,
        "time": response.time,
        "touchpoint": None if place is None else TOUCHPOINTS.index(place),
        "channel": CHANNELS.index(response.channel),
        "device": 0,
        "metric": response.metric,
        "experience": response.experience,
        "score": response.score,
        "text": response.text,
        "source": response.source,
    }


def small_world() -> World:
    """Six customers between 3 January and 20 March 2026; counted by hand in test_journey_map.py."""
    ada, bob, cem, dee, eve, fay = range(1, 7)
    visits = [
        Visit(ada, at("01-03 10:00"), "ad"),
        Visit(ada, at("01-03 10:30"), "product", minutes=10),
        Visit(ada, at("01-04 10:30"), "product", "app"),
        Visit(ada, at("01-05 10:30"), "cart", "app"),
        Visit(ada, at("01-05 11:00"), "order", "app", value=Decimal("120.00"), currency="EUR"),
        Visit(ada, at("01-09 09:00"), "help", "email"),
        Visit(bob, at("01-10 12:00"), "product"),
        Visit(bob, at("01-12 12:00"), "cart"),
        Visit(bob, at("01-13 12:00"), "product"),
        Visit(cem, at("01-20 08:00"), "ad", "social"),
        Visit(cem, at("01-20 08:05"), "product"),
        Visit(cem, at("03-01 08:00"), "cart"),  # 40 days later: another journey
        Visit(cem, at("03-01 08:10"), "order", value=Decimal("80.00"), currency="EUR"),
        Visit(dee, at("02-01 09:00"), "cart", "store"),
        Visit(dee, at("02-01 09:05"), "order", "store", value=Decimal("30.50"), currency="USD"),
        Visit(dee, at("02-03 09:05"), "help", "phone"),
        Visit(dee, at("02-04 09:05"), "help", "phone"),
        Visit(eve, at("03-18 10:00"), "product"),
        Visit(eve, at("03-19 10:00"), "cart"),
        Visit(fay, at("03-20 10:00"), "ad", "social"),
    ]
    ease = "The tent was easy to order and arrived quickly"
    responses = [
        *(Response(who, at(f"01-{day:02d} 12:00"), "order", "csat", score) for who, day, score in
          [(ada, 6, 5), (bob, 7, 4), (cem, 8, 4), (dee, 9, 5), (eve, 10, 3), (None, 11, 5)]),
        *(Response(who, at(f"02-{day:02d} 12:00"), "help", "ces", score, source="zendesk_tickets") for who, day, score in
          [(ada, 6, 2), (bob, 7, 1), (cem, 8, 3), (dee, 9, 2), (None, 10, 2)]),
        *(Response(None, at(f"02-{day:02d} 15:00"), None, "nps", score) for day, score in [(1, 9), (2, 10), (3, 3)]),
        *(Response(None, at(f"03-{day:02d} 15:00"), "order", None, None, f"{ease}, day {'abcde'[day - 1] * 2}")
          for day in range(1, 6)),
        Response(ada, at("03-06 15:00"), "order", None, None, "Something else entirely: write to ada@example.org please"),
    ]  # fmt: skip
    return World(
        visits,
        responses,
        unmapped=[(ada, at("01-03 11:00"), "Wishlist Shared"), (None, at("02-03 11:00"), "Wishlist Shared")],
        series=[(at("01-05 00:00"), "ad", "deliveries", 1000.0), (at("01-06 00:00"), "ad", "deliveries", 500.0)],
    )


def random_world(seed: int = 7, customers: int = 120) -> World:
    """The same journey with many customers over a year: too many to count by hand, few enough for plain Python."""
    chance = random.Random(seed)
    world = World()
    for who in range(1, customers + 1):
        moment = _FIRST_DAY + timedelta(minutes=chance.randrange(360 * 1440))
        for _ in range(chance.randrange(1, 9)):
            place = chance.choice(TOUCHPOINTS)
            bought = place == "order"
            visit = Visit(
                who, moment, place, chance.choice(("web", "app", "email", "phone")), chance.choice(DEVICES),
                minutes=chance.choice((0, 0, 5)), value=Decimal(chance.randrange(100, 9999)) / 100 if bought else None,
                currency=chance.choice(("EUR", "USD")) if bought else None,
            )  # fmt: skip
            world.visits.append(visit)
            if chance.random() < 0.4:
                metric = chance.choice(("csat", "ces", "nps"))
                score = chance.randrange(*{"csat": (1, 6), "ces": (1, 8), "nps": (0, 11)}[metric])
                world.responses.append(
                    Response(who, visit.ended, place, metric, score, f"{metric} {score} for {place}")
                )
            moment = visit.ended + timedelta(minutes=chance.choice((3, 90, 1500, 9000, 30_000, 60_000)))
    world.unmapped = [(who, _QUIZ_DAY + timedelta(hours=who), "Quiz Taken") for who in range(1, 20)]
    return world


def _make(folder: Path, world: World, definition: JourneyDefinition) -> Workspace:
    workspace = create_workspace(folder, Settings("Tents"), "")
    save_definition(workspace, definition)
    _fill(workspace, world)
    return workspace


@pytest.fixture
def workspace_of(tmp_path: Path):
    """Make a workspace of its own that holds a world."""
    made: list[Workspace] = []

    def make(world: World, definition: JourneyDefinition = DEFINITION) -> Workspace:
        made.append(_make(tmp_path / f"workspace{len(made)}", world, definition))
        return made[-1]

    yield make
    for workspace in made:
        workspace.close()


@pytest.fixture(scope="session")
def small(tmp_path_factory):
    """The small world, shared: read it, change nothing."""
    workspace = _make(tmp_path_factory.mktemp("journeys") / "small", small_world(), DEFINITION)
    yield workspace
    workspace.close()


@pytest.fixture(scope="session")
def many(tmp_path_factory):
    """The random world, shared: read it, change nothing."""
    workspace = _make(tmp_path_factory.mktemp("journeys") / "many", random_world(), DEFINITION)
    yield workspace
    workspace.close()


@pytest.fixture
def typed() -> World:
    """The small world as typed, to change or to put into a workspace of its own."""
    return small_world()


@pytest.fixture
def nothing() -> World:
    return World()


@pytest.fixture
def definition() -> JourneyDefinition:
    return DEFINITION
