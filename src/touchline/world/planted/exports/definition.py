"""journey.toml as the planted company's own people would write it: every touchpoint under its name."""

from __future__ import annotations

from touchline.world.planted.names import STAGES, Name
from touchline.world.planted.plan import Plan

ICON = {"page": "layout", "order": "package", "delivery": "truck", "payment": "credit-card", "ticket": "message-circle"}
HEAD = """\
name = "Coffee, again and again"
gap_days = 30
visit_minutes = 30
ignore = [
  {{ event = ["Order Fulfilled", "Ticket Solved", "Survey Sent", "Experiment Viewed"] }},
]
"""


def journey_toml(plan: Plan) -> str:
    """The definition that fits the files."""
    parts = [HEAD.format()]
    for stage, title in enumerate(STAGES):
        parts.append(f'\n[[stage]]\nid = "{_id(title)}"\nname = "{title}"\n')
        parts += [_touchpoint(name) for name in plan.names if name.stage == stage]
    return "".join(parts)


def _id(title: str) -> str:
    return title.lower().replace(" ", "-")


def _touchpoint(name: Name) -> str:
    told = f'\n[[stage.touchpoint]]\nid = "{name.id}"\nname = "{name.words}"\nicon = "{ICON[name.kind]}"\n'
    return told + f"any = [{_rule(name)}]\n"


def _rule(name: Name) -> str:
    match name.kind:
        case "order":
            return '{ event = "Order Completed" }'
        case "delivery":
            return f'{{ event = "Order Delivered", property = {{ delivery_method = "{name.told_by}" }} }}'
        case "payment":
            return (
                f'{{ event = ["Payment Made", "Payment Failed"], property = {{ payment_method = "{name.told_by}" }} }}'
            )
        case "ticket":
            channel = {"Chat": "chat", "Voice": "phone"}[name.told_by]
            return f'{{ event = ["Ticket Created", "Ticket Reopened"], channel = "{channel}" }}'
    return f'{{ event = "Page Viewed", page = "{name.page}" }}'
