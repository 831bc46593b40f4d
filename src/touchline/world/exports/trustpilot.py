"""Service reviews as Trustpilot exports them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from touchline.world.exports.rows import utc, write_csv
from touchline.world.story import World

HEADER = (
    "Domain Url", "Webshop Name", "Business Unit Id", "Review Id", "Review Created (UTC)", "Review Consumer User Id",
    "Review Username", "Review User Email", "Review Title", "Review Content", "Review Stars", "Source Of Review",
    "Reference Id", "Company Response", "Company Reply Date (UTC)", "Review Language", "Location Name",
)  # fmt: skip


def write(world: World, folder: Path) -> None:
    """Write the reviews."""
    write_csv(folder / "trustpilot_reviews.csv", HEADER, _rows(world), bom=True)


def is_invited(number: int) -> bool:
    """Whether the shop asked for the review with this number; nothing joins the others to an order."""
    return number % 5 > 0


def _rows(world: World) -> Iterator[dict[str, object]]:
    """Invited reviews carry the order they are about; one in five writes without being invited and has no e-mail."""
    for number, answer in enumerate(world.answers):
        if answer.survey != "review" or answer.order is None:
            continue
        invited = is_invited(number)
        yield {
            "Domain Url": "alderway.example", "Webshop Name": "Alderway Outdoor", "Business Unit Id": "bu-7731",
            "Review Id": f"r{number:08x}", "Review Created (UTC)": utc(answer.time),
            "Review Consumer User Id": f"t{answer.person.number:08x}", "Review Username": answer.person.first,
            "Review User Email": answer.person.email if invited else "", "Review Title": answer.text[:24],
            "Review Content": answer.text, "Review Stars": answer.score + 1,
            "Source Of Review": "InvitationLinkApi" if invited else "Organic",
            "Reference Id": f"#{answer.order.number}" if invited else "", "Review Language": "en",
        }  # fmt: skip
