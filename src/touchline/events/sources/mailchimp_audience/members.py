"""Mailchimp audience: when somebody subscribed or left, and what the audience knows about them."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from msgspec.structs import replace

from touchline.events.rules import Event
from touchline.events.sources.cells import UNDATED, identifiers, number, present, required_text, text, time
from touchline.events.sources.headers import normalised
from touchline.events.sources.protocol import Context, Result
from touchline.events.sources.table_source import without_aliases

COLUMNS: Mapping[str, tuple[str, ...]] = {
    **without_aliases("Email Address", "First Name", "Last Name", "MEMBER_RATING", "OPTIN_TIME", "OPTIN_IP"),
    **without_aliases("CONFIRM_TIME", "CONFIRM_IP", "LATITUDE", "LONGITUDE", "GMTOFF", "DSTOFF", "TIMEZONE", "CC"),
    **without_aliases("REGION", "LAST_CHANGED", "LEID", "EUID", "NOTES", "TAGS"),
    **without_aliases("UNSUB_TIME", "UNSUB_CAMPAIGN_TITLE", "UNSUB_CAMPAIGN_ID", "UNSUB_REASON"),
    **without_aliases("UNSUB_REASON_OTHER", "CLEAN_TIME", "CLEAN_CAMPAIGN_TITLE", "CLEAN_CAMPAIGN_ID"),
}

_PHONES = ("Phone Number", "Phone", "SMS Phone Number", "SMSPHONE")
_TOO_PERSONAL = frozenset({"address", "birthday", "date of birth", "name", "full name", *map(normalised, _PHONES)})
"""Merge fields that are not taken over as facts."""


def read_member(line: int, cells: Mapping[str, str], context: Context) -> Iterator[Result]:
    """'Email Subscribed', 'Unsubscribed' or 'Email Bounced' where the file dates them, and the member's facts."""
    email = required_text(cells, "Email Address", "an e-mail address")
    phone = next((found for column in _PHONES if (found := text(cells, column))), None)

    def moment(column: str) -> datetime | None:
        return time(cells, column, context.zone)

    joined = moment("CONFIRM_TIME") or moment("OPTIN_TIME")
    member = Event(
        key=f"{email.casefold()}|profile",
        name="Profile Updated",
        time=moment("LAST_CHANGED") or joined or UNDATED,
        line=line,
        identifiers=identifiers(email=email, phone=phone),
        properties=_traits(cells),
    )
    yield member
    for fact, at in ((_SUBSCRIBED, joined), (_LEFT, moment("UNSUB_TIME")), (_CLEANED, moment("CLEAN_TIME"))):
        if at:
            yield _dated(member, fact, at, cells)


@dataclass(frozen=True)
class _Fact:
    """Something dated about a member: what it is called and where its campaign and reasons stand."""

    kind: str
    name: str
    campaign: str | None = None
    reason: str | None = None
    words: str | None = None


_SUBSCRIBED = _Fact("subscribed", "Email Subscribed")
_LEFT = _Fact("unsubscribed", "Unsubscribed", "UNSUB_CAMPAIGN_TITLE", "UNSUB_REASON", "UNSUB_REASON_OTHER")
_CLEANED = _Fact("cleaned", "Email Bounced", "CLEAN_CAMPAIGN_TITLE")


def _dated(member: Event, fact: _Fact, at: datetime, cells: Mapping[str, str]) -> Event:
    def cell(column: str | None) -> str | None:
        return text(cells, column) if column else None

    campaign = cell(fact.campaign)
    return replace(
        member,
        key=f"{member.key.removesuffix('|profile')}|{fact.kind}",
        name=fact.name,
        time=at,
        channel="email",
        campaign=campaign,
        text=cell(fact.words),
        objects=(("campaign", campaign),) if campaign else (),
        properties=present(reason=cell(fact.reason)),
    )


def _traits(cells: Mapping[str, str]) -> dict[str, object]:
    merge_fields = {
        normalised(column).replace(" ", "_"): text(cells, column)
        for column in cells
        if column not in COLUMNS and normalised(column) not in _TOO_PERSONAL
    }
    country = text(cells, "CC")
    return present(
        **merge_fields,
        country=country.upper() if country else None,
        region=text(cells, "REGION"),
        time_zone=text(cells, "TIMEZONE"),
        member_rating=number(cells, "MEMBER_RATING"),
        tags=_tags(text(cells, "TAGS")) or None,
    )


def _tags(cell: str | None) -> list[str]:
    """TAGS is a quoted list inside a quoted cell: '"VIP","News, weekly"'."""
    line = " ".join((cell or "").split())
    return [tag.strip() for tag in next(csv.reader([line], skipinitialspace=True), []) if tag.strip()]
