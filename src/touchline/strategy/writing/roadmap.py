"""Writing roadmap and inventory down."""

from __future__ import annotations

from collections.abc import Mapping

from touchline.analyses.facade import Bars, Series
from touchline.documents.facade import Grid, Said, Section
from touchline.strategy.questions.inventory import Inventory
from touchline.strategy.rules.resource import KINDS, Resource
from touchline.strategy.rules.roadmap import QuarterPlan, Roadmap, Task, days_words
from touchline.ui.numbers import compact_money

ROADMAP_PAGE = "/strategy/roadmap"
INVENTORY_PAGE = "/strategy/inventory"


def roadmap_section(found: Roadmap) -> Section:
    """Quarter by quarter, days planned beside days there are."""
    shown = [each for each in found.quarters if each.tasks]
    said = [
        Said(f"{plan.quarter.name} is overloaded: {plan.sentence}", ROADMAP_PAGE)
        for plan in shown
        if plan.is_overloaded
    ]
    if not shown:
        said.append(Said("No improvement has a quarter yet.", ROADMAP_PAGE))
    if found.unplaced:
        names = ", ".join(each.title for each in found.unplaced)
        said.append(Said(f"In no quarter yet: {names}.", ROADMAP_PAGE))
    return Section(
        "roadmap", "Roadmap", said=tuple(said), grid=_quarters(shown) if shown else None, chart=_chart(shown)
    )


def inventory_section(found: Inventory, names: Mapping[str, str], currency: str) -> Section:
    """What there is to work with."""
    said = [Said(each, INVENTORY_PAGE) for each in inventory_sentences(found)]
    rows = tuple(
        (
            each.name,
            KINDS[each.kind],
            each.owner or "nobody",
            cost_words(each, currency),
            resource_words(each, names),
        )
        for each in found.resources
    )
    columns = ("Name", "Kind", "Owner", "Cost a year", "What it is there for")
    grid = Grid("Tools, teams, skills and budgets", columns, rows) if rows else None
    return Section("inventory", "Inventory", said=tuple(said), grid=grid)


def inventory_sentences(found: Inventory) -> tuple[str, ...]:
    """What nobody owns, what serves nothing, and what teams can do."""
    if not found.resources:
        said = ["Nothing is in the inventory yet."]
    elif found.days_a_quarter is None:
        said = ["No team’s days of work are stated, so whether a quarter fits cannot be said."]
    else:
        said = [f"Teams have {days_words(found.days_a_quarter)} of work a quarter."]
    if found.unowned:
        said.append(
            f"Nobody owns: {', '.join(found.unowned)}. Neither they nor their stage have an owner, and no team serves them."
        )
    if found.idle_tools:
        said.append(f"Tools that serve no touchpoint: {', '.join(each.name for each in found.idle_tools)}.")
    return tuple(said)


def resource_words(resource: Resource, names: Mapping[str, str]) -> str:
    """What it serves, and how many days of work a team has."""
    days = "" if resource.days_a_quarter is None else f"{days_words(resource.days_a_quarter)} a quarter. "
    return f"{days}Serves {serves_words(resource, names)}."


def serves_words(resource: Resource, names: Mapping[str, str]) -> str:
    """The places it serves, by name; an id that the journey does not have any more stays as it is."""
    return ", ".join(names.get(each, each) for each in resource.serves) or "no touchpoint"


def cost_words(resource: Resource, currency: str) -> str:
    """What it costs a year."""
    return "not stated" if resource.cost_a_year is None else compact_money(resource.cost_a_year, currency)


def task_words(task: Task) -> str:
    """An improvement in its quarter."""
    days = "no effort stated" if task.effort_days is None else days_words(task.effort_days)
    return f"{task.title} ({task.status.lower()}, {task.owner or 'nobody yet'}, {days})"


def _quarters(plans: list[QuarterPlan]) -> Grid:
    rows = tuple(
        (
            plan.quarter.name,
            days_words(plan.planned_days),
            "not stated" if plan.available_days is None else days_words(plan.available_days),
            f"{plan.sentence} {'; '.join(map(task_words, plan.tasks))}.",
        )
        for plan in plans
    )
    links = tuple(
        (f"{ROADMAP_PAGE}#{plan.quarter}", f"{ROADMAP_PAGE}#{plan.quarter}", INVENTORY_PAGE, "") for plan in plans
    )
    return Grid("Quarter by quarter", ("Quarter", "Planned", "Teams have", "What is planned"), rows, links)


def _chart(plans: list[QuarterPlan]) -> Bars | None:
    if not plans:
        return None
    series = [Series("Planned", tuple(round(plan.planned_days, 1) for plan in plans))]
    if plans[0].available_days is not None:
        series.append(Series("Teams have", tuple(plan.available_days for plan in plans)))
    labels = tuple(plan.quarter.name for plan in plans)
    return Bars("days", "Days of work by quarter", labels, tuple(series), "number", "roadmap")
