"""App Store reviews: stars and words of people whom nobody can name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from touchline.events.rules import Event
from touchline.events.sources.cells import present, required_text, required_time, text
from touchline.events.sources.protocol import Context, Result
from touchline.events.sources.stars import stars
from touchline.events.sources.table_source import without_aliases

COLUMNS: Mapping[str, tuple[str, ...]] = without_aliases(
    *("type", "id", "attributes.rating", "attributes.title", "attributes.body", "attributes.reviewerNickname"),
    *("attributes.createdDate", "attributes.territory"),
    *("relationships.response.links.self", "relationships.response.links.related", "links.self", "_json"),
)


def read_review(line: int, cells: Mapping[str, str], context: Context) -> Iterator[Result]:
    """One review. The nickname is not taken over: it names nobody and may be anybody's."""
    review = required_text(cells, "id", "the review's id")
    written = required_time(cells, "attributes.createdDate", context.zone)
    yield Event(
        key=f"{review}|{written.isoformat()}",
        name="Review Posted",
        time=written,
        line=line,
        channel="review",
        score=stars(cells, "attributes.rating"),
        text="\n".join(filter(None, (text(cells, "attributes.title"), text(cells, "attributes.body")))) or None,
        objects=(("review", review),),
        properties=present(store="App Store", territory=text(cells, "attributes.territory")),
    )
