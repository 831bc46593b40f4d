"""The sentences under a proposal: what is assumed, who is meant, and why a file cannot be imported at all."""

from __future__ import annotations

import re
from collections.abc import Iterator

from touchline.engine.workspace import Settings
from touchline.events.mapping.header_zone import zone_in_header
from touchline.events.mapping.roles import ROLES, Mapping
from touchline.events.mapping.sample import Sample

_HAS_OFFSET = re.compile(r"(?:Z|UTC|GMT|[+\u2212-]\d{2}:?\d{2})$")

_METRICS = {"nps": "NPS", "csat": "CSAT", "ces": "effort (CES)", "rating": "a rating"}


def problem_of(mapping: Mapping, sample: Sample) -> str:
    """Say why the file cannot be imported; empty when it can."""
    if not sample.columns:
        return "The file has no columns."
    if not sample.rows:
        return "The file has a header and no row below it that can be read; rows were expected."
    if "time" not in mapping.columns:
        found = ", ".join(list(sample.columns)[:8])
        return (
            "No column holds a time, and without the moment it happened a row is no event: "
            f"expected a column such as 'date' or 'created_at', found {found}."
        )
    return ""


def statements_of(mapping: Mapping, sample: Sample, settings: Settings) -> tuple[str, ...]:
    """Say in sentences what will be assumed."""
    if "time" not in mapping.columns or not sample.rows:
        return ()
    return (
        columns_in_words(mapping),
        *_about_customers(mapping, sample),
        *_about_times(mapping, sample, settings),
        *_about_rows(mapping, sample, settings),
    )


def columns_in_words(mapping: Mapping) -> str:
    """Say in one sentence which column is what."""
    told = [f"{ROLES[role].title.lower()} = {header}" for role, header in mapping.columns.items() if role != "key"]
    if "name" not in mapping.columns and mapping.name:
        told.append(f"event name = {mapping.name}")
    return f"Read as: {', '.join(told)}."


def _about_customers(mapping: Mapping, sample: Sample) -> Iterator[str]:
    named = mapping.customer_columns
    if mapping.case_is_customer:
        yield f"No column names a customer: each case ({mapping.columns['case']}) is treated as one customer."
        return
    if not named:
        yield "No column names a customer: the rows count at their touchpoints and belong to no customer's journey."
        return
    nobody = sample.unnamed(list(named.values()))
    if nobody:
        yield f"{nobody:.0%} of the first {sample.rows} rows name no customer; they become events that belong to nobody."


def _about_times(mapping: Mapping, sample: Sample, settings: Settings) -> Iterator[str]:
    shape = sample.shapes[mapping.columns["time"]]
    stated = zone_in_header(mapping.columns["time"])
    if mapping.time_format.startswith("epoch"):
        yield "Times are counted from 1970 in UTC."
    elif all(_HAS_OFFSET.search(cell) and ":" in cell for cell in shape.cells):
        yield "Times carry their own offset from UTC."
    else:
        zone = mapping.time_zone or settings.time_zone
        told = "in the zone that their header states" if stated and stated == mapping.time_zone else f"as {zone}"
        yield f"Times carry no zone and are read {told}."
    if shape.time is not None and shape.time.share < 1:
        yield f"{1 - shape.time.share:.0%} of the sampled times are written otherwise; their rows will be refused."
    if shape.time is not None and shape.time.format in ("dmy", "mdy"):
        yield shape.time.reason[0].upper() + shape.time.reason[1:] + "."


def _about_rows(mapping: Mapping, sample: Sample, settings: Settings) -> Iterator[str]:
    columns = mapping.columns
    if mapping.folds:
        total = "the total on its lines, counted once" if mapping.value_repeats else "the sum of its lines"
        yield (
            f"Rows sharing {columns['order']} become one event, with the time of the first and {total}: Order Completed, "
            "or Order Refunded where that is negative."
        )
    elif "key" not in columns:
        yield "No column is an id: a row is known by its mapped cells, so a changed row counts as a new one."
    if "value" in columns or "unit_price" in columns:
        money = "value" if "value" in columns else "unit_price"
        currency = mapping.currency or settings.currency
        if "currency" not in columns and not _signed(sample.shapes[columns[money]].cells):
            yield (
                f"Amounts carry no currency and are taken as {currency}."
                if currency
                else "Amounts stay without a currency."
            )
    if "score" in columns and mapping.metric:
        yield f"{columns['score']} is read as {_METRICS.get(mapping.metric, mapping.metric)}, on a scale from {mapping.score_low:g} to {mapping.score_high:g}."


def _signed(cells: tuple[str, ...]) -> bool:
    return any(re.search(r"[€£$¥₹A-Za-z]", cell) for cell in cells[:50])
