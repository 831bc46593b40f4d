"""What an entry of a timeline is about."""

from __future__ import annotations

from typing import Final

from touchline.events.facade import EVENT_NAMES, NO_CONTACT

TOPICS: Final = {
    "visits": "Visits",
    "answers": "Scores and comments",
    "orders": "Orders",
    "cases": "Cases",
    "messages": "Messages",
    "consent": "Consent",
    "symptoms": "Signs of trouble",
    "profile": "Facts about them",
}
"""Topics in people's words, in the order in which pages show them. Facts are nothing that happened: asked for alone."""

_OF_GROUP: Final = {
    "Delivery": "orders",
    "E-mail": "messages",
    "Text messages": "messages",
    "Surveys": "answers",
    "Service": "cases",
    "Reviews": "answers",
    "Consent": "consent",
    "Frustration": "symptoms",
}
_OF_NAME: Final = {
    "Order Completed": "orders",
    "Order Updated": "orders",
    "Order Cancelled": "orders",
    "Order Refunded": "orders",
    "Payment Made": "orders",
    "Payment Refunded": "orders",
    "Payment Failed": "symptoms",
    "Coupon Denied": "symptoms",
    "Application Crashed": "symptoms",
    "Survey Sent": "messages",
    "Push Notification Received": "messages",
    "Push Notification Tapped": "messages",
    "Push Notification Bounced": "messages",
    "Live Chat Conversation Started": "cases",
    "Live Chat Conversation Ended": "cases",
    "Email Subscribed": "consent",
    "Unsubscribed": "consent",
    "Email Marked as Spam": "consent",
    **dict.fromkeys(NO_CONTACT, "profile"),
}

TOPIC_OF: Final = {"purchase": "orders"} | {
    each.name.lower(): _OF_NAME.get(each.name) or _OF_GROUP.get(each.group, "visits") for each in EVENT_NAMES
}
"""Name of an event in lower case -> its topic; any other name is a step of a visit. 'purchase' is Google Analytics'."""
