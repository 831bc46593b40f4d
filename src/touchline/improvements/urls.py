"""Pages of improvements."""

from __future__ import annotations

from django.urls import path

from touchline.improvements import views
from touchline.ui.navigation import NavigationItem

NAVIGATION = (
    NavigationItem(
        "Improve",
        "improvements",
        "list-checks",
        13,
        ("improvement", "improvement-new", "improvement-edit", "improvement-ledger", "improvement-launch"),
    ),
)

urlpatterns = [
    path("improvements", views.backlog_page, name="improvements"),
    path("improvements/new", views.new_page, name="improvement-new"),
    path("improvements/ledger", views.ledger_page, name="improvement-ledger"),
    path("improvements/<int:number>", views.case_page, name="improvement"),
    path("improvements/<int:number>.<slug:suffix>", views.case_file, name="improvement-file"),
    path("improvements/<int:number>/edit", views.edit_page, name="improvement-edit"),
    path("improvements/<int:number>/launch", views.launch_page, name="improvement-launch"),
    path("improvements/<int:number>/standing", views.change_standing, name="improvement-standing"),
]
