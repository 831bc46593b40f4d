"""The inventory: tools, teams, skills and budgets, and what they are there for."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from touchline.strategy.rules.problem import StrategyError, amount_of, name_of, needed, text_of

KINDS: Final = {"tool": "Tool", "team": "Team", "skill": "Skill", "budget": "Budget"}
STAGE: Final = "stage:"
COLUMNS: Final = ("kind", "name", "owner", "serves", "cost_a_year", "days_a_quarter", "note")
BETWEEN: Final = ";"
"""Between the touchpoints that one cell names."""


@dataclass(frozen=True)
class Resource:
    """One thing there is to work with."""

    number: int
    kind: str
    """Key of KINDS."""
    name: str
    owner: str = ""
    serves: tuple[str, ...] = ()
    """Ids of touchpoints, and 'stage:' with ids of stages."""
    cost_a_year: float | None = None
    days_a_quarter: float | None = None
    """Of work, for teams."""
    note: str = ""


def checked(resource: Resource, places: Mapping[str, str]) -> Resource:
    """The resource without needless blanks; `places` are what it may serve, id → name. Raises StrategyError."""
    if resource.kind not in KINDS:
        raise StrategyError(f"There is no kind “{resource.kind}”. There are: {', '.join(KINDS)}.")
    name = needed(name_of(resource.name, "The name"), f"A {resource.kind} needs a name.")
    if resource.kind != "team" and resource.days_a_quarter is not None:
        raise StrategyError(f"“{name}” is a {resource.kind}: days of work a quarter are given for teams only.")
    return replace(
        resource,
        name=name,
        owner=name_of(resource.owner, "The owner"),
        serves=tuple(dict.fromkeys(_place(each, places) for each in resource.serves)),
        cost_a_year=amount_of(resource.cost_a_year, "The cost a year"),
        days_a_quarter=amount_of(resource.days_a_quarter, "The days a quarter"),
        note=text_of(resource.note, "The note"),
    )


def days_of_teams(resources: Iterable[Resource]) -> float | None:
    """Days of work that teams have in a quarter; None where no team's days are stated."""
    days = [each.days_a_quarter for each in resources if each.kind == "team" and each.days_a_quarter is not None]
    return sum(days) if days else None


def serving_nothing(resources: Iterable[Resource]) -> tuple[Resource, ...]:
    """Tools that serve no touchpoint and no stage."""
    return tuple(each for each in resources if each.kind == "tool" and not each.serves)


def as_csv(resources: Iterable[Resource]) -> str:
    """The inventory as a table that `from_csv` reads."""
    written = io.StringIO()
    table = csv.writer(written, lineterminator="\n")
    table.writerow(COLUMNS)
    for each in resources:
        amounts = ("" if amount is None else f"{amount:g}" for amount in (each.cost_a_year, each.days_a_quarter))
        cells = (each.kind, each.name, each.owner, BETWEEN.join(each.serves), *amounts, each.note)
        table.writerow([_harmless(cell) for cell in cells])
    return written.getvalue()


def from_csv(text: str, places: Mapping[str, str]) -> Iterator[Resource]:
    """Resources of a table with the columns COLUMNS, in any order, of which kind and name are needed. Raises StrategyError."""
    rows = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
    head = [cell.strip().casefold() for cell in next(rows, [])]
    if not {"kind", "name"} <= set(head):
        raise StrategyError(
            f"The table needs the columns kind and name; its first line has: {', '.join(head) or 'nothing'}. "
            f"All columns: {', '.join(COLUMNS)}."
        )
    try:
        for number, row in enumerate(rows, 2):
            if any(cell.strip() for cell in row):
                yield _from_row(dict(zip(head, (cell.strip() for cell in row), strict=False)), number, places)
    except csv.Error as problem:
        raise StrategyError(f"The table cannot be read: {problem}.") from None


def _from_row(cells: Mapping[str, str], line: int, places: Mapping[str, str]) -> Resource:
    try:
        return checked(
            Resource(
                0,
                cells.get("kind", "").casefold(),
                _meant(cells.get("name", "")),
                _meant(cells.get("owner", "")),
                tuple(part.strip() for part in cells.get("serves", "").split(BETWEEN) if part.strip()),
                _number(cells, "cost_a_year"),
                _number(cells, "days_a_quarter"),
                _meant(cells.get("note", "")),
            ),
            places,
        )
    except StrategyError as problem:
        raise StrategyError(f"Line {line}: {problem}") from None


def _number(cells: Mapping[str, str], name: str) -> float | None:
    written = cells.get(name, "")
    if not written:
        return None
    try:
        return float(written)
    except ValueError:
        raise StrategyError(f"{name} is “{written}”; expected a number such as 1200, or nothing.") from None


def _place(asked: str, places: Mapping[str, str]) -> str:
    """The id of a touchpoint or stage given by its id or its name."""
    if asked in places:
        return asked
    named = [id_ for id_, name in places.items() if name.casefold() == asked.casefold()]
    if not named:
        raise StrategyError(f"There is no touchpoint or stage “{asked}”. There are: {', '.join(places)}.")
    return named[0]


_MEANT_BY_SPREADSHEETS: Final = ("=", "+", "-", "@", "\t", "\r")


def _harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_MEANT_BY_SPREADSHEETS) else cell


def _meant(cell: str) -> str:
    """What `_harmless` was given."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_MEANT_BY_SPREADSHEETS) else cell
