"""Trustpilot reviews: what was said in public, and what the company replied."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC

from msgspec.structs import replace

from touchline.events.rules import Event
from touchline.events.sources.cells import (
    identifiers,
    order_number,
    present,
    required_text,
    required_time,
    text,
    time,
)
from touchline.events.sources.protocol import Context, Result
from touchline.events.sources.stars import stars
from touchline.events.sources.table_source import without_aliases

COLUMNS: Mapping[str, tuple[str, ...]] = {
    **without_aliases("Domain Url", "Webshop Name", "Business Unit Id", "Review Id", "Review Created (UTC)"),
    **without_aliases("Review Consumer User Id", "Review Username", "Review User Email", "Review Title"),
    **without_aliases("Review Content", "Review Stars", "Source Of Review"),
    "Reference Id": ("Reference Number", "Order Id"),
    "Company Response": ("Company Reply", "Business Reply"),
    "Company Reply Date (UTC)": ("Business Reply Date (UTC)",),
    "Review Language": ("Language",),
    "Location Name": (),
}


def read_review(line: int, cells: Mapping[str, str], context: Context) -> Iterator[Result]:
    """The review, and the company's reply as an event of its own."""
    review = required_text(cells, "Review Id", "the review's id")
    order = order_number(text(cells, "Reference Id"))
    posted = Event(
        key=f"{review}|posted",
        name="Review Posted",
        time=required_time(cells, "Review Created (UTC)", UTC),
        line=line,
        channel="review",
        identifiers=identifiers(
            email=text(cells, "Review User Email"),
            order_id=order,
            anonymous_id=text(cells, "Review Consumer User Id"),
        ),
        score=stars(cells, "Review Stars"),
        text=_said(cells),
        language=text(cells, "Review Language"),
        objects=(("review", review), *((("order", order),) if order else ())),
        properties=present(asked=text(cells, "Source Of Review"), location=text(cells, "Location Name")),
    )
    yield posted
    replied = time(cells, "Company Reply Date (UTC)", UTC)
    if replied:
        # The reply is the company's voice: it must not be quoted as the customer's, so it is no `text`.
        told = present(reply=text(cells, "Company Response"))
        yield replace(
            posted,
            key=f"{review}|answered",
            name="Review Answered",
            time=replied,
            score=None,
            text=None,
            properties=told,
        )


def _said(cells: Mapping[str, str]) -> str | None:
    """Title and content; where nobody thought of a title, Trustpilot takes the first words, which are not said twice."""
    title, content = text(cells, "Review Title"), text(cells, "Review Content")
    if title and content and content.startswith(title.rstrip(".… ")):
        return content
    return "\n".join(filter(None, (title, content))) or None
