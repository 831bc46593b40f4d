"""Google Play reviews: what was said of an app by people whom nobody can name, and what the company replied."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from urllib.parse import unquote

from msgspec.structs import replace

from touchline.events.rules import Event
from touchline.events.sources.cells import epoch_time, present, required_text, required_time, text, time
from touchline.events.sources.protocol import Context, Result
from touchline.events.sources.stars import stars
from touchline.events.sources.table_source import without_aliases

COLUMNS: Mapping[str, tuple[str, ...]] = without_aliases(
    *("Package Name", "App Version Code", "App Version Name", "Reviewer Language", "Device"),
    *("Review Submit Date and Time", "Review Submit Millis Since Epoch"),
    *("Review Last Update Date and Time", "Review Last Update Millis Since Epoch"),
    *("Star Rating", "Review Title", "Review Text"),
    *("Developer Reply Date and Time", "Developer Reply Millis Since Epoch", "Developer Reply Text", "Review Link"),
)

_ID_IN_LINK = re.compile(r"[?&#:]reviewid=([^&#]+)", re.IGNORECASE)
_SUBMITTED, _UPDATED, _REPLIED = "Review Submit", "Review Last Update", "Developer Reply"


def read_review(line: int, cells: Mapping[str, str], context: Context) -> Iterator[Result]:
    """The review as it was last changed, and the company's reply as an event of its own."""
    app = required_text(cells, "Package Name", "the app's package name")
    submitted = _moment(cells, _SUBMITTED) or required_time(cells, f"{_SUBMITTED} Date and Time", UTC)
    said = _moment(cells, _UPDATED) or submitted
    review = _review_id(cells)
    known_by = review or "|".join([app, *(text(cells, name) or "" for name in ("Device", "Reviewer Language"))])
    posted = Event(
        key=f"{known_by}|{submitted.isoformat()}|{said.isoformat()}",
        name="Review Posted",
        time=said,
        line=line,
        channel="review",
        score=stars(cells, "Star Rating"),
        text="\n".join(filter(None, (text(cells, "Review Title"), text(cells, "Review Text")))) or None,
        language=text(cells, "Reviewer Language"),
        objects=(*((("review", review),) if review else ()), ("product", app)),
        properties=present(
            store="Google Play",
            version=text(cells, "App Version Name"),
            version_code=text(cells, "App Version Code"),
            device=text(cells, "Device"),
        ),
    )
    yield posted
    replied = _moment(cells, _REPLIED)
    if replied:
        reply = present(store="Google Play", reply=text(cells, "Developer Reply Text"))
        answered = f"{known_by}|{submitted.isoformat()}|answered"
        yield replace(
            posted, key=answered, name="Review Answered", time=replied, score=None, text=None, properties=reply
        )


def _moment(cells: Mapping[str, str], what: str) -> datetime | None:
    """The milliseconds are exact; the date and time beside them is cut to the second."""
    exact = epoch_time(cells, f"{what} Millis Since Epoch", per_second=1000)
    return exact or time(cells, f"{what} Date and Time", UTC)


def _review_id(cells: Mapping[str, str]) -> str | None:
    found = _ID_IN_LINK.search(text(cells, "Review Link") or "")
    return unquote(found[1]) if found else None
