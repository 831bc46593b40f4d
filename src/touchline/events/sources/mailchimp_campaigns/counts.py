"""Mailchimp campaigns: counts per mailing. Rates are not taken over: they follow from the counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from touchline.events.rules import SeriesPoint, Skipped
from touchline.events.sources.cells import number, required_text, required_time, text
from touchline.events.sources.protocol import Context, Result
from touchline.events.sources.table_source import without_aliases

COLUMNS: Mapping[str, tuple[str, ...]] = without_aliases(
    *("Title", "Subject", "List", "Send Date", "Send Weekday", "Total Recipients", "Successful Deliveries"),
    *("Soft Bounces", "Hard Bounces", "Total Bounces", "Times Forwarded", "Forwarded Opens", "Unique Opens"),
    *("Open Rate", "Total Opens", "Unique Clicks", "Click Rate", "Total Clicks", "Unsubscribes", "Abuse Complaints"),
    *("Times Liked on Facebook", "Folder Id", "Unique Id", "Total Orders", "Total Gross Sales", "Total Revenue"),
    *("Visits", "New Visits", "Pages/Visit", "Bounce Rate", "Time on Site", "Goal Conversion Rate"),
    *("Per Visit Goal Value", "Transactions", "Ecommerce Conversion Rate", "Per Visit Value", "Average Value"),
)

_MEASURES = {
    "Total Recipients": ("Email Sent", "recipients"),
    "Successful Deliveries": ("Email Delivered", "deliveries"),
    "Soft Bounces": ("Email Bounced", "soft_bounces"),
    "Hard Bounces": ("Email Bounced", "hard_bounces"),
    "Unique Opens": ("Email Opened", "unique_opens"),
    "Total Opens": ("Email Opened", "total_opens"),
    "Unique Clicks": ("Email Link Clicked", "unique_clicks"),
    "Total Clicks": ("Email Link Clicked", "total_clicks"),
    "Unsubscribes": ("Unsubscribed", "unsubscribes"),
    "Abuse Complaints": ("Email Marked as Spam", "complaints"),
    "Total Orders": ("Order Completed", "orders"),
    "Total Revenue": ("Order Completed", "revenue"),
    "Visits": ("Page Viewed", "visits"),
}
"""Column -> (event it counts, measure). 'Bounce Rate' is missing on purpose: there it is of the web site, not of mail."""


def read_campaign(line: int, cells: Mapping[str, str], context: Context) -> Iterator[Result]:
    """One point per count of the row."""
    title = required_text(cells, "Title", "the campaign's title")
    sent = required_time(cells, "Send Date", context.zone)
    campaign = text(cells, "Unique Id") or f"{title}|{sent.isoformat()}"
    counted = {column: found for column in _MEASURES if (found := number(cells, column)) is not None}
    if not counted:
        yield Skipped(line, "campaign without any count")
    for column, count in counted.items():
        name, measure = _MEASURES[column]
        yield SeriesPoint(f"{campaign}|{measure}", name, sent, line, measure, count, "email", label=title)
