"""Pages of the journey definition."""

from __future__ import annotations

from django.urls import path

from touchline.journeys.views import definition as views
from touchline.journeys.views.proposal import propose
from touchline.ui.navigation import NavigationItem

NAVIGATION = (
    NavigationItem(
        "Journey",
        "journey",
        "route",
        50,
        (
            "touchpoint",
            "touchpoint-new",
            "stage",
            "stage-new",
            "journey-settings",
            "journey-planned",
            "journey-propose",
            "journey-text",
        ),
    ),
)

urlpatterns = [
    path("journey", views.definition, name="journey"),
    path("journey.toml", views.download, name="journey-toml"),
    path("journey/text", views.text, name="journey-text"),
    path("journey/settings", views.settings, name="journey-settings"),
    path("journey/planned", views.planned, name="journey-planned"),
    path("journey/propose", propose, name="journey-propose"),
    path("journey/stages/new", views.new_stage, name="stage-new"),
    path("journey/stages/<slug:id_>", views.stage, name="stage"),
    path("journey/stages/<slug:id_>/<slug:change>", views.change_stage, name="stage-change"),
    path("journey/touchpoints/new", views.new_touchpoint, name="touchpoint-new"),
    path("journey/touchpoints/<slug:id_>", views.touchpoint, name="touchpoint"),
    path("journey/touchpoints/<slug:id_>/<slug:change>", views.change_touchpoint, name="touchpoint-change"),
]
