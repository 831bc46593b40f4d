"""Pages of the overview: the map is the start page."""

from __future__ import annotations

from django.urls import path

from touchline.overview import number_views, views
from touchline.ui.navigation import NavigationItem

NAVIGATION = (NavigationItem("Map", "map", "waypoints", 10, ("number",)),)

urlpatterns = [
    path("", views.journey_map_page, name="map"),
    path("numbers/<slug:measure>", number_views.number_page, name="number"),
    path("map.<slug:suffix>", views.export_page, name="map-export"),
    path("map/filters", views.keep_filter, name="filter-keep"),
    path("map/filters/forget", views.forget_filter, name="filter-forget"),
    path("map/unmapped", views.adopt, name="unmapped-adopt"),
]
