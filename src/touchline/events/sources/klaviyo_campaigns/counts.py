"""Klaviyo campaigns: counts per mailing, text message or push. Rates are not taken over: they follow from the counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from touchline.events.rules import SeriesPoint, Skipped
from touchline.events.sources.cells import CellError, number, required_text, required_time, text
from touchline.events.sources.protocol import Context, Result
from touchline.events.sources.table_source import without_aliases

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "Campaign Name": ("Name",),
    **without_aliases("Variant Name", "Tags", "Subject", "List"),
    "Send Time": ("Send Date",),
    **without_aliases("Send Weekday", "Total Recipients", "Unique Placed Order", "Placed Order Rate", "Revenue"),
    **without_aliases("Unique Opens", "Open Rate", "Total Opens", "Unique Clicks", "Click Rate", "Total Clicks"),
    **without_aliases("Unsubscribes", "Spam Complaints", "Spam Complaints Rate", "Successful Deliveries", "Bounces"),
    **without_aliases("Bounce Rate", "Campaign ID", "Campaign Channel", "Winning Variant?"),
}

_MEASURES = {
    "Total Recipients": ("sent", "recipients"),
    "Successful Deliveries": ("delivered", "deliveries"),
    "Bounces": ("bounced", "bounces"),
    "Unique Opens": ("opened", "unique_opens"),
    "Total Opens": ("opened", "total_opens"),
    "Unique Clicks": ("clicked", "unique_clicks"),
    "Total Clicks": ("clicked", "total_clicks"),
    "Unsubscribes": ("left", "unsubscribes"),
    "Spam Complaints": ("reported", "complaints"),
    "Unique Placed Order": ("ordered", "orders"),
    "Revenue": ("ordered", "revenue"),
}
"""Column -> (what it counts, measure)."""

_ANYWHERE = {"left": "Unsubscribed", "reported": "Email Marked as Spam", "ordered": "Order Completed"}
_NAMES = {
    "email": {
        "sent": "Email Sent", "delivered": "Email Delivered", "bounced": "Email Bounced", "opened": "Email Opened",
        "clicked": "Email Link Clicked",
    },
    "sms": {
        "sent": "SMS Sent", "delivered": "SMS Delivered", "bounced": "SMS Bounced", "opened": "SMS Delivered",
        "clicked": "SMS Link Clicked",
    },
    "push": {
        "sent": "Push Notification Received", "delivered": "Push Notification Received",
        "bounced": "Push Notification Bounced", "opened": "Push Notification Tapped",
        "clicked": "Push Notification Tapped",
    },
}  # fmt: skip
"""Channel -> what is counted -> the event it counts."""
_CHANNELS = {"": "email", "email": "email", "sms": "sms", "mobile push": "push", "push": "push", "mobile_push": "push"}


def read_campaign(line: int, cells: Mapping[str, str], context: Context) -> Iterator[Result]:
    """One point per count of the row."""
    name = required_text(cells, "Campaign Name", "the campaign's name")
    if text(cells, "Send Time") is None:
        yield Skipped(line, "campaign that was not sent")
        return
    sent = required_time(cells, "Send Time", context.zone)
    channel = _channel(cells)
    campaign = text(cells, "Campaign ID") or f"{name}|{sent.isoformat()}"
    variant = text(cells, "Variant Name")
    key = f"{campaign}|{variant}" if variant else campaign
    counted = {column: found for column in _MEASURES if (found := number(cells, column)) is not None}
    if not counted:
        yield Skipped(line, "campaign without any count")
    for column, count in counted.items():
        what, measure = _MEASURES[column]
        told = _NAMES[channel].get(what) or _ANYWHERE[what]
        yield SeriesPoint(f"{key}|{measure}", told, sent, line, measure, count, channel, label=name)


def _channel(cells: Mapping[str, str]) -> str:
    written = text(cells, "Campaign Channel") or ""
    channel = _CHANNELS.get(written.casefold())
    if channel is None:
        raise CellError("Campaign Channel", written, "Email, SMS or Mobile Push")
    return channel
