from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchline.events.exports.stored import StoredEvent
from touchline.events.exports.xes import write_xes
from touchline.events.readers.opening import open_sheet
from touchline.events.rules import Event, Score
from touchline.events.sources.protocol import Context
from touchline.events.sources.xes_log import SOURCE

NOON = datetime(2026, 5, 1, 12, 0, 0, 250)  # noqa: DTZ001 - the store's times are naive UTC
XES = "{http://www.xes-standard.org/}"
VIEWED = StoredEvent(
    id=1,
    source="segment_jsonl",
    name="Page Viewed",
    time=NOON,
    channel="web",
    page="/a&b",
    who=("customer", "p1"),
    case="p1",
)
BOUGHT = replace(
    VIEWED, id=2, name="Order Completed", page=None, value=Decimal("49.9"), objects=(("product", "A"), ("product", "B"))
)


def test_every_case_is_a_trace_with_its_customer(tmp_path: Path) -> None:
    other = replace(VIEWED, id=3, case="p2", who=None)

    write_xes(tmp_path / "log.xes", [VIEWED, BOUGHT, other], "Shop, by customer")

    root = ElementTree.parse(tmp_path / "log.xes").getroot()
    traces = root.findall(f"{XES}trace")
    strings = [{each.get("key"): each.get("value") for each in trace.findall(f"{XES}string")} for trace in traces]
    assert strings == [{"concept:name": "p1", "customer": "p1"}, {"concept:name": "p2"}]
    assert [len(trace.findall(f"{XES}event")) for trace in traces] == [2, 1]
    first = traces[0].find(f"{XES}event")
    assert first is not None
    assert [(each.tag.removeprefix(XES), each.get("key"), each.get("value")) for each in first] == [
        ("string", "concept:name", "Page Viewed"),
        ("date", "time:timestamp", "2026-05-01T12:00:00.000250+00:00"),
        ("string", "lifecycle:transition", "complete"),
        ("id", "identity:id", "00000000-0000-0000-0000-000000000001"),
        ("string", "channel", "web"),
        ("string", "page", "/a&b"),
        ("string", "source", "segment_jsonl"),
    ]


READABLE = st.characters(exclude_categories=("Cs", "Cc", "Co", "Cn", "Z"))
WORDS = st.text(READABLE, min_size=1, max_size=12)


@st.composite
def stored_events(draw: st.DrawFn) -> StoredEvent:
    scored = draw(st.booleans())
    return StoredEvent(
        id=draw(st.integers(0, 2**128 - 1)),
        source="table",
        name=draw(st.sampled_from(("Page Viewed", "Something else"))),
        time=draw(st.datetimes(datetime(1900, 1, 2), datetime(2099, 12, 31))),  # noqa: DTZ001 - naive UTC
        channel=draw(st.sampled_from(("web", "phone", "other"))),
        page=draw(st.none() | WORDS),
        label=draw(st.none() | WORDS),
        device=draw(st.none() | st.just("mobile")),
        campaign=draw(st.none() | WORDS),
        metric="csat" if scored else None,
        score=draw(st.floats(1, 5)) if scored else None,
        score_min=1.0 if scored else None,
        score_max=5.0 if scored else None,
        value=draw(st.none() | st.decimals(0, 10**9, places=2)),
        session=draw(st.none() | WORDS),
        objects=tuple(("product", id_) for id_ in draw(st.lists(WORDS, max_size=3))),
        case="p1",
        who=("customer", "p1"),
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("xes")


@given(events=st.lists(stored_events(), min_size=1, max_size=5, unique_by=lambda each: each.id))
def test_what_the_format_holds_comes_back(folder: Path, events: list[StoredEvent]) -> None:
    write_xes(folder / "log.xes", events, "log")

    sheet = open_sheet(folder / "log.xes")
    rows = [
        (line, {name: cell for name, cell in cells.items() if cell is not None})
        for batch in sheet.batches
        for line, cells in zip(batch.lines.tolist(), batch.table.to_pylist(), strict=True)
    ]
    context = Context(ZoneInfo("UTC"), "", "log.xes", sheet.columns)
    found = [each for each in SOURCE.read(rows, context) if isinstance(each, Event)]

    for event, stored in zip(found, events, strict=True):
        assert (event.name, event.time) == (stored.name, stored.time.replace(tzinfo=UTC))
        assert (event.page, event.label, event.campaign, event.session) == (
            stored.page,
            stored.label,
            stored.campaign,
            stored.session,
        )
        assert event.channel == stored.channel
        assert event.device == stored.device
        assert event.score == (Score("csat", stored.score, 1.0, 5.0) if stored.score is not None else None)
        assert event.value == stored.value
        assert event.identifiers == {"external_id": "p1", "case_id": "p1"}
        assert event.objects == (("case", "p1"), *stored.objects)
        assert event.properties == {"lifecycle:transition": "complete"}
