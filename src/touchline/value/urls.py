"""The page about value."""

from __future__ import annotations

from django.urls import path

from touchline.ui.navigation import NavigationItem
from touchline.value import views

NAVIGATION = (NavigationItem("Value", "value", "banknote", 14),)

urlpatterns = [path("value", views.value_page, name="value")]
