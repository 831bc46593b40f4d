"""Pages of customers: who they are, why, and which accounts they belong to."""

from __future__ import annotations

from django.urls import path

from touchline.customers.views import accounts, identity, timeline
from touchline.ui.navigation import NavigationItem

NAVIGATION = (
    NavigationItem("Customers", "customers", "users", 14, ("customer",)),
    NavigationItem("Accounts", "accounts", "building-2", 14, ("account",)),
    NavigationItem("Identity", "identity", "fingerprint", 45, ("identity-audit",)),
)

urlpatterns = [
    path("customers", timeline.customers_page, name="customers"),
    path("customers/<int:number>", timeline.customer_page, name="customer"),
    path("customers/<int:number>/links/<slug:change>", timeline.switch_link, name="link-switch"),
    path("accounts", accounts.accounts, name="accounts"),
    path("accounts/<int:number>", accounts.account, name="account"),
    path("identity", identity.identity, name="identity"),
    path("identity/audit", identity.audit, name="identity-audit"),
    path("identity/audit/judge", identity.judge_pair, name="identity-judge"),
    path("identity/audit/undo", identity.undo_pair, name="identity-undo"),
]
