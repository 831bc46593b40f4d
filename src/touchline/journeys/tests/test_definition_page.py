from __future__ import annotations

import pytest

from touchline.journeys.facade import load_definition
from touchline.journeys.forms import as_initial
from touchline.journeys.rules.definition import Pattern

NO_RULES = {"rule-TOTAL_FORMS": "1", "rule-INITIAL_FORMS": "0"}


def names(workspace, stage: str) -> list[str]:
    return [each.name for each in load_definition(workspace).touchpoints_of(stage)]


def test_the_page_shows_every_stage_and_touchpoint(client, page_workspace):
    page = client.get("/journey").content.decode()

    definition = load_definition(page_workspace)
    assert all(stage.name.replace("&", "&amp;") in page for stage in definition.stages)
    assert all(touchpoint.name.replace("&", "&amp;") in page for touchpoint in definition.touchpoints)


def test_the_definition_is_given_as_the_file_it_is(client, page_workspace):
    answer = client.get("/journey.toml")

    assert answer.content == page_workspace.journey_file.read_bytes()
    assert answer["Content-Disposition"] == 'attachment; filename="journey.toml"'


def test_a_touchpoint_is_added_with_a_rule(client, page_workspace):
    client.post(
        "/journey/touchpoints/new",
        {
            "name": "Size & fit chat",
            "stage": "service",
            "icon": "message-circle",
            "owner": "Ada",
            "note": "Since May",
            "rule-TOTAL_FORMS": "1",
            "rule-INITIAL_FORMS": "0",
            "rule-0-event": "Live Chat Conversation Started\n\nLive Chat Message Sent\n",
            "rule-0-channel": ["chat", "bot"],
            "rule-0-page": "/fit/*",
            "rule-0-properties": "topic = size",
            "rule-0-after": "Order Completed",
            "rule-0-within_hours": "48",
        },
    )

    added = load_definition(page_workspace).touchpoints_of("service")[-1]
    assert (added.id, added.name, added.owner, added.note) == ("size-fit-chat", "Size & fit chat", "Ada", "Since May")
    assert added.patterns == (
        Pattern(
            event=("Live Chat Conversation Started", "Live Chat Message Sent"),
            channel=("chat", "bot"),
            page=("/fit/*",),
            property={"topic": "size"},
            after="Order Completed",
            within_hours=48.0,
        ),
    )


def test_a_touchpoint_without_a_rule_is_not_saved(client, page_workspace):
    answer = client.post("/journey/touchpoints/new", {"name": "Nothing", "stage": "service", **NO_RULES})

    assert b"Nothing needs at least one rule" in answer.content
    assert "Nothing" not in names(page_workspace, "service")


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("rule-0-properties", "size", "Expected name = value, found &#x27;size&#x27;."),
        ("rule-0-after", "Order Completed", "Fill in both the event before and the hours, or neither."),
    ],
)
def test_a_rule_that_cannot_be_read_says_why(client, field, value, sentence):
    answer = client.post(
        "/journey/touchpoints/new",
        {"name": "X", "stage": "service", **NO_RULES, "rule-0-event": "Ticket Created", field: value},
    )

    assert sentence in answer.content.decode()


def test_a_touchpoint_keeps_its_rules_when_it_is_renamed(client, page_workspace):
    before = load_definition(page_workspace).touchpoints_of("purchase")[0]
    rules = len(before.patterns)
    sent = {"name": "Bag", "stage": "purchase", "icon": before.icon}
    sent |= {"rule-TOTAL_FORMS": str(rules + 1), "rule-INITIAL_FORMS": str(rules)}
    for position, pattern in enumerate(before.patterns):
        sent |= {f"rule-{position}-{name}": value for name, value in as_initial(pattern).items() if value}

    client.post(f"/journey/touchpoints/{before.id}", sent)

    after = load_definition(page_workspace).touchpoints_of("purchase")[0]
    assert (after.id, after.name, after.patterns) == (before.id, "Bag", before.patterns)


def test_touchpoints_move_and_go(client, page_workspace):
    first, second, *_ = load_definition(page_workspace).touchpoints_of("purchase")

    client.post(f"/journey/touchpoints/{first.id}/later")
    assert names(page_workspace, "purchase")[:2] == [second.name, first.name]

    client.post(f"/journey/touchpoints/{first.id}/remove")
    assert first.name not in names(page_workspace, "purchase")


def test_a_stage_is_added_renamed_and_removed(client, page_workspace):
    client.post("/journey/stages/new", {"name": "After sales"})
    client.post("/journey/stages/after-sales", {"name": "Aftercare", "owner": "Ben"})
    assert load_definition(page_workspace).stages[-1].name == "Aftercare"

    client.post("/journey/stages/after-sales/remove")
    assert "after-sales" not in [each.id for each in load_definition(page_workspace).stages]


def test_a_stage_in_use_is_kept_and_says_why(client, page_workspace):
    answer = client.post("/journey/stages/service/remove", follow=True)

    assert b"still has touchpoints: move or remove them first." in answer.content
    assert "service" in [each.id for each in load_definition(page_workspace).stages]


def test_name_and_times_change(client, page_workspace):
    client.post("/journey/settings", {"name": "Buy hiking gear", "gap_days": "14", "visit_minutes": "20"})

    saved = load_definition(page_workspace)
    assert (saved.name, saved.gap_days, saved.visit_minutes) == ("Buy hiking gear", 14.0, 20.0)


@pytest.mark.parametrize("address", ["/journey/stages/nope", "/journey/touchpoints/nope"])
def test_what_is_not_in_the_journey_is_not_found(client, address):
    assert client.get(address).status_code == 404


def test_a_definition_with_a_mistake_leads_to_its_text_and_says_what_is_wrong(client, page_workspace):
    page_workspace.journey_file.write_text("[[stage]]\nname = ", "utf-8")

    answer = client.get("/journey", follow=True)

    assert answer.redirect_chain == [("/journey/text", 302)]
    assert b"journey.toml is not valid TOML: line 2" in answer.content
    assert b"[[stage]]" in answer.content


def test_the_text_is_saved_only_when_it_can_be_read(client, page_workspace):
    good = page_workspace.journey_file.read_text("utf-8")

    refused = client.post("/journey/text", {"text": good + "\n[[touchpoint]]\nid = 3\n"})
    assert b"journey.toml" in refused.content
    assert page_workspace.journey_file.read_text("utf-8") == good

    client.post("/journey/text", {"text": good + "\n# ours\n"})
    assert page_workspace.journey_file.read_text("utf-8").endswith("# ours\n")
