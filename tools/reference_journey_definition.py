"""docs/reference/journey-definition.md: the journey.toml of a workspace, and what the default says."""

from __future__ import annotations

from touchline.journeys.facade import JourneyDefinition, default_definition
from touchline.journeys.rules.journey_file import (
    PATTERN_KEYS,
    PLANNED_KEYS,
    STAGE_KEYS,
    TOP_KEYS,
    TOUCHPOINT_KEYS,
    read_journey,
)
from touchline.journeys.rules.rule_words import pattern_in_words, planned_in_words, rule_in_words

_TOP = {
    "name": "Name of the journey. Needed.",
    "gap_days": "A journey ends when nothing happens for longer than this many days.",
    "visit_minutes": "Contacts with the same touchpoint in a row, no further apart than this, are one visit.",
    "ignore": "Rules for events that are rightly on no touchpoint; they are not reported as unmapped.",
    "planned": "The intended order, a block that begins with `[planned]`. Nothing is compared without it but the order of"
    " the stages ([fitness](../algorithms/fitness.md)).",
    "stage": "The stages, in order, each a block that begins with `[[stage]]`. At least one.",
}
_PLANNED = {
    "order": "The steps in their order, each a text; at least one of them must not be optional.",
    "anywhere": "Touchpoints that may happen at any time: they are neither steps nor deviations.",
}
_PLANNED_STEP = {
    "basket": "Once. A touchpoint is named by its id, or its name.",
    "product+": "Once or several times.",
    "review?": "Once, or not at all.",
    "size-help+?": "Any number of times, or not at all.",
    "landing | ad": "One of them.",
    "(search | browse)+": "Any of them, once or several times, in any order.",
    "stage:purchase": "Any touchpoint of a stage.",
}
_STAGE = {
    "id": "Small letters, digits, `-` and `_`. Needed, and stays the same when the name changes.",
    "name": "As people say it. Needed.",
    "owner": "Who looks after it.",
    "note": "Anything worth knowing.",
    "touchpoint": "Its touchpoints, in order, each a block that begins with `[[stage.touchpoint]]`.",
}
_TOUCHPOINT = _STAGE | {
    "icon": "A Lucide icon, such as `shopping-cart`.",
    "any": "Rules; one that matches is enough. Needed.",
    "answers": "Rules for scores and texts that belong here without being a contact"
    " ([where an answer belongs](../algorithms/placing-answers.md)).",
}
_PATTERN = {
    "event": "Name of the event, whatever the case of its letters ([vocabulary](events.md)).",
    "channel": "Channel of the event.",
    "page": "Path of the page; `*` stands for anything, also across `/`. A market in front, as in `/en-gb/cart`, may be left out.",
    "not_page": "Path that does not count.",
    "label": "What the file itself calls the touchpoint.",
    "source": "Where the event came from ([sources](sources.md)).",
    "property": "Properties of the event: `{ plan = \"gold\" }`. Compared as text, whatever the case of its letters.",
    "occurrence": "`first` or `repeat`: the customer's first event of these names ever, or a later one. Events of one order,"
    " or of one moment, are one occurrence.",
    "after": "Name of an event of the same customer that must lie before, or at the same moment.",
    "within_hours": "At most this long before. Needed with `after`.",
}  # fmt: skip
_EXAMPLE = """\
name = "Buying hiking gear"
gap_days = 30
visit_minutes = 30
ignore = [{ event = "Parcel Scanned" }]

[planned]
order = ["basket+", "claim?"]

[[stage]]
id = "purchase"
name = "Purchase"

[[stage.touchpoint]]
id = "basket"
name = "Basket"
icon = "shopping-cart"
owner = "Mia"
any = [
  { event = ["Product Added", "Cart Viewed"] },
  { event = "Page Viewed", page = "/cart*", not_page = "/cart/shared/*" },
]

[[stage]]
id = "service"
name = "Service"

[[stage.touchpoint]]
id = "claim"
name = "Claim"
any = [
  { event = "Order Refunded", after = "Order Completed", within_hours = 48, property = { reason = "broken" } },
]
answers = [{ source = "claims_survey" }]
"""


def journey_definition_page() -> str:
    """Return the page."""
    example = read_journey(_EXAMPLE, "the example")
    default = default_definition()
    return "\n".join(
        [
            "# The journey definition",
            "",
            "`journey.toml` in the workspace says which stages and touchpoints there are and which events are contacts with",
            "each. Change it in any editor or on the page *Journey*; comments stay. A mistake is told with its line, and the",
            "numbers follow a change at once.",
            "",
            "An event belongs to the first touchpoint of the file with a rule that matches. A label that is a touchpoint's id",
            "or name decides before all rules ([what is one visit](../algorithms/visits.md)).",
            "",
            "```toml",
            _EXAMPLE.rstrip(),
            "```",
            "",
            "In words: " + " ".join(f"*{each.name}* is {'; or '.join(rule_in_words(each))}." for each in example.touchpoints),
            "",
            "## Keys",
            "",
            *_table("Of the whole", TOP_KEYS, _TOP),
            *_table("Of the planned order", PLANNED_KEYS, _PLANNED),
            *_table("Of a stage", STAGE_KEYS, _STAGE),
            *_table("Of a touchpoint", TOUCHPOINT_KEYS, _TOUCHPOINT),
            *_table("Of a rule: everything given must hold; several values of one key are alternatives", PATTERN_KEYS, _PATTERN),
            "## The planned order",
            "",
            "How a step of `order` is written:",
            "",
            "| step | means |",
            "|---|---|",
            *(f"| `{step}` | {means} |".replace(" | ad", " \\| ad").replace("search |", "search \\|") for step, means in _PLANNED_STEP.items()),
            "",
            "[Planned against actual](../guide/conformance.md) compares real journeys with it.",
            "",
            "## The default",
            "",
            "What a new workspace starts with.",
            "",
            *_default(default),
            "",
            "Planned: " + "; then ".join(planned_in_words(default)[0]) + ". At any time: " + ", ".join(planned_in_words(default)[1]) + ".",
            "",
            "Left out on purpose: " + "; ".join(pattern_in_words(pattern) for pattern in default.ignore) + ".",
            "",
        ]
    )  # fmt: skip


def _table(title: str, keys: tuple[str, ...], meanings: dict[str, str]) -> list[str]:
    return [f"**{title}**", "", "| key | means |", "|---|---|", *(f"| `{key}` | {meanings[key]} |" for key in keys), ""]


def _default(definition: JourneyDefinition) -> list[str]:
    rows = ["| stage | touchpoint | id | events |", "|---|---|---|---|"]
    for stage in definition.stages:
        for touchpoint in definition.touchpoints_of(stage.id):
            rule = "; or ".join(rule_in_words(touchpoint)).replace("*", "\\*").replace("_", "\\_")
            rows.append(f"| {stage.name} | {touchpoint.name} | `{touchpoint.id}` | {rule} |")
    return rows


PAGES = {"journey-definition.md": journey_definition_page}
