"""Forms, searches, and wandering about: what people do when they do not find what they came for."""

from __future__ import annotations

FORM = """
    <form name="checkout" action="/pay" method="post">
        <input name="email" type="email" required><input name="city"><input name="gift" type="checkbox">
        <button data-still-not>Pay</button>
    </form>
    <button id="leave" data-go="/cart">Cart</button><button id="drop" data-remove="newsletter">No, thanks</button>
    <button id="refuse" data-refuse="code">Apply</button><button id="allow" data-allow="code">Clear</button>
    <form id="newsletter"><input id="code"></form>
    <form role="search"><input type="search" name="what"><button>Find</button></form>
"""


def told(messages):
    return [each["properties"] for each in messages]


def test_a_form_is_begun_once_and_sent(shop, visit):
    page = visit(FORM)

    page.fill("[name=email]", "ada@quill.example")
    page.fill("[name=city]", "Aber")
    page.check("[name=gift]")
    page.click("text=Pay")
    page.wait_for_load_state()

    assert told(shop.wait_for("Form Submitted")) == [{"form": "checkout"}]
    assert told(shop.named("Form Started")) == [{"form": "checkout"}]
    assert shop.named("Form Abandoned") == []


def test_a_field_that_is_refused_twice_is_a_signal(shop, visit):
    page = visit(FORM)

    page.click("text=Pay")
    first = shop.wait_for("Form Error Shown")
    page.wait_for_timeout(600)
    page.click("text=Pay")
    again = shop.wait_for("Form Error Repeated")

    assert told(first) == [{"form": "checkout", "field": "email", "times": 1}]
    assert told(again) == [{"form": "checkout", "field": "email", "times": 2, "definition": "repeated-error/1"}]
    assert shop.named("Form Submitted") == []


def test_a_field_that_the_page_marks_as_wrong_counts_and_a_silent_check_does_not(shop, visit):
    page = visit(FORM)

    page.evaluate("document.forms[0].checkValidity()")
    page.click("#refuse")
    shop.wait_for("Form Error Shown")
    page.click("#allow")

    assert shop.all_of(page).count("Form Error Shown") == 1
    assert told(shop.named("Form Error Shown")) == [{"form": "newsletter", "field": "code", "times": 1}]


def test_a_form_that_was_touched_and_left_is_abandoned(shop, visit):
    page = visit(FORM)

    page.fill("[name=city]", "Aber")
    page.fill("#code", "SPRING")
    page.click("#drop")
    page.click("#leave")
    shop.wait_for("Form Abandoned")
    page.goto("about:blank")
    one, other = shop.wait_for("Form Abandoned", 2)

    assert told([one, other]) == [
        {"form": "newsletter", "last_field": "code", "definition": "form-abandoned/1"},
        {"form": "checkout", "last_field": "city", "definition": "form-abandoned/1"},
    ]
    assert one["context"]["page"]["path"] == "/boots"


def test_a_form_that_nobody_touched_is_not_abandoned_and_a_search_is_no_form(shop, visit):
    page = visit(FORM)

    page.fill("[type=search]", "waterproof")
    page.goto("about:blank")
    shop.wait_for("Page Engagement Measured" if shop.named("Page Engagement Measured") else "page")

    assert not [each for each in shop.messages() if str(each.get("event")).startswith("Form")]
    assert "waterproof" not in "".join(shop.bodies)


def test_a_search_is_known_by_its_words_in_the_address(shop, visit):
    page = visit(path="/search?q=boots+for+ada@quill.example&page=2")
    go = "address => new Promise((go) => { history.pushState(null, '', address); setTimeout(go, 130); })"

    for address in ("/search?q=wide+boots&page=1", "/search?q=wide+boots&page=3", "/boots", "/search?q=wide+boots"):
        page.evaluate(go, address)
    searches = shop.wait_for("Site Searched", 2)

    assert told(searches) == [{"query": "boots for [e-mail]"}, {"query": "wide boots"}]
    assert told(shop.wait_for("Search Repeated")) == [{"definition": "repeated-search/1"}]
    assert shop.all_of(page).count("Site Searched") == 2


def test_other_words_after_a_minute_are_no_repeated_search(shop, visit):
    page = visit(path="/search?q=boots", clock=True)

    page.clock.fast_forward(61_000)
    page.evaluate("history.pushState(null, '', '/search?q=socks')")
    page.clock.fast_forward(200)
    shop.wait_for("Site Searched", 2)

    assert "Search Repeated" not in shop.all_of(page)


def turn(page, path: str, after_ms: int) -> None:
    page.clock.fast_forward(after_ms)
    page.evaluate("path => history.pushState(null, '', path)", path)
    page.clock.fast_forward(150)


def test_back_within_fifteen_seconds_is_back_and_forth(shop, visit):
    page = visit(path="/a", clock=True)

    turn(page, "/b", 60_000)
    turn(page, "/a", 14_000)
    (found,) = shop.wait_for("Back and Forth Detected")

    assert found["properties"] == {"other_path": "/b", "definition": "back-and-forth/1"}
    assert found["context"]["page"]["path"] == "/a"


def test_slow_returns_are_back_and_forth_from_the_third_turn_on(shop, visit):
    page = visit(path="/a", clock=True)

    for path in ("/b", "/a", "/c", "/b"):
        turn(page, path, 20_000)
    assert "Back and Forth Detected" not in shop.all_of(page)
    for path in ("/c", "/b"):
        turn(page, path, 20_000)

    assert shop.all_of(page).count("Back and Forth Detected") == 1


def test_back_and_forth_and_reloads_are_followed_over_real_pages(shop, visit):
    page = visit('<a href="/b">B</a>', path="/a")
    visit('<a href="/a">A</a>', path="/b", page=page)
    visit(path="/a", page=page)
    shop.wait_for("Back and Forth Detected")

    for _ in range(3):
        page.reload()
        shop.wait_until(lambda: page.evaluate("!!window.touchline?.track"))
    (found,) = shop.wait_for("Repeated Reload Detected")

    assert found["properties"] == {"definition": "repeated-reload/1"}
    assert len({each["anonymousId"] for each in shop.messages()}) == 1
