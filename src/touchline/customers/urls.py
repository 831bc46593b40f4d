"""Pages of customers: who they are, why, and which accounts they belong to."""

from __future__ import annotations

from django.urls import URLPattern

from touchline.ui.navigation import NavigationItem

NAVIGATION: tuple[NavigationItem, ...] = ()

urlpatterns: list[URLPattern] = []
