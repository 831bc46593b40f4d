"""Judge.me reviews: of products, or of the shop; published ones and those that the shop keeps back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import blake2b

from msgspec.structs import replace

from touchline.events.rules import Event, Skipped
from touchline.events.sources.cells import identifiers, present, required_time, text, time
from touchline.events.sources.protocol import Context, Result
from touchline.events.sources.stars import stars
from touchline.events.sources.table_source import without_aliases

COLUMNS: Mapping[str, tuple[str, ...]] = without_aliases(
    *("title", "body", "rating", "review_date", "source", "curated", "reviewer_name", "reviewer_email"),
    *("product_id", "product_handle", "reply", "reply_date", "picture_urls", "ip_address", "location"),
)

_PUBLISHED = "ok"
_SPAM = "spam"


def read_review(line: int, cells: Mapping[str, str], context: Context) -> Iterator[Result]:
    """The review, and the shop's reply as an event of its own; spam is nobody's opinion."""
    curated = (text(cells, "curated") or _PUBLISHED).casefold()
    if curated == _SPAM:
        yield Skipped(line, "marked as spam")
        return
    posted = _posted(line, cells, context, is_published=curated == _PUBLISHED)
    yield posted
    replied = time(cells, "reply_date", context.zone)
    if replied:
        yield replace(
            posted,
            key=f"{posted.key}|answered",
            name="Review Answered",
            time=replied,
            score=None,
            text=None,
            properties=present(reply=text(cells, "reply")),
        )


def _posted(line: int, cells: Mapping[str, str], context: Context, *, is_published: bool) -> Event:
    product = text(cells, "product_id") or text(cells, "product_handle")
    return Event(
        key=_key(cells, product),
        name="Product Reviewed" if product else "Review Posted",
        time=required_time(cells, "review_date", context.zone),
        line=line,
        channel="review",
        identifiers=identifiers(email=text(cells, "reviewer_email")),
        score=stars(cells, "rating"),
        text="\n".join(filter(None, (text(cells, "title"), text(cells, "body")))) or None,
        objects=(("product", product),) if product else (),
        properties=present(
            product_handle=text(cells, "product_handle"),
            asked=text(cells, "source"),
            location=text(cells, "location"),
            published=None if is_published else False,
        ),
    )


def _key(cells: Mapping[str, str], product: str | None) -> str:
    """Reviewer, product and time; without an address, the words tell two reviews of one day apart."""
    email = text(cells, "reviewer_email")
    said = "\n".join(cells.get(column, "") for column in ("reviewer_name", "title", "body", "rating"))
    reviewer = email.casefold() if email else blake2b(said.encode(), digest_size=8).hexdigest()
    return f"{reviewer}|{product or 'shop'}|{text(cells, 'review_date')}"
