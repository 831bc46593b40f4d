"""One feedback record, which is one answered field, into one event."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC
from typing import Any, Final

import msgspec

from touchline.events.mapping.vocabularies import channel_of
from touchline.events.rules import Event, Score, Skipped
from touchline.events.sources.cells import CellError, number, required_text, required_time, text, truthy
from touchline.events.sources.protocol import Context, Result
from touchline.events.sources.table_source import without_aliases
from touchline.events.vocabulary import CHANNELS, DEVICES, EVENT_NAMES, IDENTIFIER_TYPES, SCALES, Scale

COLUMNS: Mapping[str, tuple[str, ...]] = {
    **without_aliases(
        "submission_id", "collected_at", "source_type", "field_id", "field_type", "source_id", "source_name"
    ),
    **without_aliases("field_label", "field_group_id", "value_text", "value_number", "value_boolean", "value_date"),
    **without_aliases("metadata", "language"),
    "user_id": ("user_identifier",),
    "tenant_id": (),
}

_SCALES: Final = {**{name: SCALES[name] for name in ("nps", "csat", "ces")}, "rating": Scale("rating", 1, 5)}
_OTHERS: Final = {
    "categorical": "value_text",
    "number": "value_number",
    "boolean": "value_boolean",
    "date": "value_date",
}
"""Types whose answer is no score and not the customer's own words -> where it stands."""
_KNOWN_NAMES = frozenset(each.name for each in EVENT_NAMES)
_SAID_ELSEWHERE = frozenset(
    {"event", "channel", "metric", "scale_min", "scale_max", "identifier_type", "device", "page", "url", "campaign"}
)


def read_record(line: int, cells: Mapping[str, str], context: Context) -> Iterator[Result]:
    """The event of a record; a record without an answer is skipped."""
    submission = required_text(cells, "submission_id", "the id of the submission")
    field = required_text(cells, "field_id", "the id of the field")
    type_ = required_text(cells, "field_type", "the type of the field").casefold()
    collected = required_time(cells, "collected_at", UTC)
    source_type = required_text(cells, "source_type", "where the answer came from, such as survey").casefold()
    about = _metadata(cells)
    score, words, answer = _answer(type_, cells, about)
    if score is None and words is None and answer is None:
        yield Skipped(line, "no answer")
        return
    source = text(cells, "source_id")
    question = {"question": text(cells, "field_label") or field}
    yield Event(
        key=f"{submission}|{field}",
        name=_name(source_type, about),
        time=collected,
        line=line,
        channel=_channel(source_type, about),
        identifiers=_identifiers(text(cells, "user_id"), about),
        label=text(cells, "source_name"),
        page=about.get("page") or about.get("url"),
        device=about.get("device") if about.get("device") in DEVICES[1:] else None,
        campaign=about.get("campaign"),
        score=score,
        text=words,
        language=text(cells, "language") if words else None,
        objects=(("review" if "review" in source_type else "survey", source),) if source else (),
        properties={
            **question,
            **({} if answer is None else {"answer": answer}),
            **{key: value for key, value in about.items() if key not in _SAID_ELSEWHERE},
        },
    )


def _answer(
    type_: str, cells: Mapping[str, str], about: Mapping[str, str]
) -> tuple[Score | None, str | None, str | float | bool | None]:
    """Score, words or another answer; at most one of them is there."""
    if type_ in _SCALES:
        return _score(_SCALES[type_], cells, about), None, None
    if type_ == "text":
        return None, text(cells, "value_text"), None
    if type_ not in _OTHERS:
        types = ", ".join(["text", *_SCALES, *_OTHERS])
        raise CellError("field_type", type_, f"one of {types}")
    if type_ == "number":
        return None, None, number(cells, "value_number")
    written = text(cells, _OTHERS[type_])
    return None, None, truthy(written) if type_ == "boolean" else written


def _score(own: Scale, cells: Mapping[str, str], about: Mapping[str, str]) -> Score | None:
    value = number(cells, "value_number")
    if value is None:
        return None
    low, high = number(about, "scale_min"), number(about, "scale_max")
    scale = own if low is None or high is None or low >= high else Scale(own.metric, low, high)
    if not scale.low <= value <= scale.high:
        expected = (
            f"a number from {scale.low:g} to {scale.high:g}; metadata states other ends as scale_min and scale_max"
        )
        raise CellError("value_number", f"{value:g}", expected)
    metric = about.get("metric", scale.metric)
    return Score(metric if metric in SCALES else scale.metric, value, scale.low, scale.high)


def _name(source_type: str, about: Mapping[str, str]) -> str:
    stated = about.get("event")
    if stated in _KNOWN_NAMES:
        return str(stated)
    return "Review Posted" if "review" in source_type else "Survey Answered"


def _channel(source_type: str, about: Mapping[str, str]) -> str:
    stated = about.get("channel")
    if stated in CHANNELS:
        return str(stated)
    return channel_of(source_type) or ("web" if "survey" in source_type else "other")


def _identifiers(user: str | None, about: Mapping[str, str]) -> dict[str, str]:
    if user is None:
        return {}
    stated = about.get("identifier_type")
    if stated in IDENTIFIER_TYPES:
        return {str(stated): user}
    return {"email" if "@" in user else "user_id": user}


def _metadata(cells: Mapping[str, str]) -> dict[str, str]:
    """What stands in the JSON of `metadata`, or in the columns that JSON lines make of it, as text."""
    dotted = {name[len("metadata.") :]: cell for name, cell in cells.items() if name.startswith("metadata.")}
    written = text(cells, "metadata")
    if written is None:
        return dotted
    try:
        found: Any = msgspec.json.decode(written)
    except msgspec.DecodeError:
        found = None
    if not isinstance(found, dict):
        raise CellError("metadata", written[:60], "a JSON object")
    return dotted | {
        name: value if isinstance(value, str) else msgspec.json.encode(value).decode()
        for name, value in found.items()
        if value is not None
    }
