"""Deciding, once the columns have their roles, how their cells are read and what the rows are called."""

from __future__ import annotations

import re
from collections.abc import Mapping as MappingOf
from typing import Final

from touchline.engine.workspace import Settings
from touchline.events.mapping.amounts import currency_code
from touchline.events.mapping.columns import ORDER_NAME
from touchline.events.mapping.contacts import CONTACTS_NAME, holds_contacts
from touchline.events.mapping.header_zone import zone_in_header
from touchline.events.mapping.roles import CUSTOMER_ROLES, Mapping
from touchline.events.mapping.sample import Sample
from touchline.events.mapping.scores import decide_scale
from touchline.events.mapping.words import ID_WORDS, PERSONAL

_NUMBER_ROLES: Final = ("value", "quantity", "unit_price", "score")
_MOST_KEPT: Final = 12
_LONGEST_KEPT: Final = 100
_NAMES_BY_WORDS: Final = (
    (re.compile(r"\bcoupon.*\bredem|\bredem.*\bcoupon"), "Coupon Applied"),
    (re.compile(r"\bpoints?\b.*\bredeem|\bredeem\w*\b.*\bpoints?\b"), "Points Redeemed"),
    (re.compile(r"\bpoints? (?:earned|collected)\b"), "Points Earned"),
    (re.compile(r"\b(?:sign ?up|signed up|registered|registration) (?:date|at|time)\b"), "Signed Up"),
    (re.compile(r"\bunsub\w*"), "Unsubscribed"),
)
_CHANNELS_BY_WORDS: Final = (
    (re.compile(r"\bstore (?:id|no|nr|number|code)\b|\bfiliale\b|\bterminal\b|\bcashier\b"), "store"),
    (re.compile(r"\bcall(?:er)? (?:id|duration)\b"), "phone"),
    (re.compile(r"\bemail (?:id|subject)\b|\bmail subject\b"), "email"),
)


def decide_mapping(columns: MappingOf[str, str], sample: Sample, settings: Settings) -> Mapping:
    """Make the mapping in which these columns have these roles; everything else follows from the sample."""
    shapes = sample.shapes
    score = shapes[columns["score"]] if "score" in columns else None
    scale = decide_scale(score.words, score.score.low, score.score.high) if score and score.score else None
    name = "" if "name" in columns else _constant_name(columns, sample, scale.metric if scale else "")
    folds = "order" in columns and "name" not in columns and _repeats(columns["order"], sample)
    with_key = _with_order_as_key(columns, folds)
    time = shapes[columns["time"]].time if "time" in columns else None
    return Mapping(
        columns=with_key,
        time_format=time.format if time else "iso",
        time_zone=zone_in_header(columns.get("time", "")),
        name=name,
        name_prefix=_name_prefix(columns, sample),
        channel=_constant_channel(columns, sample, name),
        decimal_marks={
            role: "," for role in _NUMBER_ROLES if role in columns and _decimal_comma(columns[role], sample)
        },
        metric=scale.metric if scale else "",
        score_low=scale.low if scale else 0.0,
        score_high=scale.high if scale else 0.0,
        currency=_currency_in_header(columns),
        one_event_per="order" if folds else "row",
        value_repeats=folds and _value_repeats(columns, sample),
        case_is_customer="case" in columns and not any(role in columns for role in CUSTOMER_ROLES),
        kept=_kept(with_key, sample, folds),
    )


def _repeats(header: str, sample: Sample) -> bool:
    return any(rows > 1 for rows in sample.rows_per(header).values())


def _with_order_as_key(columns: MappingOf[str, str], folds: bool) -> dict[str, str]:
    """An order per row is known by its number: a newer export updates it."""
    if "order" in columns and "key" not in columns and "name" not in columns and not folds:
        return {**columns, "key": columns["order"]}
    return dict(columns)


def _constant_name(columns: MappingOf[str, str], sample: Sample, metric: str) -> str:
    """Name the rows by what the table holds; empty when nothing tells."""
    if holds_contacts(columns, sample):
        return CONTACTS_NAME
    words = " ".join(shape.words for shape in sample.shapes.values())
    told = next((name for pattern, name in _NAMES_BY_WORDS if pattern.search(words)), None)
    if told:
        return told
    if metric:
        stars = "Product Reviewed" if "product" in columns else "Review Posted"
        return stars if metric == "stars" else "Survey Answered"
    if "order" in columns:
        return ORDER_NAME
    if "case" in columns and any(role in columns for role in CUSTOMER_ROLES):
        return "Ticket Created"
    return "Page Viewed" if "page" in columns else ""


def _constant_channel(columns: MappingOf[str, str], sample: Sample, name: str) -> str:
    if "channel" in columns:
        return "other"
    if name in ("Review Posted", "Product Reviewed"):
        return "review"
    if name == "Page Viewed":
        return "web"
    every = (shape.words for shape in sample.shapes.values())
    return next(
        (channel for words in every for pattern, channel in _CHANNELS_BY_WORDS if pattern.search(words)), "other"
    )


def _name_prefix(columns: MappingOf[str, str], sample: Sample) -> str:
    """What to call numbered activities: the header's own word, so that 8 in 'ActivityID' is 'Activity 8'."""
    if "name" not in columns or sample.shapes[columns["name"]].number is None:
        return ""
    word = ID_WORDS.sub("", sample.shapes[columns["name"]].words).strip()
    return f"{word or 'event'} ".capitalize()


def _decimal_comma(header: str, sample: Sample) -> bool:
    found = sample.shapes[header].number
    return found is not None and found.decimal_mark == ","


def _currency_in_header(columns: MappingOf[str, str]) -> str:
    """Read 'Amount (EUR)' and 'Umsatz in €'."""
    header = columns.get("value", columns.get("unit_price", ""))
    codes = (currency_code(word) for word in re.split(r"[^A-Za-z€£$¥₹]+", header) if len(word) in (1, 3))
    return next((code for code in codes if code), "")


def _value_repeats(columns: MappingOf[str, str], sample: Sample) -> bool:
    """Whether the value is the order's total written on every line: then it is the same on all lines of every order."""
    if "value" not in columns:
        return False
    sizes, values = sample.rows_per(columns["order"]), sample.values_per(columns["order"], columns["value"])
    several = [order for order, rows in sizes.items() if rows > 1]
    return len(several) >= 3 and all(len(values.get(order, ())) <= 1 for order in several)


def _kept(columns: MappingOf[str, str], sample: Sample, folds: bool) -> tuple[str, ...]:
    """Columns without a role that say something short; of folded orders those that are the same on all their lines."""
    used = set(columns.values())
    kept = []
    for header, shape in sample.shapes.items():
        if header in used or not shape.cells or shape.length > _LONGEST_KEPT or PERSONAL.search(shape.words):
            continue
        if shape.emails > 0.2 or (folds and not _same_within(columns["order"], header, sample)):
            continue
        kept.append(header)
    return tuple(kept[:_MOST_KEPT])


def _same_within(order: str, header: str, sample: Sample) -> bool:
    return all(len(values) <= 1 for values in sample.values_per(order, header).values())
