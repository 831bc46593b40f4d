from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pyarrow.parquet
import pytest

from touchline.cli.joined import answer_with
from touchline.cli.main import commands, main
from touchline.engine.deriving import bring_up_to_date
from touchline.engine.joining import Owner
from touchline.engine.workspace import Settings, Workspace, create_workspace
from touchline.events.facade import import_files
from touchline.journeys.facade import DEFAULT_JOURNEY_TOML, JourneyMap, journey_map
from touchline.overview.calls import Here, InOwner
from touchline.overview.exporting.formats import FormatError
from touchline.overview.exporting.writing import NothingToExportError, export_events
from touchline.overview.python_api import Touchline
from touchline.segments.facade import FilterError, Scope
from touchline.verification.facade import write_demo_exports

SETTINGS = Settings("Demo", "Europe/Berlin", "EUR")
TABLES = ("events", "links", "identifiers", "kinds", "series")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    folder = tmp_path_factory.mktemp("demo")
    write_demo_exports(folder / "exports", folder / "truth", seed=3, customers=120)
    workspace = create_workspace(folder / "workspace", SETTINGS, DEFAULT_JOURNEY_TOML)
    import_files(workspace, [folder / "exports"], accept_proposals=True)
    yield workspace
    workspace.close()


def counts(workspace: Workspace) -> list[int]:
    return [workspace.store.value(f"select count(*) from {table}") for table in TABLES]


def measures(measured: JourneyMap) -> dict[str, object]:
    """The whole map but when it was computed, and how many rows the imported files had."""
    told = asdict(measured)
    told.pop("computed")
    told["notes"] = [note for note in told["notes"] if "imported rows" not in note]
    return told


@pytest.mark.parametrize("name", ["events.jsonocel", "events.sqlite", "events.xmlocel"])
def test_an_export_imported_elsewhere_gives_the_same_map(demo: Workspace, tmp_path: Path, name: str) -> None:
    export_events(demo, tmp_path / name)
    other = create_workspace(tmp_path / "other", SETTINGS, DEFAULT_JOURNEY_TOML)

    report = import_files(other, [tmp_path / name])[0]

    assert (report.error, report.quarantined, report.title) == ("", 0, "OCEL 2.0 event log")
    assert counts(other) == counts(demo)
    assert measures(journey_map(other)) == measures(journey_map(demo))
    other.close()


def test_an_export_imported_where_it_came_from_changes_nothing(demo: Workspace, tmp_path: Path) -> None:
    export_events(demo, tmp_path / "events.jsonocel")
    before, latest = counts(demo), demo.store.value("select max(seq) from events")

    report = import_files(demo, [tmp_path / "events.jsonocel"])[0]

    assert (report.imported, report.quarantined) == (0, 0)
    assert report.skip_reasons == {"already imported": report.rows}
    assert counts(demo) == before
    assert demo.store.value("select max(seq) from events") == latest


ORDERS = """email,order id,time,event,total,currency,note,country
ada@example.org,1001,2026-03-01 10:00,Order Completed,20.00,EUR,Call me on +44 20 7946 0958,DE
ada@example.org,,2026-03-02 10:00,Order Delivered,,EUR,,DE
ada@example.org,,2026-05-20 10:00,Page Viewed,,EUR,,DE
bo@example.org,1002,2026-04-01 10:00,Order Completed,5.00,EUR,,AT
,,2026-04-02 10:00,Page Viewed,,,,
"""
JOURNEY = """
name = "Buy"
gap_days = 30

[[stage]]
id = "buy"
name = "Buy"

[[stage.touchpoint]]
id = "page"
name = "Page"
any = [{ event = "Page Viewed" }]

[[stage.touchpoint]]
id = "order"
name = "Order"
any = [{ event = "Order Completed" }]

[[stage]]
id = "get"
name = "Get"

[[stage.touchpoint]]
id = "parcel"
name = "Parcel"
any = [{ event = "Order Delivered" }]
"""


