"""Which events make a session, and what they count for."""

from __future__ import annotations

from typing import Final

from touchline.events.facade import NO_CONTACT

CHANNELS: Final = ("web", "app")
"""Where no channels are asked for: a session is time on a site or in an app."""

VIEWS: Final = ("Page Viewed", "Screen Viewed")

KEY_EVENTS: Final = ("Order Completed", "Signed Up", "Account Created", "Trial Started")
"""Counted as key events where none are named. GA4 marks purchases as key events from the start."""

NOT_BY_THE_VISITOR: Final = (
    *sorted(NO_CONTACT),
    "Order Updated",
    "Order Refunded",
    "Order Cancelled",
    "Order Fulfilled",
    "Order Delivered",
    "Survey Sent",
    "Survey Answered",
    "Ticket Solved",
    "Ticket Reopened",
    "Case Opened",
    "Case Closed",
    "Review Posted",
    "Review Answered",
    "Live Chat Conversation Ended",
    "Live Chat Message Received",
    "Account Deleted",
    "Trial Ended",
    "Points Earned",
    "Application Backgrounded",
    "Application Updated",
    "Application Uninstalled",
    "Install Attributed",
    "Push Notification Received",
    "Push Notification Bounced",
    "Accessibility Issue Found",
    "Web Vitals Measured",
    "Script Error Occurred",
)
"""What staff and machines do, or what is told elsewhere: it neither begins nor prolongs time on the site."""
