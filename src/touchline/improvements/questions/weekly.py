"""A target metric counted week by week and group by group."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from touchline.engine.question import run
from touchline.engine.sums import Sums
from touchline.engine.workspace import Workspace
from touchline.improvements.rules.improvement import ImprovementError
from touchline.improvements.rules.target import PURCHASE_DAYS, TargetMetric
from touchline.improvements.rules.weekly import DAYS_A_WEEK, MOST_GROUPS, WeeklyCounts, is_place, weekly_counts
from touchline.pains.facade import UnknownPainError, rows_of

POSITION: Final = "select position from touchpoints where id = ?"
SPAN: Final = "select min(time), max(time) from visits where touchpoint = ?"
DATA_UNTIL: Final = "select max(time) from events"

WEEK: Final = f"floor(date_diff('day', $anchor::date, v.time::date) / {DAYS_A_WEEK}.0)::integer"
GROUP: Final = "coalesce(t.value, '')"
WITH_GROUPS: Final = (
    "left join (select customer, value from traits where lower(key) = $group_key) t on t.customer = v.customer"
)

EXPERIENCE: Final = f"""
select {GROUP}, {WEEK}, count(*), sum(v.experience)
from responses v {WITH_GROUPS}
where v.touchpoint = $touchpoint and v.experience is not null and v.time < $until and {{bucket}}
group by all
"""
PURCHASE: Final = f"""
with orders as (
  select i.customer, e.time from events e join kinds k using (kind) join identities i on i.identifier = e.who
  where lower(k.name) in ('order completed', 'purchase')
)
select {GROUP}, {WEEK}, count(*),
  sum(exists (
    select 1 from orders o
    where o.customer = v.customer and o.time > v.time and o.time <= v.time + interval {PURCHASE_DAYS} days
  )::integer)
from visits v {WITH_GROUPS}
where v.touchpoint = $touchpoint and v.time < $until and {{bucket}}
group by all
"""
GROUPS: Final = """
select t.key, t.value, count(*) from visits v join traits t on t.customer = v.customer
where v.touchpoint = $touchpoint and {bucket}
group by all
"""
TRAIT: Final = "select customer, value from traits where lower(key) = ?"


def data_until(workspace: Workspace) -> datetime | None:
    """Time of the latest event; None where there are none."""
    found: datetime | None = workspace.store.value(DATA_UNTIL)
    return found


def weekly(workspace: Workspace, target: TargetMetric, anchor: date, group_key: str = "") -> WeeklyCounts:
    """Count the target metric in whole weeks around the anchor; visits that cannot be followed long enough are left out.

    Raises ImprovementError where the touchpoint or the pain is gone.
    """
    position = _position(workspace, target)
    first, _ = workspace.store.row(SPAN, [position]) or (None, None)
    latest = data_until(workspace)
    if first is None or latest is None:
        return weekly_counts(anchor, {}, anchor, anchor)
    until = latest.date() - timedelta(days=target.follow_up_days)
    values = {
        "anchor": anchor,
        "touchpoint": position,
        "group_key": group_key.lower(),
        "until": datetime.combine(until, time.min),
    }
    cells = COUNTED[target.kind](workspace, target, values)
    return weekly_counts(anchor, cells, first.date() + timedelta(days=1), until)


def places(workspace: Workspace, touchpoint_id: str) -> dict[str, dict[str, int]]:
    """By which facts customers of a touchpoint can be divided by place: visits by value, by fact."""
    position = workspace.store.value(POSITION, [touchpoint_id])
    found: dict[str, dict[str, int]] = {}
    for (key, value), (visits,) in run(Sums(GROUPS, 2, {"touchpoint": position}), workspace.store).items():
        if is_place(key) and value:
            found.setdefault(key.lower(), {})[value] = visits
    return {
        key: dict(sorted(values.items())) for key, values in sorted(found.items()) if 2 <= len(values) <= MOST_GROUPS
    }


def _position(workspace: Workspace, target: TargetMetric) -> int:
    found = workspace.store.value(POSITION, [target.touchpoint_id])
    if found is None:
        raise ImprovementError(
            f"The journey has no touchpoint “{target.touchpoint_id}” any more, so its target metric cannot be counted."
        )
    return int(found)


def _by_sql(sql: str) -> Callable[[Workspace, TargetMetric, dict[str, Any]], Mapping[tuple[str, int], Any]]:
    def counted(workspace: Workspace, _: TargetMetric, values: dict[str, Any]) -> Mapping[tuple[str, int], Any]:
        found = run(Sums(sql, 2, values), workspace.store)
        return {(group, week): figures for (group, week), figures in found.items()}

    return counted


def _bad_visits(workspace: Workspace, target: TargetMetric, values: dict[str, Any]) -> Mapping[tuple[str, int], Any]:
    """What makes a visit bad is known to pains alone, so its rows are counted here."""
    try:
        opened = rows_of(workspace, target.pain_id, per_page=0)
    except UnknownPainError as problem:
        raise ImprovementError(str(problem)) from None
    customer, moment, bad = (
        [column.id for column in opened.columns].index(name) for name in ("customer", "time", "bad")
    )
    of_group = dict(workspace.store.rows(TRAIT, [values["group_key"]])) if values["group_key"] else {}
    cells: dict[tuple[str, int], tuple[float, float]] = {}
    for row in opened.rows:
        time_of_visit = row[moment]
        if not isinstance(time_of_visit, datetime) or time_of_visit >= values["until"]:
            continue
        key = of_group.get(row[customer], ""), (time_of_visit.date() - values["anchor"]).days // DAYS_A_WEEK
        n, total = cells.get(key, (0, 0))
        cells[key] = n + 1, total + bool(row[bad])
    return cells


COUNTED: Final = {
    "bad-visits": _bad_visits,
    "experience": _by_sql(EXPERIENCE),
    "purchase": _by_sql(PURCHASE),
}