@pytest.fixture(scope="module")
def shop_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two customers and somebody unknown: three journeys, five events; to be copied."""
    folder = tmp_path_factory.mktemp("exporting")
    workspace = create_workspace(folder / "shop", Settings("Shop", "UTC", "EUR"), JOURNEY)
    (folder / "orders.csv").write_text(ORDERS)
    report = import_files(workspace, [folder / "orders.csv"], accept_proposals=True)[0]
    assert (report.imported, report.error) == (5, "")
    bring_up_to_date(workspace)
    workspace.close()
    return workspace.folder


@pytest.fixture
def shop(shop_folder: Path, open_copy: Callable[[Path], Workspace]) -> Workspace:
    """A copy of it, open."""
    return open_copy(shop_folder)


def traces(path: Path) -> dict[str, list[str]]:
    """Case -> names of its events."""
    found: dict[str, list[str]] = {}
    for trace in ElementTree.parse(path).getroot().iter("{http://www.xes-standard.org/}trace"):
        names = [
            {each.get("key"): each.get("value") for each in part}["concept:name"]
            for part in trace
            if part.tag.endswith("event")
        ]
        found[str({each.get("key"): each.get("value") for each in trace}["concept:name"])] = [
            str(name) for name in names
        ]
    return found


@pytest.mark.parametrize(
    ("case", "cases"),
    [
        (
            "customer",
            {
                "email:ada@example.org": ["Order Completed", "Order Delivered", "Page Viewed"],
                "email:bo@example.org": ["Order Completed"],
            },
        ),
        (
            "journey",
            {
                "email:ada@example.org/1": ["Order Completed", "Order Delivered"],
                "email:ada@example.org/2": ["Page Viewed"],
                "email:bo@example.org/1": ["Order Completed"],
            },
        ),
        ("order", {"1001": ["Order Completed"], "1002": ["Order Completed"]}),
        ("case", {}),
    ],
)
def test_xes_has_a_trace_for_each_case(shop: Workspace, tmp_path: Path, case: str, cases: dict[str, list[str]]) -> None:
    export_events(shop, tmp_path / "log.xes", case=case, keep_names=True)

    assert traces(tmp_path / "log.xes") == cases


def test_names_leave_only_when_asked_for(shop: Workspace, tmp_path: Path) -> None:
    for name in ("log.xes", "log.cjml"):
        export_events(shop, tmp_path / name)
        text = (tmp_path / name).read_text()
        for secret in ("ada@", "1001", "7946", "country"):
            assert secret not in text, name
    cases = traces(tmp_path / "log.xes")
    assert sorted(cases.values()) == [["Order Completed"], ["Order Completed", "Order Delivered", "Page Viewed"]]
    export_events(shop, tmp_path / "again.xes")
    assert traces(tmp_path / "again.xes") == cases, "a customer keeps the pseudonym"


def test_parquet_has_a_row_for_each_event(shop: Workspace, tmp_path: Path) -> None:
    export_events(shop, tmp_path / "hidden.parquet")
    export_events(shop, tmp_path / "named.parquet", keep_names=True)

    hidden = pyarrow.parquet.read_table(tmp_path / "hidden.parquet")
    named = pyarrow.parquet.read_table(tmp_path / "named.parquet")

    assert Counter(named.column("who").to_pylist()) == {"ada@example.org": 3, "bo@example.org": 1, None: 1}
    assert sorted(Counter(hidden.column("who").to_pylist()).values()) == [1, 1, 3]
    assert hidden.column("properties").null_count == 5
    assert [str(value) for value in named.column("value").to_pylist() if value] == ["20.0000", "5.0000"]


def planned(workspace: Workspace, order: str) -> None:
    text = JOURNEY.replace("gap_days = 30", f"gap_days = 30\n\n[planned]\norder = {order}")
    workspace.journey_file.write_text(text)


def compliance(path: Path) -> list[list[tuple[str, str]]]:
    return [
        [
            (str(each.findtext("touchpointID")), str(each.findtext("compliance")))
            for each in journey.findall("touchpoints/*")
        ]
        for journey in ElementTree.parse(path).getroot().findall("actualJourney")
    ]


def test_cjml_holds_the_plan_and_what_deviates(shop: Workspace, tmp_path: Path) -> None:
    planned(shop, '["page", "order", "parcel"]')

    exported = export_events(shop, tmp_path / "journeys.cjml", keep_names=True)

    assert (exported.count, exported.what) == (3, "journeys")
    root = ElementTree.parse(tmp_path / "journeys.cjml").getroot()
    assert (root.tag, root.get("version")) == ("CJML", "2.0")
    plan = root.find("plannedJourney")
    assert plan is not None
    assert [each.findtext("touchpointID") for each in plan.findall("touchpoints/plannedCommunicationPoint")] == [
        "T1",
        "T2",
        "T3",
    ]
    assert [each.get("phaseID") for each in plan.findall("journeyPhases/journeyPhase")] == ["buy", "get"]
    assert compliance(tmp_path / "journeys.cjml") == [
        [("T1", "missing"), ("T2", "completed"), ("T3", "completed")],  # Ada's first
        [("T1", "completed"), ("T2", "missing"), ("T3", "missing")],  # Ada's second
        [("T1", "missing"), ("T2", "completed"), ("T3", "missing")],  # Bo's
    ]
    first = root.find("actualJourney")
    assert first is not None
    assert first.findtext("plannedReference") == plan.findtext("journeyID") == "PJ1"
    assert first.findtext("actors/endUser/actorName") == "email:ada@example.org"
    assert first.findtext("journeyShortSummary") == "Journey 1 of this customer: 1 deviation from the plan."
    actors = {each.get("actorID") for each in first.findall("actors/*")}
    assert {each.get("actorIDref") for each in first.iter("refersTo")} == actors


def test_a_step_out_of_order_is_ad_hoc_and_without_a_plan_the_stages_are_it(shop: Workspace, tmp_path: Path) -> None:
    planned(shop, '["parcel", "order"]')
    export_events(shop, tmp_path / "planned.cjml")
    shop.journey_file.write_text(JOURNEY)
    export_events(shop, tmp_path / "stages.cjml")

    assert compliance(tmp_path / "planned.cjml")[0] == [("T3", "missing"), ("T2", "completed"), ("D3", "adhoc")]
    assert compliance(tmp_path / "stages.cjml")[0] == [("T2", "completed"), ("T3", "completed")]


def test_a_scope_chooses_whole_days_and_customers(shop: Workspace, tmp_path: Path) -> None:
    april = Scope(start=date(2026, 4, 1), end=date(2026, 4, 1))
    ada = Scope(filter='did("Order Delivered")')

    assert export_events(shop, tmp_path / "april.jsonocel", scope=april).count == 1
    assert export_events(shop, tmp_path / "ada.jsonocel", scope=ada).count == 3
    log = json.loads((tmp_path / "ada.jsonocel").read_text())
    assert {each["id"] for each in log["objects"] if each["type"] == "identifier"} == {
        "email:ada@example.org",
        "order_id:1001",
    }


def test_what_cannot_be_meant_leaves_no_file(shop: Workspace, tmp_path: Path) -> None:
    with pytest.raises(FormatError, match=r"its ending does not say the format"):
        export_events(shop, tmp_path / "events.txt")
    with pytest.raises(NothingToExportError, match="no event lies in this period"):
        export_events(shop, tmp_path / "log.xes", scope=Scope(start=date(2030, 1, 1)))
    with pytest.raises(FilterError):
        export_events(shop, tmp_path / "log.xes", scope=Scope(filter="country ="))
    with pytest.raises(OSError, match="No such file"):
        export_events(shop, tmp_path / "nowhere" / "log.xes")
    with pytest.raises(FormatError, match="hold every response"):
        export_events(shop, tmp_path / "f.csv", "feedback", scope=Scope(start=date(2026, 1, 1)))

    assert not [each for each in tmp_path.iterdir() if each.name not in ("shop", "orders.csv")]


def test_a_writing_that_is_stopped_leaves_the_old_file(shop: Workspace, tmp_path: Path) -> None:
    (tmp_path / "log.xes").write_text("old")

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export_events(shop, tmp_path / "log.xes", on_progress=stop)

    assert (tmp_path / "log.xes").read_text() == "old"
    assert not list(tmp_path.glob(".*"))


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[object, str]:
    with pytest.raises(SystemExit) as ended:
        main([str(word) for word in words])
    shown = capsys.readouterr()
    return ended.value.code, " ".join((shown.out + shown.err).split())


def test_the_command_says_what_left(shop: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shop.close()
    at = ("-w", tmp_path / "shop", "export")

    code, told = run(capsys, *at, tmp_path / "a.xes")
    assert (code, told.startswith(f"Wrote {tmp_path}/a.xes: 4 events as xes. Names are replaced by pseudonyms")) == (
        0,
        True,
    )
    assert run(capsys, *at, tmp_path / "a.sqlite")[1].endswith("importing it gives the same map.")
    assert run(capsys, *at, tmp_path / "a.xyz")[0] == 2
    assert run(capsys, *at, tmp_path / "a.xes", "--start", "2026-02-01", "--end", "2026-01-01")[0] == 2
    code, told = run(capsys, *at, tmp_path / "a.xes", "--start", "2031-01-01")
    assert (code, told) == (
        1,
        "Error: There is nothing to export: no event lies in this period and fits the filter. Nothing was written.",
    )
    assert run(capsys, *at, tmp_path / "no" / "a.xes") == (
        1,
        f"Error: {tmp_path}/no/a.xes could not be written: No such file or directory.",
    )


def test_python_writes_the_same_file_here_and_in_the_owner(shop: Workspace, tmp_path: Path) -> None:
    here = Touchline(shop.folder, Here(shop)).export_events(tmp_path / "here.xes", start="2026-03-01")
    owner = Owner(shop.folder, answer_with(commands(), shop))
    owner.start()
    try:
        joined = Touchline(shop.folder, InOwner(shop.folder))
        there = joined.export_events(tmp_path / "there.xes", start="2026-03-01")
        with pytest.raises(FormatError, match="its ending does not say the format"):
            joined.export_events(tmp_path / "events.txt")
        with pytest.raises(OSError, match="No such file"):
            joined.export_events(tmp_path / "nowhere" / "a.xes")
    finally:
        owner.stop()

    assert here.read_bytes() == there.read_bytes()
