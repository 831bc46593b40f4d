"""Engaged time and scrolling, Core Web Vitals, and errors of the page's scripts."""

from __future__ import annotations

HIDE = """
    Object.defineProperty(document, "hidden", { value: true, configurable: true });
    Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true });
    document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
"""
SHOW = """
    Object.defineProperty(document, "hidden", { value: false, configurable: true });
    Object.defineProperty(document, "visibilityState", { value: "visible", configurable: true });
    document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
"""


def test_time_counts_in_the_foreground_alone_and_ten_seconds_are_engaged(shop, visit):
    page = visit("<p>Boots</p>" + "<br>" * 300, clock=True)

    page.clock.fast_forward(6_000)
    page.evaluate(HIDE)
    (first,) = shop.wait_for("Page Engagement Measured")
    page.clock.fast_forward(60_000)
    page.evaluate(SHOW)
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.wait_for_timeout(200)  # the browser tells of scrolling with its next frame
    page.clock.fast_forward(5_000)
    page.evaluate(HIDE)
    second = shop.wait_for("Page Engagement Measured", 2)[1]

    assert first["properties"]["engaged"] is False
    assert second["properties"]["engaged"] is True
    assert 11 <= first["properties"]["seconds"] + second["properties"]["seconds"] <= 14
    assert first["properties"]["scroll_percent"] < 30
    assert second["properties"]["scroll_percent"] >= 99


def test_each_page_of_a_single_page_application_has_its_own_time(shop, visit):
    page = visit("<button data-go='/cart'>Cart</button>", clock=True)

    page.clock.fast_forward(12_000)
    page.click("button")
    page.clock.fast_forward(150)
    (first,) = shop.wait_for("Page Engagement Measured")
    page.clock.fast_forward(3_000)
    page.evaluate(HIDE)
    second = shop.wait_for("Page Engagement Measured", 2)[1]

    assert (first["context"]["page"]["path"], first["properties"]["engaged"]) == ("/boots", True)
    assert (second["context"]["page"]["path"], second["properties"]["engaged"]) == ("/cart", False)


def test_web_vitals_are_measured_with_their_rating(shop, visit):
    page = visit("<h1>Boots</h1><button data-grow>More</button>")

    page.click("button")
    page.wait_for_timeout(100)
    page.evaluate(HIDE)
    (measured,) = shop.wait_for("Web Vitals Measured")

    values = measured["properties"]
    assert values["path"] == "/boots"
    assert 0 < values["fcp"] <= values["lcp"] < 10_000
    assert values["cls"] >= 0
    assert {values["fcp_rating"], values["lcp_rating"], values["cls_rating"]} <= {"good", "needs-improvement", "poor"}


def test_errors_are_told_without_stack_words_or_contents(shop, visit):
    page = visit(
        """<input id="secret" value="hunter22">
        <button id="one" data-throw="Cannot price hunter22 for ada@quill.example: unexpected &quot;private&quot;">One</button>
        <button id="two" data-reject="No stock">Two</button>"""
    )

    for _ in range(2):
        page.click("#one")
    page.click("#two")
    thrown, rejected = shop.wait_for("Script Error Occurred", 2)

    assert thrown["properties"]["message"] == 'Uncaught Error: Cannot price [field] for [e-mail]: unexpected ""'
    assert thrown["properties"]["source"] == f"{shop.url}/shop.js"
    assert thrown["properties"]["line"] > 0
    assert rejected["properties"] == {"message": "No stock"}


def test_five_errors_of_a_page_are_enough(shop, visit):
    page = visit()

    page.evaluate("for (const at of 'abcdefgh') setTimeout(() => { throw new Error(at); })")
    shop.wait_for("Script Error Occurred", 5)

    assert shop.all_of(page).count("Script Error Occurred") == 5
