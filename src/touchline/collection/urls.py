"""Pages about collecting: who may send, what arrives, what was rejected."""

from __future__ import annotations

from django.urls import path

from touchline.collection.views import collecting, rejected, webhooks
from touchline.ui.navigation import NavigationItem

NAVIGATION = (
    NavigationItem(
        "Collect",
        "collect",
        "radio-tower",
        25,
        ("write-key", "write-key-change", "rejections", "rejection", "hook-new", "hook", "hook-mapping"),
    ),
)

urlpatterns = [
    path("collect", collecting.collect_page, name="collect"),
    path("collect/keys/<int:number>", collecting.key_page, name="write-key"),
    path("collect/keys/<int:number>/<slug:change>", collecting.change_key, name="write-key-change"),
    path("collect/webhooks/new", webhooks.new_hook, name="hook-new"),
    path("collect/webhooks/<int:number>", webhooks.hook_page, name="hook"),
    path("collect/webhooks/<int:number>/mapping", webhooks.mapping_page, name="hook-mapping"),
    path("collect/webhooks/<int:number>/change/<slug:change>", webhooks.change_hook, name="hook-change"),
    path("collect/rejected", rejected.rejections_page, name="rejections"),
    path("collect/rejected.<slug:suffix>", rejected.rejections_file, name="rejections-file"),
    path("collect/rejected/all/<slug:change>", rejected.change_rejections, name="rejections-change"),
    path("collect/rejected/<int:number>", rejected.rejection_page, name="rejection"),
    path("collect/rejected/<int:number>/dismiss", rejected.dismiss, name="rejection-dismiss"),
]
