"""The names by which Google Analytics 4 calls events, and ours: Segment's where it has one.

The pairs that Google's and Segment's documentation both define; read either way.
"""

from __future__ import annotations

from typing import Final

TO_VOCABULARY: Final = {
    "page_view": "Page Viewed",
    "screen_view": "Screen Viewed",
    "search": "Products Searched",
    "view_search_results": "Products Searched",
    "view_item_list": "Product List Viewed",
    "select_item": "Product Clicked",
    "view_item": "Product Viewed",
    "view_promotion": "Promotion Viewed",
    "select_promotion": "Promotion Clicked",
    "add_to_cart": "Product Added",
    "remove_from_cart": "Product Removed",
    "view_cart": "Cart Viewed",
    "add_to_wishlist": "Product Added to Wishlist",
    "begin_checkout": "Checkout Started",
    "add_shipping_info": "Checkout Step Completed",
    "add_payment_info": "Payment Info Entered",
    "purchase": "Order Completed",
    "ecommerce_purchase": "Order Completed",
    "in_app_purchase": "Order Completed",
    "refund": "Order Refunded",
    "sign_up": "Signed Up",
    "login": "Signed In",
    "first_open": "Application Installed",
    "app_open": "Application Opened",
    "app_update": "Application Updated",
    "app_remove": "Application Uninstalled",
    "app_exception": "Application Crashed",
    "notification_receive": "Push Notification Received",
    "notification_open": "Push Notification Tapped",
    "dynamic_link_app_open": "Deep Link Opened",
}
"""GA4's name -> ours. Others (`scroll`, `user_engagement`, a company's own) stay as they are."""

FROM_VOCABULARY: Final = {ours: theirs for theirs, ours in reversed(TO_VOCABULARY.items())}
"""Ours -> the first of GA4's names for it, by which the same thing would be sent to GA4."""

NAMES_TOLD: Final = (
    "Names become those of the vocabulary: "
    + ", ".join(f"`{theirs}` is `{ours}`" for theirs, ours in TO_VOCABULARY.items())
    + ". Other names stay as they are."
)
"""A sentence for the reference."""


def our_name(theirs: str) -> str:
    """Give the vocabulary's name of a GA4 event, or its own where the vocabulary has none."""
    return TO_VOCABULARY.get(theirs, theirs)
