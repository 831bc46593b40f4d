"""Pages of pain points."""

from __future__ import annotations

from django.urls import path

from touchline.pains import views
from touchline.ui.navigation import NavigationItem

NAVIGATION = (NavigationItem("Pain points", "pains", "triangle-alert", 12, ("pain", "pain-close-up", "pain-rows")),)

urlpatterns = [
    path("pains", views.pains_page, name="pains"),
    path("pains/compute", views.compute, name="pains-compute"),
    path("pains/stop", views.stop, name="pains-stop"),
    path("pains/<str:id_>", views.pain_page, name="pain"),
    path("pains/<str:id_>/close-up", views.close_up_page, name="pain-close-up"),
    path("pains/<str:id_>/rows", views.rows_page, name="pain-rows"),
]
