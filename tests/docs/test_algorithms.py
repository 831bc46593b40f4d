"""docs/algorithms: every worked table is recomputed, every number of the map has its page."""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.docs.algorithm_checks import CHECKS, Row, number

from touchline.journeys.questions.numbers import evidence, moves, people
from touchline.journeys.rules import journey_map

FOLDER = Path(__file__).parents[2] / "docs" / "algorithms"
PAGES = sorted(page for page in FOLDER.glob("*.md") if page.name != "README.md")
INDEX = FOLDER / "README.md"
OF_NUMBERS = [
    page for page in PAGES if re.search(rf"^\|.*\]\({page.name}\) \|$", INDEX.read_text("utf-8"), re.MULTILINE)
]
"""Pages in the index's tables; the others tell how something is decided rather than computed."""
TABLE = re.compile(r"<!-- check: ([\w-]+) -->\n((?:\|.*\n)+)")
HEADINGS = ["What it tells", "Formula", "Worked table", "When it cannot say", "Source"]
NOT_NUMBERS = {
    "id", "name", "stage_id", "icon", "owner", "note", "notes", "metric", "source", "channel", "touchpoint_id", "text", "on",
    "language", "quotes", "measure", "currency", "touchpoints", "stages", "unit", "beside", "page", "from_id", "to_id",
    "number", "called", "method", "participant", "noted_by", "noted", "file", "line", "grade",
    "workspace", "scope_in_words", "start", "end", "compare_start", "compare_end", "computed", "score",
}  # fmt: skip
"""Fields that name, quote or date something. `score` is a quote's answer as it was given."""


@dataclass(frozen=True)
class Table:
    page: str
    check: str
    rows: list[Row]


def tables() -> list[Table]:
    found = []
    for page in PAGES:
        for check, text in TABLE.findall(page.read_text("utf-8")):
            head, _, *rows = [[cell.strip() for cell in line.strip()[1:-1].split("|")] for line in text.splitlines()]
            found.append(Table(page.name, check, [dict(zip(head, row, strict=True)) for row in rows]))
    return found


def assert_shows(cell: str, value: object, where: str) -> None:
    """A cell shows a value when rounding the value to the cell's decimals gives the cell."""
    if value is None:
        assert cell == "–", where
    elif value is True or value is False:
        assert cell == ("yes" if value else "no"), where
    elif isinstance(value, str):
        assert cell == value, where
    else:
        percent = cell.endswith(" %")
        digits = cell.removesuffix(" %")
        decimals = len(digits.partition(".")[2])
        figure = float(value) * (100 if percent else 1)
        assert abs(number(digits) - figure) <= 0.5 * 10**-decimals + 1e-9, (
            f"{where}: {cell} is shown, {figure} computed"
        )


@pytest.mark.parametrize("table", tables(), ids=lambda table: f"{table.page}:{table.check}")
def test_the_worked_table_is_what_the_formula_gives(table: Table) -> None:
    results = list(CHECKS[table.check](table.rows))

    assert len(results) == len(table.rows)
    for line, (row, figures) in enumerate(zip(table.rows, results, strict=True), start=1):
        for column, value in figures.items():
            assert_shows(row[column], value, f"{table.page}, {table.check}, row {line}, {column}")


@pytest.mark.parametrize("page", OF_NUMBERS, ids=lambda page: page.name)
def test_a_page_has_its_parts_and_a_recomputed_table(page: Path) -> None:
    text = page.read_text("utf-8")
    headings = re.findall(r"^## (.+)$", text, re.MULTILINE)

    assert [heading for heading in headings if heading in HEADINGS] == HEADINGS
    assert TABLE.search(text)
    assert text.count("<!-- check:") == len(TABLE.findall(text))


def test_every_check_stands_on_a_page() -> None:
    assert {table.check for table in tables()} == set(CHECKS)


def test_the_index_names_every_page_and_links_lead_somewhere() -> None:
    index = INDEX.read_text("utf-8")

    assert [page.name for page in PAGES if f"]({page.name})" not in index] == []
    for page in [*PAGES, INDEX]:
        links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text("utf-8"))
        assert [link for link in links if not (FOLDER / link).exists()] == []


def test_every_number_of_the_map_has_a_page() -> None:
    index = INDEX.read_text("utf-8")
    shown = {
        field.name
        for kind in vars(journey_map).values()
        if dataclasses.is_dataclass(kind)
        for field in dataclasses.fields(kind)
    }

    missing = sorted(name for name in shown - NOT_NUMBERS if f"`{name}`" not in index)

    assert missing == []


def test_pages_name_code_that_exists() -> None:
    root = FOLDER.parents[1] / "src"
    for page in PAGES:
        for path in re.findall(r"`(touchline/[\w/]+\.py)`", page.read_text("utf-8")):
            assert (root / path).is_file(), f"{page.name} names {path}"


def test_numbers_that_can_be_opened_lead_to_pages_that_exist() -> None:
    pages = {measure.page for measure in (*people.MEASURES, *moves.MEASURES, *evidence.MEASURES)} - {""}

    assert sorted(page for page in pages if not (FOLDER / f"{page}.md").is_file()) == []
