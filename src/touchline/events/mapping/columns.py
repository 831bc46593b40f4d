"""What the columns of a batch say, role by role: times, scores, amounts, words and the objects they touch."""

from __future__ import annotations

from datetime import timedelta
from pathlib import PurePath
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from touchline.events.mapping.amounts import LARGEST_AMOUNT, as_units, currency_cell, currency_signs, parse_numbers
from touchline.events.mapping.cells import Cells, there
from touchline.events.mapping.distinct import Column, numbers_read, translated
from touchline.events.mapping.moments import FORMATS, read_time_of_day
from touchline.events.mapping.roles import OBJECT_ROLES, ROLES, Mapping
from touchline.events.mapping.scores import parse_scores
from touchline.events.mapping.times import parse_times, to_utc
from touchline.events.mapping.vocabularies import channel_of, channel_of_name, device_of, event_name_of, language_of
from touchline.events.mapping.words import title_of
from touchline.events.sources.protocol import Context

ORDER_NAME: Final = "Order Completed"
REFUND_NAME: Final = "Order Refunded"
_DOLLARS: Final = frozenset({"ARS", "AUD", "CAD", "CLP", "COP", "HKD", "MXN", "NZD", "SGD", "TWD", "USD"})
_UTC: Final = ZoneInfo("UTC")

Numbers = tuple[np.ndarray, np.ndarray]
"""Values, 0 where there is none, and a mask of those that are there."""


def zone_of(mapping: Mapping, context: Context) -> ZoneInfo:
    """The zone in which times without an offset are read."""
    return ZoneInfo(mapping.time_zone) if mapping.time_zone else context.zone


def times(cells: Cells, context: Context) -> np.ndarray:
    """Microseconds since 1970 in UTC; a row without a readable time is refused."""
    mapping, column, clock = cells.mapping, cells.of("time"), cells.of("clock")
    if column is None:
        return np.zeros(cells.rows, np.int64)
    if clock is None:
        found, read = parse_times(column, mapping.time_format, zone_of(mapping, context))
    else:
        offsets, told = numbers_read(clock, _micros_of_day, "int64")
        cells.refuse(cells.unread("clock", told), "clock", ROLES["clock"].expects)
        days, read = parse_times(column, mapping.time_format, _UTC)
        found = to_utc(days + offsets, zone_of(mapping, context))
    cells.refuse(~read, "time", FORMATS[mapping.time_format])
    return found


def _micros_of_day(written: str) -> int | None:
    since = read_time_of_day(written)
    return None if since is None else since // timedelta(microseconds=1)


def scores(cells: Cells) -> Numbers | None:
    """The scores; a cell that is no number on the scale refuses its row, an empty one is no score."""
    mapping, column = cells.mapping, cells.of("score")
    if column is None or not mapping.metric:
        return None
    values, read = parse_scores(column, mapping.decimal_marks.get("score", "."))
    on_scale = read & (values >= mapping.score_low) & (values <= mapping.score_high)
    cells.refuse(
        cells.unread("score", on_scale), "score", f"a number from {mapping.score_low:g} to {mapping.score_high:g}"
    )
    return values, on_scale


def values(cells: Cells) -> Numbers:
    """The amounts in ten-thousandths: the value column, else quantity × unit price."""
    if "value" in cells.mapping.columns:
        amounts, read = _amounts(cells, "value")
    elif "unit_price" in cells.mapping.columns:
        amounts, read = _amounts(cells, "unit_price")
        if "quantity" in cells.mapping.columns:
            pieces, counted = _amounts(cells, "quantity")
            cells.refuse(read & ~counted, "quantity", ROLES["quantity"].expects)
            cells.refuse(counted & ~read, "unit_price", ROLES["unit_price"].expects)
            amounts, read = amounts * pieces, read & counted
    else:
        return np.zeros(cells.rows, np.int64), np.zeros(cells.rows, bool)
    return as_units(amounts), read


