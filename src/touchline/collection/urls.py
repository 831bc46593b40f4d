"""Pages about collecting: who may send, what arrives, what was rejected."""

from __future__ import annotations

from django.urls import path

from touchline.collection.views import collecting, rejected
from touchline.ui.navigation import NavigationItem

NAVIGATION = (
    NavigationItem(
        "Collect", "collect", "radio-tower", 25, ("write-key", "write-key-change", "rejections", "rejection")
    ),
)

urlpatterns = [
    path("collect", collecting.collect_page, name="collect"),
    path("collect/keys/<int:number>", collecting.key_page, name="write-key"),
    path("collect/keys/<int:number>/<slug:change>", collecting.change_key, name="write-key-change"),
    path("collect/rejected", rejected.rejections_page, name="rejections"),
    path("collect/rejected.<slug:suffix>", rejected.rejections_file, name="rejections-file"),
    path("collect/rejected/all/<slug:change>", rejected.change_rejections, name="rejections-change"),
    path("collect/rejected/<int:number>", rejected.rejection_page, name="rejection"),
    path("collect/rejected/<int:number>/dismiss", rejected.dismiss, name="rejection-dismiss"),
]
