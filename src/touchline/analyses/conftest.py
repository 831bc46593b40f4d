"""Workspaces out of typed events, for kinds whose questions are asked of real visits and events."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest

from touchline.analyses import facade
from touchline.analyses.questions.reading import Reading
from touchline.engine.workspace import Settings, Workspace, create_workspace
from touchline.journeys.facade import JourneyDefinition, Pattern, Stage, Touchpoint, save_definition


@dataclass(frozen=True)
class Happened:
    """One event, as it would be typed into a table."""

    who: str
    time: str
    """UTC, e.g. '2026-03-02 10:00'."""
    name: str = "Page Viewed"
    channel: str = "web"
    page: str | None = None
    device: str | None = None
    campaign: str | None = None
    session: str | None = None
    value: str | None = None
    currency: str | None = None
    account: str | None = None


Make = Callable[..., Workspace]


@pytest.fixture(scope="module")
def make(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Make]:
    """A workspace of these events; every name of an event is a touchpoint."""
    made: list[Workspace] = []
    folder = tmp_path_factory.mktemp("typed")

    def make_one(events: Sequence[Happened], **settings: str) -> Workspace:
        workspace = create_workspace(folder / f"shop-{len(made)}", Settings("Shop", **settings), "")
        made.append(workspace)
        _store(workspace, events)
        names = sorted({each.name for each in events})
        touchpoints = tuple(
            Touchpoint(name.lower().replace(" ", "-"), name, "all", (Pattern(event=(name,)),)) for name in names
        )
        save_definition(workspace, JourneyDefinition("Buying", (Stage("all", "All"),), touchpoints, gap_days=30))
        return workspace

    yield make_one
    for workspace in made:
        workspace.close()


def asked(workspace: Workspace, kind: str, **given: Any) -> facade.Question:
    """A question with what is given as texts."""
    texts = {name: value if isinstance(value, list) else [str(value)] for name, value in given.items()}
    return facade.usual_question(workspace, kind, texts)


def answer(workspace: Workspace, kind: str, **given: Any) -> Any:
    """Its answer."""
    return facade.answered(workspace, asked(workspace, kind, **given)).answer


def answer_in_buckets(workspace: Workspace, kind: str, buckets: int, **given: Any) -> Any:
    """Its answer, counted in so many buckets."""
    question = asked(workspace, kind, **given)
    facade.answered(workspace, question)  # brings visits up to date
    reading: Reading = facade.reading(workspace, question)
    return facade.kind_named(kind).answer(replace(reading, buckets=buckets), question.request)


def _store(workspace: Workspace, events: Sequence[Happened]) -> None:
    people = list(dict.fromkeys(each.who for each in events))
    kinds = list(dict.fromkeys((each.name, each.channel, each.page) for each in events))
    with workspace.store.transaction() as writer:
        for number, who in enumerate(people, 1):
            writer.execute("insert into identifiers values (?, 'user_id', ?)", [number, who])
        for number, (name, channel, page) in enumerate(kinds):
            writer.execute("insert into kinds values (?, ?, ?, ?, null, 'test')", [number, name, channel, page])
        rows = [_row(number, each, people, kinds) for number, each in enumerate(events, 1)]
        with writer.staged("rows", pa.Table.from_pylist(rows, SCHEMA)):
            columns = ", ".join(SCHEMA.names[:-1])
            objects = "case when account is null then null else [{'type': 'account', 'id': account}] end"
            writer.execute(f"insert into events ({columns}, objects) select {columns}, {objects} from rows")


TYPES: dict[str, pa.DataType] = {
    "seq": pa.int64(), "id": pa.int64(), "time": pa.timestamp("us"), "received": pa.timestamp("us"), "who": pa.int32(),
    "kind": pa.int32(), "device": pa.string(), "campaign": pa.string(), "session": pa.string(),
    "value": pa.decimal128(18, 4), "currency": pa.string(), "import_id": pa.int32(), "line": pa.int64(),
    "account": pa.string(),
}  # fmt: skip
SCHEMA = pa.schema(TYPES)


def _row(number: int, each: Happened, people: list[str], kinds: list[tuple[Any, ...]]) -> dict[str, Any]:
    moment = datetime.fromisoformat(each.time)
    return {
        "seq": number, "id": hash_of(each), "time": moment, "received": moment, "who": people.index(each.who) + 1,
        "kind": kinds.index((each.name, each.channel, each.page)), "device": each.device, "campaign": each.campaign,
        "session": each.session, "value": Decimal(each.value) if each.value else None, "currency": each.currency,
        "import_id": 1, "line": number, "account": each.account,
    }  # fmt: skip


def hash_of(each: Happened) -> int:
    """The same event has the same id wherever it stands in a file."""
    return int.from_bytes(hashlib.sha256(repr(each).encode()).digest()[:7], "big")
