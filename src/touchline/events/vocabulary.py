"""The vocabulary: names of events, channels, devices, identifiers and scales. docs/reference/events.md is its page.

Where Segment has a name we use it (E-commerce v2, e-mail, live chat, B2B). Where none exists (survey, case, review,
loyalty, accessibility) the name is ours.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

CHANNELS: Final = (
    "web", "app", "email", "chat", "phone", "store", "delivery", "social", "review", "sms", "push", "bot", "other",
)  # fmt: skip
"""Positions are stored in visits.channel: append only."""

CHANNEL_NAMES: Final = {
    "web": "Website",
    "app": "App",
    "email": "E-mail",
    "social": "Social media",
    "chat": "Chat",
    "phone": "Phone",
    "store": "Store",
    "delivery": "Delivery",
    "review": "Review site",
    "sms": "Text message",
    "push": "Push message",
    "bot": "Bot",
    "other": "Other",
}
"""Channels in people's words, in the order in which pages show them."""

DEVICES: Final = ("unknown", "desktop", "mobile", "tablet")
"""Positions are stored in visits.device: append only."""

IDENTIFIER_TYPES: Final = ("user_id", "email", "phone", "external_id", "order_id", "case_id", "anonymous_id")
"""From strongest to weakest: the first one present becomes the event's `who`; the others are linked to it."""

OBJECT_TYPES: Final = ("order", "case", "account", "product", "campaign", "survey", "review")


@dataclass(frozen=True)
class Scale:
    """How a metric's answers are read: the ends that become −100 and +100."""

    metric: str
    low: float
    high: float


SCALES: Final = {
    "nps": Scale("nps", 0, 10),
    "csat": Scale("csat", 1, 5),
    "ces": Scale("ces", 1, 7),
    "stars": Scale("stars", 1, 5),
    "rating": Scale("rating", 0, 10),
}


RESEARCH_METHODS: Final = {
    "interview": "Interview",
    "observation": "Observation",
    "workshop": "Workshop",
    "usability_test": "Usability test",
    "other": "Other research",
}
"""How a research note came about, in people's words. Its key is stored: append only."""


RESEARCH_SOURCE: Final = "research_notes"
"""The folder under sources whose rows are such notes: they are left out wherever imported rows are counted."""


@dataclass(frozen=True)
class EventName:
    """One name of the vocabulary."""

    name: str
    group: str
    tells: str
    """One sentence for the reference page."""
    origin: str
    """'segment' or 'touchline'."""


def _names(group: str, origin: str, sentences: dict[str, str]) -> tuple[EventName, ...]:
    return tuple(EventName(name, group, tells, origin) for name, tells in sentences.items())


