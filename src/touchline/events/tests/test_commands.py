from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from click.testing import CliRunner
from rich.console import Console

from touchline.engine.workspace import Settings, Workspace, create_workspace
from touchline.events import facade
from touchline.events.commands import COMMANDS

EVENTS = "event_id,customer email,time,event,page\n" + "".join(
    f"{n},ada{n % 3}@shop.example,2026-08-0{n} 10:00:00,Page Viewed,/shirts\n" for n in range(1, 9)
)
HEADER = EVENTS.splitlines()[0]


@dataclass
class Session:
    workspace: Workspace
    console: Console = field(default_factory=lambda: Console(file=io.StringIO(), width=80, highlight=False))
    interactive: bool = False
    exit_code: int = 0

    def should_stop(self) -> bool:
        return False

    @property
    def shown(self) -> str:
        return self.console.file.getvalue()  # type: ignore[attr-defined, no-any-return]


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    workspace = create_workspace(tmp_path / "workspace", Settings("Test"), "")
    yield Session(workspace)
    workspace.close()


def run(session: Session, *arguments: str, answers: str = "") -> tuple[int, str]:
    """Exit code and everything shown by this call."""
    command = {command.name: command for command in COMMANDS}[arguments[0]]
    before = len(session.shown)
    session.exit_code = 0
    result = CliRunner().invoke(command, arguments[1:], obj=session, input=answers)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code or session.exit_code, session.shown[before:] + result.output


def test_an_import_ends_with_its_rows_accounted_for(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    path.write_text(EVENTS + "9,cem@shop.example,someday,Page Viewed,/\n\n")

    code, shown = run(session, "import", "--yes", str(path))

    assert code == 0
    assert "events.csv  Table      10           8           1          1" in shown
    assert "1 skipped: empty line." in shown
    assert "1 in quarantine: " in shown
    assert max(map(len, shown.splitlines())) <= 80


def test_without_yes_a_table_waits_for_its_mapping(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    path.write_text(EVENTS)

    code, shown = run(session, "import", str(path))

    assert code == 1
    assert "--yes" in shown
    assert facade.imports(session.workspace) == []


def test_the_proposed_mapping_is_shown_corrected_and_taken(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    path.write_text(EVENTS)
    session.interactive = True

    code, shown = run(session, "import", str(path), answers="page=no such column\npage=\nyes\n")

    assert code == 0
    assert "customer email" in shown
    assert "The file has no column 'no such column'" in shown
    assert session.workspace.store.rows("select distinct name, page from kinds") == [("Page Viewed", None)]


def test_a_role_can_be_called_as_it_is_shown_and_corrections_add_up(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "calls.csv"
    path.write_text("ref,kunde,datum,grund\n" + "".join(f"C{n},K{n},0{n}.03.2026 10:00,Retoure\n" for n in range(1, 9)))
    session.interactive = True

    code, shown = run(
        session, "import", str(path), answers="what?\nEvent Name=grund\nnonsense=grund\ncustomer number=kunde\nyes\n"
    )

    assert code == 0
    assert "Columns: ref, kunde, datum, grund." in shown
    assert "'nonsense' is not a role a column can have. Type ? for all roles" in shown
    last = " ".join(shown[shown.rindex("role ") :].split())
    assert "Customer number kunde 100%" in last
    assert "Event name grund 100%" in last
    assert session.workspace.store.rows("select distinct name from kinds") == [("Retoure",)]


def test_the_end_of_input_leaves_the_file(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    path.write_text(EVENTS)
    session.interactive = True

    code, shown = run(session, "import", str(path))

    assert (code, facade.imports(session.workspace)) == (1, [])
    assert "you did not take the mapping proposed" in " ".join(shown.split())


def test_what_holds_for_every_export_of_a_kind_is_said_on_demand(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "customers_export.csv"
    path.write_text("Customer ID,First Name,Last Name,Email,Accepts Email Marketing,Total Spent,Total Orders,Phone\n"
                    "1,Ada,Quist,ada@shop.example,yes,20.00,1,\n")  # fmt: skip

    _, short = run(session, "import", str(path))
    _, full = run(session, "import", "-v", str(path))

    assert "Shopify customers" in " ".join(short.split())
    assert "Every row is joined" not in short
    assert "are read in UTC" in " ".join(short.split())
    assert "touchline import -v" in short
    assert "Every row is joined by its e-mail address" in full
    assert "touchline import -v" not in full


def test_no_leaves_the_file(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    path.write_text(EVENTS)
    session.interactive = True

    code, _ = run(session, "import", str(path), answers="no\n")

    assert (code, facade.imports(session.workspace)) == (1, [])


def test_usage_and_data_errors_have_their_own_exit_codes(session: Session, tmp_path: Path) -> None:
    empty = tmp_path / "empty.csv"
    empty.write_text("")
    (tmp_path / "folder").mkdir()

    assert run(session, "import", str(tmp_path / "gone.csv"))[0] == 2
    assert run(session, "import", str(empty))[0] == 1
    assert run(session, "import", str(tmp_path / "folder"))[0] == 1
    assert run(session, "quarantine", "retry", "1", "--set", "nonsense")[0] == 2


def test_imports_are_listed(session: Session, tmp_path: Path) -> None:
    assert "Nothing was imported yet" in run(session, "imports")[1]
    path = tmp_path / "events.csv"
    path.write_text(EVENTS)
    run(session, "import", "--yes", str(path))

    _, shown = run(session, "imports")

    assert shown.splitlines()[1].split() == ["1", "events.csv", "done", "8", "8", "0", "0"]


def test_quarantine_from_the_command_line(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    path.write_text(EVENTS + "9,cem@shop.example,someday,Page Viewed,/\n10,cem@shop.example,never,Page Viewed,/\n")
    run(session, "import", "--yes", str(path))

    assert "events.csv, line 10 (import 1)" in run(session, "quarantine", "list")[1]
    assert "Rows 2 to 2 of 2." in run(session, "quarantine", "list", "--offset", "1")[1]
    assert run(session, "quarantine", "export")[1].startswith(f"import,file,line,reason,{HEADER}\n1,events.csv,10,")
    run(session, "quarantine", "export", "-o", str(tmp_path / "waiting.csv"))
    assert (tmp_path / "waiting.csv").read_bytes().count(b"\r\n") == 3
    run(session, "quarantine", "retry", "1", "--set", "time=2026-08-09 10:00:00", "--line", "10")
    run(session, "quarantine", "retry", "1", "--replace", "time", "never", "2026-08-10 10:00:00")
    assert "No row is waiting." in run(session, "quarantine", "list")[1]
    assert session.workspace.store.value("select count(*) from events") == 10
