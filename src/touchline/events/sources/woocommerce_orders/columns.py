"""The columns of both exports, and what tells each of them from other tables of orders."""

from __future__ import annotations

from collections.abc import Mapping

from touchline.events.sources import headers
from touchline.events.sources.table_source import without_aliases

_ANALYTICS: Mapping[str, tuple[str, ...]] = {
    "Date": ("Order Date",),
    "Order #": ("Order Number", "Order ID"),
    "N. Revenue (formatted)": ("Net sales (formatted)",),
    "Status": ("Order Status",),
    **without_aliases("Customer", "Customer type", "Product(s)", "Items sold"),
    "Coupon(s)": ("Coupon Code",),
    "N. Revenue": ("Net sales",),
    "Attribution": (),
}
_PLUG_IN: Mapping[str, tuple[str, ...]] = {
    **without_aliases("Customer Note", "First Name (Billing)", "Last Name (Billing)", "Company (Billing)"),
    **without_aliases("Address 1&2 (Billing)"),
    "City (Billing)": ("Billing City",),
    **without_aliases("State Code (Billing)", "Postcode (Billing)"),
    "Country Code (Billing)": ("Billing Country",),
    "Email (Billing)": ("Billing Email",),
    "Phone (Billing)": ("Billing Phone",),
    **without_aliases("First Name (Shipping)", "Last Name (Shipping)", "Address 1&2 (Shipping)", "City (Shipping)"),
    **without_aliases("State Code (Shipping)", "Postcode (Shipping)", "Country Code (Shipping)"),
    "Payment Method Title": ("Payment Method",),
    **without_aliases("Cart Discount Amount", "Order Subtotal Amount"),
    "Shipping Method Title": ("Shipping Method",),
    **without_aliases("Order Shipping Amount", "SKU", "Item #", "Item Name", "Quantity (- Refund)", "Item Cost"),
    **without_aliases("Discount Amount", "Discount Amount Tax"),
    "Order Refund Amount": ("Refunded Total",),
    "Order Total Amount": ("Order Total",),
    **without_aliases("Order Total Tax Amount", "Order Currency"),
    "Customer User ID": ("Customer ID",),
    "Completed Date": (),
}
COLUMNS: Mapping[str, tuple[str, ...]] = {**_ANALYTICS, **_PLUG_IN}

_TELLING = (
    frozenset({"Date", "Order #", "Status", "Product(s)", "N. Revenue"}),
    frozenset({"Date", "Email (Billing)", "Order Total Amount"}),
)
"""With all of one of these a file is of that kind."""


def likeness(header: tuple[str, ...]) -> float:
    """Confidence 0 to 1; no file has the columns of both exports, so that their share says little."""
    found = set(headers.canonical_names(header, COLUMNS).values())
    if not any(found >= telling for telling in _TELLING):
        return 0.0
    return max(0.8, headers.likeness(header, COLUMNS, ("Date",)))
