"""The subscribed audience and the campaign report as Mailchimp writes them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from touchline.world import truth
from touchline.world.exports.rows import utc, write_csv
from touchline.world.story import World

AUDIENCE_HEADER = (
    "Email Address", "First Name", "Last Name", "MEMBER_RATING", "OPTIN_TIME", "OPTIN_IP", "CONFIRM_TIME", "CONFIRM_IP",
    "LATITUDE", "LONGITUDE", "GMTOFF", "DSTOFF", "TIMEZONE", "CC", "REGION", "LAST_CHANGED", "LEID", "EUID", "NOTES", "TAGS",
)  # fmt: skip
CAMPAIGN_HEADER = (
    "Title", "Subject", "List", "Send Date", "Send Weekday", "Total Recipients", "Successful Deliveries", "Soft Bounces",
    "Hard Bounces", "Total Bounces", "Times Forwarded", "Forwarded Opens", "Unique Opens", "Open Rate", "Total Opens",
    "Unique Clicks", "Click Rate", "Total Clicks", "Unsubscribes", "Abuse Complaints", "Times Liked on Facebook",
    "Folder Id", "Unique Id", "Total Orders", "Total Gross Sales", "Total Revenue",
)  # fmt: skip


def write(world: World, folder: Path) -> None:
    """Write both files."""
    write_csv(folder / "subscribed_members_export_4f1c2a.csv", AUDIENCE_HEADER, _members(world))
    write_csv(folder / "mailchimp_campaigns.csv", CAMPAIGN_HEADER, _campaigns(world))


def _members(world: World) -> Iterator[dict[str, object]]:
    first_seen = {hit.person.number: hit.time for hit in reversed(world.hits)}
    for person in world.people:
        joined = first_seen.get(person.number)
        if not person.subscribes or joined is None:
            continue
        confirmed = utc(joined + timedelta(minutes=9))
        yield {
            "Email Address": person.email, "First Name": person.first, "Last Name": person.last,
            "MEMBER_RATING": 2 + person.number % 4, "OPTIN_TIME": utc(joined + timedelta(minutes=8)), "CONFIRM_TIME": confirmed,
            "TIMEZONE": "Europe/Berlin", "CC": person.country, "LAST_CHANGED": confirmed,
            "LEID": 70_000 + person.number, "EUID": f"{person.number:010x}", "TAGS": '"web form"',
        }  # fmt: skip


def _campaigns(world: World) -> Iterator[dict[str, object]]:
    subscribers = sum(person.subscribes for person in world.people)
    for week in range(truth.DAYS // 7):
        sent = truth.END - timedelta(days=truth.DAYS - 7 * week - 3)
        delivered = max(int(subscribers * (week + 1) * 7 / truth.DAYS) - 3, 0)
        opens, clicks = int(delivered * 0.38), int(delivered * 0.046)
        yield {
            "Title": f"Weekly letter {week + 1}", "Subject": f"Trails of the week {week + 1}", "List": "Alderway news",
            "Send Date": sent.strftime("%b %d, %Y %I:%M %p").lower(), "Send Weekday": sent.strftime("%A"),
            "Total Recipients": delivered + 3, "Successful Deliveries": delivered, "Soft Bounces": 2, "Hard Bounces": 1,
            "Total Bounces": 3, "Unique Opens": opens, "Open Rate": "38.00%", "Total Opens": opens * 2, "Unique Clicks": clicks,
            "Click Rate": "4.60%", "Total Clicks": clicks + clicks // 5, "Unsubscribes": week % 3, "Abuse Complaints": 0,
            "Unique Id": f"c{week + 1:06x}",
        }  # fmt: skip
