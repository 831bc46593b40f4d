"""Pages of experiments."""

from __future__ import annotations

from django.urls import path

from touchline.experiments import views
from touchline.ui.navigation import NavigationItem

NAVIGATION = (
    NavigationItem(
        "Experiments", "experiments", "flask-conical", 14, ("experiment", "experiment-new", "experiment-rows")
    ),
)

urlpatterns = [
    path("experiments", views.experiments_page, name="experiments"),
    path("experiments/new", views.new_page, name="experiment-new"),
    path("experiments/<slug:name>", views.experiment_page, name="experiment"),
    path("experiments/<slug:name>/rows", views.rows_page, name="experiment-rows"),
    path("experiments/<slug:name>/<slug:change>", views.change, name="experiment-change"),
]
