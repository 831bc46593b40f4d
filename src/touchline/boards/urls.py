"""Pages of boards."""

from __future__ import annotations

from django.urls import path

from touchline.boards import views
from touchline.ui.navigation import NavigationItem

NAVIGATION = (NavigationItem("Boards", "boards", "layout-dashboard", 17, ("board",)),)

urlpatterns = [
    path("boards", views.boards_page, name="boards"),
    path("boards/<int:number>", views.board_page, name="board"),
    path("boards/<int:number>.<slug:suffix>", views.board_file, name="board-file"),
    path("boards/keep/<slug:kind>", views.keep_card, name="card-keep"),
    path("boards/segment/<slug:kind>", views.keep_members, name="segment-keep"),
    path("boards/<int:number>/<slug:change>", views.change_board, name="board-change"),
    path("boards/<int:number>/cards/<int:card>/<slug:change>", views.change_card, name="card-change"),
]
