"""Pages that belong to no capability."""

from __future__ import annotations

from django.urls import path

from touchline.ui import views
from touchline.ui.navigation import NavigationItem

NAVIGATION = (NavigationItem("Help", "help", "circle-question-mark", 90, ("help-page",)),)

urlpatterns = [
    path("help", views.help_index, name="help"),
    path("help/<slug:section>/<slug:name>", views.help_page, name="help-page"),
]