def _amounts(cells: Cells, role: str) -> Numbers:
    column = cells.of(role)
    assert column is not None  # noqa: S101 - callers ask for roles the mapping has
    amounts, read = parse_numbers(column, cells.mapping.decimal_marks.get(role, "."))
    read &= np.abs(amounts) < LARGEST_AMOUNT
    cells.refuse(cells.unread(role, read), role, ROLES[role].expects)
    return np.where(read, amounts, 0.0), read


def currencies(cells: Cells, context: Context, valued: np.ndarray) -> Column:
    """The currency of each value: its column, else a sign in the cell, else the mapping's, else the workspace's."""
    assumed = cells.mapping.currency or context.currency or None
    money = cells.of("value") if "value" in cells.mapping.columns else cells.of("unit_price")
    if money is None:
        return pa.nulls(cells.rows, pa.string())
    column = cells.of("currency")
    named = [pa.scalar(assumed, pa.string())]
    if column is None or column.null_count:
        named.insert(0, currency_signs(money, str(assumed) if assumed in _DOLLARS else "USD"))
    if column is not None:
        codes = translated(column, currency_cell)
        cells.refuse(cells.unread("currency", there(codes)), "currency", ROLES["currency"].expects)
        named.insert(0, codes)
    return pc.if_else(pa.array(valued), pc.coalesce(*named), pa.scalar(None, pa.string()))


def names(cells: Cells, context: Context, units: np.ndarray) -> Column:
    """The event names; an order whose value is negative is a refund."""
    mapping, column = cells.mapping, cells.of("name")
    if column is not None:
        return translated(column, lambda written: event_name_of(written, mapping.name_prefix))
    name = mapping.name or title_of(PurePath(context.file).name)
    constant = pa.repeat(pa.scalar(name, pa.string()), cells.rows)
    if name != ORDER_NAME or not (units < 0).any():
        return constant
    return pc.if_else(pa.array(units < 0), pa.scalar(REFUND_NAME), constant)


def channels(cells: Cells, named: Column) -> Column:
    """The channels: the column's word, else what the event name implies, else the mapping's."""
    mapping, column = cells.mapping, cells.of("channel")
    if column is not None:
        return translated(column, channel_of).fill_null(mapping.channel)
    if mapping.channel != "other" or "name" not in mapping.columns:
        return pa.repeat(pa.scalar(mapping.channel, pa.string()), cells.rows)
    return translated(named, channel_of_name).fill_null(mapping.channel)


def customers(cells: Cells) -> dict[str, Column]:
    """Identifier type -> ids. An order or case number links events only where its row names a customer as well."""
    found = {type_: _plain_id(cells.column(header)) for type_, header in cells.mapping.customer_columns.items()}
    if not found:
        return {}
    named = pc.is_valid(pc.coalesce(*found.values()))
    for role, type_ in (("order", "order_id"), ("case", "case_id")):
        column = cells.of(role)
        if column is not None and type_ not in found:
            found[type_] = pc.if_else(named, object_id(role, column), pa.scalar(None, pa.string()))
    return found


def objects(cells: Cells) -> dict[str, Column]:
    """Object type -> ids."""
    found = {role: cells.of(role) for role in OBJECT_ROLES}
    return {role: object_id(role, column) for role, column in found.items() if column is not None}


def object_id(role: str, column: Column) -> Column:
    """Write ids as other systems do: order '#1001' is order 1001, and 17850.0 is 17850."""
    return pc.utf8_ltrim(_plain_id(column), "# ") if role == "order" else _plain_id(column)


def _plain_id(column: Column) -> Column:
    if not pc.any(pc.ends_with(column, ".0")).as_py():
        return column
    return pc.replace_substring_regex(column, r"^(\d+)\.0$", r"\1")


def words(cells: Cells) -> dict[str, Column]:
    """Staging column -> text, for the roles that are kept as written or nearly so."""
    found = {"label": cells.of("touchpoint"), "text": cells.of("text"), "session": cells.of("session")}
    campaign, page, device, language = (cells.of(role) for role in ("campaign", "page", "device", "language"))
    found["campaign"] = None if campaign is None else _plain_id(campaign)
    found["page"] = page
    found["device"] = None if device is None else translated(device, device_of)
    found["language"] = None if language is None else translated(language, language_of)
    return {name: column for name, column in found.items() if column is not None}
