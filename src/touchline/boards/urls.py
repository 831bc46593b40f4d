"""Pages of boards."""

from __future__ import annotations

from django.urls import path, re_path

from touchline.boards import views
from touchline.ui.navigation import NavigationItem

NAVIGATION = (NavigationItem("Boards", "boards", "layout-dashboard", 17, ("board",)),)

urlpatterns = [
    path("boards", views.boards_page, name="boards"),
    path("boards/<int:number>", views.board_page, name="board"),
    re_path(r"^boards/(?P<number>\d{1,9})\.(?P<suffix>pdf|pptx|atom)$", views.board_file, name="board-file"),
    re_path(r"^boards/(?P<number>\d{1,9})/(?P<change>rename|delete)$", views.change_board, name="board-change"),
    path("boards/keep/<slug:kind>", views.keep_card, name="card-keep"),
    path("boards/segment/<slug:kind>", views.keep_members, name="segment-keep"),
    re_path(
        r"^boards/(?P<number>\d{1,9})/cards/(?P<card>\d{1,9})/(?P<change>up|down|note|remove)$",
        views.change_card,
        name="card-change",
    ),
]
