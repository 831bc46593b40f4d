"""Variants of experiments in a real browser: the same sum as the server's, and nothing without consent."""

from __future__ import annotations

import pytest

from touchline.formulas.experiments.assignment import arm_of

SALT, ARMS = "00112233aabbccdd", [["control", 4_000], ["change", 8_000]]
VARIANTS = {"reassurance": {"salt": SALT, "arms": ARMS}}
BODY = "<p>Checkout</p>"
EXPOSED = "Experiment Viewed"
ASK = "touchline.variant('reassurance')"


@pytest.fixture
def trying(shop):
    """A workspace that asks for no consent and has one experiment."""
    shop.settings["variants"] = VARIANTS
    return shop


def test_the_browser_draws_the_arm_that_the_server_would(trying, visit):
    page = visit(BODY)
    arms = []
    for _ in range(12):
        page.evaluate("touchline.reset()")
        arms.append(page.evaluate(ASK))
    page.evaluate("touchline.track('Mark')")
    trying.wait_for("Mark")

    told = [(each["anonymousId"], each["properties"]) for each in trying.named(EXPOSED)]
    assert [properties["variation_id"] for _, properties in told] == [arm for arm in arms if arm]
    assert all(
        properties == {"experiment_id": "reassurance", "variation_id": arm_of(SALT, [tuple(arm) for arm in ARMS], who)}
        for who, properties in told
    )
    assert len(set(arms)) > 1


def test_it_stays_the_same_on_every_page(trying, visit):
    trying.settings["variants"]["reassurance"]["arms"] = [["control", 5_000], ["change", 10_000]]
    first = visit(BODY).evaluate(ASK)
    assert visit(BODY, path="/basket").evaluate(ASK) == first in ("control", "change")


def test_a_call_before_the_script_is_answered_too(trying, visit):
    trying.settings["variants"]["reassurance"]["arms"] = [["change", 10_000]]
    trying.pages["/before.js"] = (
        "(window.touchline ||= []).push(['variant', 'reassurance', (arm) => { window.drawn = String(arm); }]);"
    )
    page = visit(BODY)

    page.wait_for_function("window.drawn")
    assert page.evaluate("window.drawn") == "change"
    trying.wait_for(EXPOSED)


def test_before_consent_nobody_is_in_it(trying, visit):
    trying.settings |= {"consent": "required"}
    trying.settings["variants"]["reassurance"]["arms"] = [["change", 10_000]]
    page = visit(BODY)

    assert page.evaluate(f"{ASK}.then(String)") == "undefined"
    assert EXPOSED not in trying.all_of(page)
    page.evaluate("touchline.consent({ analytics: true })")
    assert page.evaluate(ASK) == "change"
    (told,) = trying.wait_for(EXPOSED)
    assert told["anonymousId"]


def test_without_such_an_experiment_there_is_nothing(trying, visit):
    page = visit(BODY)

    assert page.evaluate("touchline.variant('other').then(String)") == "undefined"
    assert EXPOSED not in trying.all_of(page)
