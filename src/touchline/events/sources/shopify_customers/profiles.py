"""Shopify customers: facts about people, without any time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from touchline.events.rules import Event
from touchline.events.sources.cells import UNDATED, CellError, identifiers, number, present, text, truthy
from touchline.events.sources.protocol import Context, Result
from touchline.events.sources.table_source import without_aliases

COLUMNS: Mapping[str, tuple[str, ...]] = {
    **without_aliases("First Name", "Last Name", "Email"),
    "Accepts Email Marketing": ("Accepts Marketing",),
    **{
        name: (f"Default Address {name}",)
        for name in ("Company", "Address1", "Address2", "City", "Province", "Province Code", "Country", "Country Code")
    },
    "Zip": ("Default Address Zip",),
    "Phone": ("Default Address Phone",),
    **without_aliases("Accepts SMS Marketing", "Total Spent", "Total Orders", "Tags", "Note", "Tax Exempt"),
}


def read_profile(line: int, cells: Mapping[str, str], context: Context) -> Iterator[Result]:
    """One 'Profile Updated' for each customer; names, streets and notes are not taken over."""
    email, phone = text(cells, "Email"), text(cells, "Phone")
    if email is None and phone is None:
        raise CellError("Email", "", "an e-mail address or a phone number to know whose facts these are")
    tags = [tag.strip() for tag in (text(cells, "Tags") or "").split(",") if tag.strip()]
    yield Event(
        key=(email or phone or "").casefold(),
        name="Profile Updated",
        time=UNDATED,
        line=line,
        identifiers=identifiers(email=email, phone=phone),
        properties=present(
            country=text(cells, "Country Code") or text(cells, "Country"),
            province=text(cells, "Province"),
            city=text(cells, "City"),
            company=text(cells, "Company"),
            accepts_email_marketing=truthy(text(cells, "Accepts Email Marketing")),
            accepts_sms_marketing=truthy(text(cells, "Accepts SMS Marketing")),
            total_spent=number(cells, "Total Spent"),
            total_orders=number(cells, "Total Orders"),
            tags=tags or None,
            tax_exempt=truthy(text(cells, "Tax Exempt")),
        ),
    )
