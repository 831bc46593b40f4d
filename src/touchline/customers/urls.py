"""Pages of customers: who they are, why, and which accounts they belong to."""

from __future__ import annotations

from django.urls import path

from touchline.customers.views import timeline
from touchline.ui.navigation import NavigationItem

NAVIGATION = (NavigationItem("Customers", "customers", "users", 14, ("customer",)),)

urlpatterns = [
    path("customers", timeline.customers_page, name="customers"),
    path("customers/<int:number>", timeline.customer_page, name="customer"),
    path("customers/<int:number>/links/<slug:change>", timeline.switch_link, name="link-switch"),
]
