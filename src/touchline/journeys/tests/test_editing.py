from __future__ import annotations

import pytest

from touchline.journeys.rules import editing
from touchline.journeys.rules.definition import JourneyDefinition, Pattern, Stage, Touchpoint
from touchline.journeys.rules.rule_words import rule_in_words

VIEWED = (Pattern(event=("Product Viewed",)),)
JOURNEY = JourneyDefinition(
    "Buy gear",
    stages=(Stage("before", "Before"), Stage("buy", "Buy")),
    touchpoints=(
        Touchpoint("ad", "Ad", "before", VIEWED),
        Touchpoint("search", "Search", "before", VIEWED),
        Touchpoint("basket", "Basket", "buy", VIEWED),
    ),
)


def ids(definition: JourneyDefinition) -> list[str]:
    return [each.id for each in definition.touchpoints]


@pytest.mark.parametrize(
    ("name", "taken", "expected"),
    [
        ("Size & fit help", [], "size-fit-help"),
        ("Größe", [], "groe"),
        ("Basket", ["basket", "basket-2"], "basket-3"),
        ("购物车", [], "step"),
    ],
)
def test_an_id_is_readable_and_new(name, taken, expected):
    assert editing.new_id(name, taken) == expected


def test_a_touchpoint_moves_within_its_stage_only():
    assert ids(editing.move_touchpoint(JOURNEY, "search", -1)) == ["search", "ad", "basket"]
    assert ids(editing.move_touchpoint(JOURNEY, "search", 1)) == ["ad", "search", "basket"]
    assert ids(editing.move_touchpoint(JOURNEY, "ad", -1)) == ["ad", "search", "basket"]


def test_a_new_touchpoint_stands_at_the_end_of_its_stage():
    added = editing.put_touchpoint(JOURNEY, Touchpoint("landing", "Landing", "before", VIEWED))

    assert ids(added) == ["ad", "search", "landing", "basket"]


def test_a_touchpoint_keeps_its_place_when_it_is_renamed():
    renamed = editing.put_touchpoint(JOURNEY, Touchpoint("ad", "Social ad", "before", VIEWED))

    assert ids(renamed) == ["ad", "search", "basket"]
    assert renamed.touchpoints[0].name == "Social ad"


def test_a_touchpoint_that_changes_its_stage_goes_to_its_end():
    moved = editing.put_touchpoint(JOURNEY, Touchpoint("ad", "Ad", "buy", VIEWED))

    assert ids(moved) == ["search", "basket", "ad"]


def test_a_touchpoint_without_a_rule_is_refused():
    with pytest.raises(editing.EditError, match="Ad needs at least one rule"):
        editing.put_touchpoint(JOURNEY, Touchpoint("ad", "Ad", "buy", ()))


def test_a_stage_takes_its_touchpoints_along():
    moved = editing.move_stage(JOURNEY, "buy", -1)

    assert [each.id for each in moved.stages] == ["buy", "before"]
    assert ids(moved) == ["basket", "ad", "search"]


def test_a_stage_with_touchpoints_is_not_removed():
    with pytest.raises(editing.EditError, match="Buy still has touchpoints"):
        editing.remove_stage(JOURNEY, "buy")

    emptied = editing.remove_touchpoint(JOURNEY, "basket")
    assert [each.id for each in editing.remove_stage(emptied, "buy").stages] == ["before"]


def test_the_last_stage_is_not_removed():
    alone = JourneyDefinition("Empty", (Stage("only", "Only"),), ())

    with pytest.raises(editing.EditError, match="at least one stage"):
        editing.remove_stage(alone, "only")


def test_the_rule_in_words():
    touchpoint = Touchpoint(
        "x",
        "X",
        "buy",
        (
            Pattern(event=("Product Viewed",), channel=("web", "app"), page=("/products/*",)),
            Pattern(event=("Order Completed",), occurrence="repeat", property={"method": "card"}),
            Pattern(label=("Help desk",), after="Order Completed", within_hours=48),
        ),
    )

    assert rule_in_words(touchpoint) == (
        "Product Viewed by web or app, page /products/*",
        "Order Completed, method = card, not the customer's first",
        "any event, called Help desk, within 48 h after Order Completed",
    )
