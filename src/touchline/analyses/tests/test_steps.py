"""The step language: what is named, what it means, and what is said when it is not there."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchline.analyses.rules.problem import QuestionError
from touchline.analyses.rules.steps import Known, Step, read_step

KNOWN = Known(
    touchpoints=(
        ("landing", "Home & landing page", "awareness"),
        ("cart", "Basket", "purchase"),
        ("review", "Review", "loyalty"),
    ),
    stages=(("awareness", "Awareness"), ("purchase", "Purchase"), ("loyalty", "Loyalty")),
    visits={0: 40, 1: 12},
    events={"Order Completed": 9, "Page Viewed": 60},
    properties=("plan",),
    channels=("web", "app"),
    devices=("desktop", "mobile"),
)


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("cart", Step("cart", "Basket", (1,))),
        ("basket", Step("basket", "Basket", (1,))),
        ("stage:purchase", Step("stage:purchase", "Purchase", (1,))),
        ("cart?", Step("cart?", "Basket", (1,), optional=True)),
        ("cart[channel=app]", Step("cart[channel=app]", "Basket", (1,), conditions=(("channel", "app"),))),
        ("order completed", Step("order completed", "Order Completed", names=("Order Completed",))),
        (
            'event:Page Viewed[page="/a, b", plan = pro]?',
            Step(
                'event:Page Viewed[page="/a, b", plan = pro]?',
                "Page Viewed",
                names=("Page Viewed",),
                conditions=(("page", "/a, b"), ("plan", "pro")),
                optional=True,
            ),
        ),
    ],
)
def test_a_step_is_read(text: str, step: Step) -> None:
    assert read_step(text, KNOWN) == step


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("carts", "There is no touchpoint or event “carts”. There are: cart, landing, Page Viewed, Order Completed."),
        ("stage:buying", "There is no stage “buying”. There are: awareness, purchase, loyalty."),
        (
            "review",
            "The step “review” never occurs in the data. What occurs most: landing, cart, Page Viewed, Order Completed.",
        ),
        ("event:Order Completed[size=L]", "There is no property “size”."),
        ("cart[channel=fax]", "There is no channel “fax”. There are: web, app."),
        ("cart[plan=pro]", "a touchpoint can be narrowed by channel and device only"),
        ("event:Order Completed[plan]", "expected name=value"),
        ("[channel=web]", "cannot be read"),
    ],
)
def test_what_is_wrong_is_said(text: str, sentence: str) -> None:
    with pytest.raises(QuestionError) as found:
        read_step(text, KNOWN)

    assert sentence in str(found.value)


@given(st.text(max_size=60))
def test_any_text_is_a_step_or_a_sentence(text: str) -> None:
    with suppress(QuestionError):
        assert read_step(text, KNOWN).text == text