EVENT_NAMES: Final = (
    *_names(
        "Pages and screens",
        "touchline",
        {
            "Page Viewed": "Somebody opened a page of the site; `page` is its path.",
            "Screen Viewed": "Somebody opened a screen of the app; `label` is its name.",
        },
    ),
    *_names(
        "On the page",
        "touchline",
        {
            "Element Clicked": "Somebody clicked a button, a link or a field; `label` is what stands on it, unless masked.",
            "Site Searched": "Somebody searched the site for the words in `query`.",
            "Form Started": "Somebody began to fill in a form.",
            "Form Submitted": "Somebody sent a form off.",
            "Page Engagement Measured": "A page was in the foreground for so many more `seconds`, read down to `scroll_percent`.",
            "Web Vitals Measured": "How fast and steady a page was for one visitor: LCP, INP, CLS and FCP with their ratings.",
        },
    ),
    *_names(
        "Frustration",
        "touchline",
        {
            "Rage Click Detected": "Somebody clicked one spot again and again.",
            "Dead Click Detected": "A click on a button or link was followed by nothing.",
            "Slow Click Detected": "Something followed a click on a button or link only after seconds.",
            "Form Error Shown": "A field of a form was refused.",
            "Form Error Repeated": "The same field was refused a second time, or more often.",
            "Form Abandoned": "A form was begun and left without being sent.",
            "Search Repeated": "Somebody searched again with other words at once.",
            "Back and Forth Detected": "Somebody went to a page and straight back, or between two pages again and again.",
            "Repeated Reload Detected": "Somebody loaded one page again and again.",
            "Script Error Occurred": "A script of the page failed.",
        },
    ),
    *_names(
        "Consent",
        "touchline",
        {"Consent Updated": "Somebody allowed or refused something; `categories` says what, `source` where."},
    ),
    *_names(
        "Experiments",
        "segment",
        {
            "Experiment Viewed": "Somebody met what an experiment varies: `experiment_id` says which, `variation_id` in which arm."
        },
    ),
    *_names(
        "Browsing",
        "segment",
        {
            "Products Searched": "Somebody searched the shop.",
            "Product List Viewed": "A category or list of products was shown.",
            "Product List Filtered": "A list of products was narrowed or sorted.",
            "Promotion Viewed": "A promotion was shown.",
            "Promotion Clicked": "A promotion was clicked.",
            "Product Clicked": "A product was clicked in a list.",
            "Product Viewed": "The page of one product was shown.",
            "Product Added": "A product was put into the cart.",
            "Product Removed": "A product was taken out of the cart.",
            "Cart Viewed": "The cart was looked at.",
            "Product Added to Wishlist": "A product was put on a wish list.",
            "Product Removed from Wishlist": "A product was taken off a wish list.",
            "Wishlist Product Added to Cart": "A product went from a wish list into the cart.",
            "Product Shared": "A product was shared with somebody.",
            "Cart Shared": "A cart was shared with somebody.",
        },
    ),
    *_names(
        "Ordering",
        "segment",
        {
            "Checkout Started": "The first step of the checkout was opened.",
            "Checkout Step Viewed": "A step of the checkout was shown.",
            "Checkout Step Completed": "A step of the checkout was finished.",
            "Payment Info Entered": "Payment details were given.",
            "Coupon Entered": "A coupon code was typed in.",
            "Coupon Applied": "A coupon was accepted.",
            "Coupon Denied": "A coupon was refused.",
            "Coupon Removed": "A coupon was taken off again.",
            "Order Completed": "An order was placed; `value` is its total.",
            "Order Updated": "An order was changed after it was placed.",
            "Order Cancelled": "An order was cancelled before it was fulfilled, a voided payment included.",
            "Order Refunded": "Money of an order was given back; `value` is negative.",
        },
    ),
    *_names(
        "Ordering",
        "touchline",
        {
            "Payment Made": "A payment went through; `value` is its amount. It is no order: one may be paid in several.",
            "Payment Failed": "A payment was declined or blocked.",
            "Payment Refunded": "A payment was given back, wholly or in part; `value` is negative.",
            "Payment Disputed": "A customer asked their bank to take a payment back.",
        },
    ),
    *_names(
        "Delivery",
        "touchline",
        {
            "Order Fulfilled": "The goods of an order left the shop.",
            "Order Delivered": "The goods of an order reached the customer.",
        },
    ),
    *_names(
        "E-mail",
        "segment",
        {
            "Email Delivered": "A mail reached the mailbox.",
            "Email Opened": "A mail was opened; mail privacy proxies open mails too.",
            "Email Link Clicked": "A link in a mail was clicked.",
            "Email Bounced": "A mail could not be delivered.",
            "Email Marked as Spam": "A mail was reported as spam.",
            "Unsubscribed": "Somebody asked for no more mail.",
        },
    ),
    *_names(
        "E-mail",
        "touchline",
        {
            "Email Sent": "A mail was handed to the mail server.",
            "Email Subscribed": "Somebody asked for mail, or confirmed it.",
        },
    ),
    *_names(
        "Text messages",
        "touchline",
        {
            "SMS Sent": "A text message was handed to the network.",
            "SMS Delivered": "A text message reached the phone.",
            "SMS Link Clicked": "A link in a text message was clicked.",
            "SMS Bounced": "A text message could not be delivered.",
        },
    ),
    *_names(
        "Live chat",
        "segment",
        {
            "Live Chat Conversation Started": "A chat began.",
            "Live Chat Conversation Ended": "A chat ended.",
            "Live Chat Message Sent": "The customer wrote in a chat.",
            "Live Chat Message Received": "The customer got an answer in a chat.",
        },
    ),
    *_names(
        "Accounts",
        "segment",
        {
            "Account Created": "An account (a B2B customer) was opened.",
            "Account Deleted": "An account was closed.",
            "Account Added User": "A user was added to an account.",
            "Account Removed User": "A user was taken off an account.",
            "Signed Up": "Somebody registered.",
            "Signed In": "Somebody signed in.",
            "Signed Out": "Somebody signed out.",
            "Invite Sent": "A user invited somebody to the account.",
            "Trial Started": "A trial began.",
            "Trial Ended": "A trial ended.",
        },
    ),
    *_names("Accounts", "touchline", {"Account Joined": "Somebody was named as belonging to an account."}),
    *_names(
        "Contracts",
        "touchline",
        {
            "Contract Started": "A contract or subscription began; `value` is what it pays a month, `contract_id` its number.",
            "Contract Ended": "It ended without being renewed in time; `contract_id` is the one of its start.",
        },
    ),
    *_names(
        "App",
        "segment",
        {
            "Application Installed": "The app was installed.",
            "Application Opened": "The app was opened.",
            "Application Backgrounded": "The app was put into the background.",
            "Application Foregrounded": "The app came back to the front.",
            "Application Updated": "The app was updated.",
            "Application Uninstalled": "The app was removed.",
            "Application Crashed": "The app crashed.",
            "Install Attributed": "An installation was credited to a campaign.",
            "Push Notification Received": "A push message arrived.",
            "Push Notification Tapped": "A push message was tapped.",
            "Push Notification Bounced": "A push message could not be delivered.",
            "Deep Link Opened": "The app was opened by a link.",
            "Deep Link Clicked": "A link that leads into the app was clicked.",
        },
    ),
    *_names(
        "Surveys",
        "touchline",
        {
            "Survey Sent": "A customer was asked.",
            "Survey Answered": "A customer answered one scored question, or wrote a comment: `score` and `text`.",
        },
    ),
    *_names(
        "Service",
        "touchline",
        {
            "Ticket Created": "A customer asked the help desk; `channel` is how.",
            "Ticket Solved": "The help desk marked the question as solved.",
            "Ticket Reopened": "A solved question came back.",
            "Case Opened": "The company began to follow something up of its own accord.",
            "Case Closed": "A follow-up ended.",
        },
    ),
    *_names("Reviews", "segment", {"Product Reviewed": "A product was reviewed; `score` holds the stars."}),
    *_names(
        "Reviews",
        "touchline",
        {
            "Review Posted": "The company was reviewed in public; `score` holds the stars.",
            "Review Answered": "The company replied to a review.",
        },
    ),
    *_names(
        "Loyalty",
        "touchline",
        {
            "Points Earned": "A customer earned points.",
            "Points Redeemed": "A customer spent points.",
            "Referral Sent": "A customer invited somebody to become one.",
        },
    ),
    *_names(
        "Accessibility",
        "touchline",
        {"Accessibility Issue Found": "An audit found a barrier on a page; it names no customer."},
    ),
    *_names(
        "About the customer",
        "touchline",
        {
            "Profile Updated": "Facts about a customer (country, tags ...) became known; `properties` holds them.",
            "Identity Linked": "Two identifiers were said to name the same customer.",
        },
    ),
)
"""Every name the product knows. Other names are kept as the file has them."""

SIGNALS: Final = frozenset(
    each.name for each in EVENT_NAMES if each.group in {"On the page", "Frustration", "Consent", "Experiments"}
)
"""Names that tell how a contact went: they belong to the page they happened on, and are no contact of their own."""

NO_CONTACT: Final = frozenset(
    {"Profile Updated", "Identity Linked", "Account Joined", "Contract Started", "Contract Ended"}
)
"""Names that tell about a customer and are no contact with anybody: no touchpoint is expected for them."""
