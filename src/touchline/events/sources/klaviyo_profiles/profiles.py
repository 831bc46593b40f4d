"""Klaviyo profiles: what the account knows about somebody, and whether they asked for mail."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from touchline.events.rules import Event
from touchline.events.sources.cells import UNDATED, CellError, identifiers, present, text, time
from touchline.events.sources.headers import normalised
from touchline.events.sources.protocol import Context, Result
from touchline.events.sources.table_source import without_aliases

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "Email": ("Email Address",),
    **without_aliases("Klaviyo ID", "First Name", "Last Name", "City"),
    "State / Region": ("State", "Region"),
    "Country": (),
    "Zip Code": ("Zip", "Postal Code"),
    "Source": ("Initial Source",),
    "Email Marketing Consent": ("Email Consent",),
    "Profile Created On": ("Profile Created",),
    "Date Added": (),
}

_PHONES = ("Phone Number", "Phone")
_EXTERNAL_IDS = ("External ID", "External Id")
_CONSENT_TIMES = ("Email Marketing Consent Timestamp", "Email Consent Timestamp")
_NOT_TAKEN_OVER = frozenset(
    {"address", "address 1", "address 2", "address1", "address2", "birthday", "date of birth", "name", "full name",
     "organization", "latitude", "longitude", "ip address"}
    | set(map(normalised, (*_PHONES, *_EXTERNAL_IDS, *_CONSENT_TIMES)))
)  # fmt: skip


def read_profile(line: int, cells: Mapping[str, str], context: Context) -> Iterator[Result]:
    """'Profile Updated', and 'Email Subscribed' where the consent says so."""
    known = identifiers(
        email=text(cells, "Email"),
        phone=_first(cells, _PHONES),
        external_id=_first(cells, _EXTERNAL_IDS),
        anonymous_id=text(cells, "Klaviyo ID"),
    )
    if not known:
        raise CellError("Email", "", "an e-mail address, or a Klaviyo ID")
    created, added = (time(cells, column, context.zone) for column in ("Profile Created On", "Date Added"))
    profile = Event(
        key=f"{known.get('anonymous_id') or next(iter(known.values())).casefold()}|profile",
        name="Profile Updated",
        time=max(filter(None, (created, added)), default=UNDATED),
        line=line,
        identifiers=known,
        properties=_traits(cells),
    )
    yield profile
    stated = next((at for column in _CONSENT_TIMES if (at := time(cells, column, context.zone))), None)
    joined = stated or added
    if joined and (text(cells, "Email Marketing Consent") or "").casefold() == "subscribed":
        yield replace(
            profile,
            key=profile.key.replace("|profile", "|subscribed"),
            name="Email Subscribed",
            time=joined,
            channel="email",
            properties={} if stated else {"time_stated": False},
        )


def _first(cells: Mapping[str, str], columns: tuple[str, ...]) -> str | None:
    return next((found for column in columns if (found := text(cells, column))), None)


def _traits(cells: Mapping[str, str]) -> dict[str, object]:
    own_fields = {
        normalised(column).replace(" ", "_"): text(cells, column)
        for column in cells
        if column not in COLUMNS and normalised(column) not in _NOT_TAKEN_OVER
    }
    return present(
        **own_fields,
        country=text(cells, "Country"),
        region=text(cells, "State / Region"),
        city=text(cells, "City"),
        source=text(cells, "Source"),
        email_consent=(text(cells, "Email Marketing Consent") or "").casefold() or None,
    )
