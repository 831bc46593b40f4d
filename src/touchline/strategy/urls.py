"""Pages of strategy."""

from __future__ import annotations

from django.urls import path

from touchline.strategy.views import audit, gaps, inventory, pack, plan
from touchline.ui.navigation import NavigationItem

NAVIGATION = (
    NavigationItem(
        "Strategy",
        "strategy",
        "compass",
        15,
        (
            "strategy-inventory",
            "strategy-resource",
            "strategy-gaps",
            "strategy-gap",
            "strategy-gap-new",
            "strategy-proposals",
            "strategy-roadmap",
            "strategy-review",
            "strategy-pack",
        ),
    ),
)

urlpatterns = [
    path("strategy", audit.audit_page, name="strategy"),
    path("strategy/answers", audit.keep_answers, name="strategy-answers"),
    path("strategy/target", audit.keep_target, name="strategy-target"),
    path("strategy/lenses", audit.keep_lenses, name="strategy-lenses"),
    path("strategy/close", audit.close, name="strategy-close"),
    path("strategy/inventory", inventory.inventory_page, name="strategy-inventory"),
    path("strategy/inventory.csv", inventory.inventory_file, name="strategy-inventory-file"),
    path("strategy/inventory/import", inventory.take_in, name="strategy-inventory-import"),
    path("strategy/inventory/<int:number>", inventory.resource_page, name="strategy-resource"),
    path("strategy/gaps", gaps.gaps_page, name="strategy-gaps"),
    path("strategy/gaps/decide", gaps.decide, name="strategy-gap-decide"),
    path("strategy/gaps/new", gaps.new_page, name="strategy-gap-new"),
    path("strategy/gaps/<int:number>", gaps.gap_page, name="strategy-gap"),
    path("strategy/proposals", plan.proposals_page, name="strategy-proposals"),
    path("strategy/roadmap", plan.roadmap_page, name="strategy-roadmap"),
    path("strategy/review", plan.review_page, name="strategy-review"),
    path("strategy/pack", pack.pack_page, name="strategy-pack"),
    path("strategy/pack.<slug:suffix>", pack.pack_file, name="strategy-pack-file"),
]
