from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchline.journeys.actions.kind_places import fingerprint
from touchline.journeys.facade import DEFAULT_JOURNEY_TOML, default_definition, load_definition
from touchline.journeys.rules import editing
from touchline.journeys.rules.journey_file import JourneyFileError, read_journey
from touchline.journeys.rules.journey_writing import write_journey
from touchline.journeys.rules.planned import Places, PlanError, PlannedOrder, PlannedStep, read_plan, read_planned_step
from touchline.journeys.rules.rule_words import planned_in_words

PLACES = Places.of(
    [("landing", "Home"), ("product", "Product page"), ("basket", "Basket"), ("faq", "Any questions?")],
    [("buy", "Buying"), ("after", "Afterwards")],
)
TEXT = """\
name = "Gear"

[planned]  # agreed in May
order = ["a+", "b"]  # the short way

[[stage]]
id = "s"
name = "S"

[[stage.touchpoint]]
id = "a"
name = "A"
any = [{ event = "A" }]

[[stage.touchpoint]]
id = "b"
name = "B"
any = [{ event = "B" }]
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("basket", PlannedStep(("basket",))),
        ("product+", PlannedStep(("product",), repeatable=True)),
        (" Product page ? ", PlannedStep(("product",), optional=True)),
        ("basket+?", PlannedStep(("basket",), optional=True, repeatable=True)),
        ("basket?+", PlannedStep(("basket",), optional=True, repeatable=True)),
        ("landing | product", PlannedStep(("landing", "product"))),
        ("(landing | product | landing)+", PlannedStep(("landing", "product"), repeatable=True)),
        ("stage:Buying", PlannedStep(("stage:buy",))),
        ("(stage:after | faq)?", PlannedStep(("stage:after", "faq"), optional=True)),
        ("Any questions?", PlannedStep(("faq",))),
    ],
)
def test_a_step_is_read(text, expected):
    assert read_planned_step(text, PLACES) == expected


@pytest.mark.parametrize(
    ("order", "anywhere", "said"),
    [
        (["bascet"], [], "plans “bascet”, which is no touchpoint; expected one of landing, product, basket, faq."),
        (["landing | x"], [], "plans “x” in “landing | x”, which is no touchpoint"),
        (["stage:x"], [], "plans “stage:x”, but there is no stage “x”; expected one of buy, after."),
        (["landing | product+"], [], "put brackets round its touchpoints: (landing | product)+."),
        (["landing | product?"], [], "put brackets round"),
        ([""], [], "has the planned step “”, which cannot be read"),
        (["((basket))"], [], "cannot be read"),
        (["basket?"], [], "every step may be left out"),
        (["basket"] * 31, [], "has 31 steps in its planned order; expected at most 30."),
        (["basket"], ["basket"], "plans “basket” as a step and lets it happen anywhere"),
        (["basket"], ["x"], "plans “x”, which is no touchpoint"),
    ],
)
def test_a_plan_that_cannot_be_used_is_told_in_a_sentence(order, anywhere, said):
    with pytest.raises(PlanError) as problem:
        read_plan(order, anywhere, PLACES)
    assert said in str(problem.value)


@given(
    st.lists(st.sampled_from(["landing", "product", "basket", "stage:buy"]), min_size=1, max_size=4, unique=True),
    st.booleans(),
    st.booleans(),
)
def test_a_step_is_written_as_it_is_read(names, optional, repeatable):
    step = PlannedStep(tuple(names), optional, repeatable)
    assert read_planned_step(str(step), PLACES) == step


@given(st.text(max_size=30))
def test_any_text_is_a_step_or_a_sentence(text):
    try:
        found = read_planned_step(text, PLACES)
    except PlanError:
        return
    assert read_planned_step(str(found), PLACES) == found


def test_the_file_states_the_plan_and_a_mistake_is_told_with_its_line():
    assert read_journey(TEXT, "journey.toml").planned.steps == (
        PlannedStep(("a",), repeatable=True),
        PlannedStep(("b",)),
    )
    with pytest.raises(JourneyFileError, match=r"journey.toml, line 4: the journey plans “c”, which is no touchpoint"):
        read_journey(TEXT.replace('"b"]', '"c"]'), "journey.toml")
    with pytest.raises(JourneyFileError, match=r'line 4: the journey has the unknown key "steps"'):
        read_journey(TEXT.replace("order", "steps"), "journey.toml")


def test_saving_another_change_keeps_the_plan_and_its_comments():
    saved = write_journey(replace(read_journey(TEXT, "journey.toml"), name="Other"), TEXT)

    assert '[planned]  # agreed in May\norder = ["a+", "b"]  # the short way' in saved


@pytest.mark.parametrize("text", [TEXT, TEXT.replace(TEXT[TEXT.index("[planned]") : TEXT.index("[[stage]]")], "")])
def test_a_changed_plan_is_written_and_read_back(text):
    plan = PlannedOrder((PlannedStep(("a", "b"), repeatable=True),), ())
    changed = replace(read_journey(text, "journey.toml"), planned=plan)

    assert read_journey(write_journey(changed, text), "journey.toml") == changed
    assert read_journey(write_journey(replace(changed, planned=PlannedOrder()), text), "x").planned == PlannedOrder()


def test_a_removed_touchpoint_leaves_the_plan():
    definition = default_definition()
    without = editing.remove_touchpoint(editing.remove_touchpoint(definition, "checkout"), "ad")

    assert "checkout" not in [name for step in without.planned.steps for name in step.names]
    assert len(without.planned.steps) == len(definition.planned.steps) - 1
    assert without.planned.anywhere == ("message",)
    assert read_journey(write_journey(without, DEFAULT_JOURNEY_TOML), "journey.toml") == without


def test_visits_do_not_depend_on_the_plan():
    definition = default_definition()

    assert fingerprint(definition) == fingerprint(replace(definition, planned=PlannedOrder()))


def test_the_plan_in_words():
    steps, anywhere = planned_in_words(default_definition())

    assert steps[1] == "Basket, once or more"
    assert steps[4] == "First order or Repeat order, once or more"
    assert steps[-2:] == ("Review, or not at all", "Referral & rewards, any number of times")
    assert anywhere == ("Ad & promotion", "E-mail & push")


def test_the_plan_is_changed_on_its_page(client, page_workspace):
    assert "Basket, once or more" in client.get("/journey").content.decode()

    answer = client.post("/journey/planned", {"order": "Product page+\n\nbasket\nreview?", "anywhere": "ad"})

    assert answer.status_code == 302
    assert load_definition(page_workspace).planned == PlannedOrder(
        (PlannedStep(("product",), repeatable=True), PlannedStep(("basket",)), PlannedStep(("review",), optional=True)),
        ("ad",),
    )


def test_a_plan_with_a_mistake_is_not_saved(client, page_workspace):
    before = page_workspace.journey_file.read_bytes()

    page = client.post("/journey/planned", {"order": "bascet", "anywhere": ""}).content.decode()

    assert "The journey plans “bascet”, which is no touchpoint" in page
    assert page_workspace.journey_file.read_bytes() == before
