"""Delivery: again after a failure, once each, and nothing lost with the page."""

from __future__ import annotations

import json
import time


def ids(bodies: list[str]) -> list[str]:
    return [message["messageId"] for body in bodies for message in json.loads(body)["batch"]]


def test_a_batch_is_plain_text_with_key_and_time(shop, visit):
    visit()
    shop.wait_for("page")

    sent = json.loads(shop.bodies[0])

    assert sent["writeKey"] == str(shop.key)
    assert sent["sentAt"] >= sent["batch"][0]["timestamp"]


def test_what_was_refused_for_now_comes_again_under_the_same_id(shop, visit):
    shop.refusals = [(503, {"Retry-After": "1"}), (429, {})]
    page = visit("<button data-grow>Buy</button>")
    started = time.monotonic()
    shop.hurried = []
    shop.wait_until(lambda: shop.bodies)
    page.click("button")

    (view,) = shop.wait_for("page")
    shop.wait_for("Element Clicked")

    assert time.monotonic() - started >= 1
    assert ids(shop.bodies).count(view["messageId"]) == 3
    assert len(ids(shop.taken)) == len(set(ids(shop.taken)))


def test_what_was_refused_for_good_is_not_sent_again(shop, visit):
    shop.refusals = [(403, {})]
    page = visit()
    shop.wait_until(lambda: shop.bodies)

    assert shop.all_of(page) == ["Mark"]


def test_what_happened_offline_arrives_once_each_after_other_pages(shop, visit):
    page = visit("<button data-grow>Buy</button>")
    shop.wait_for("page")
    shop.hurried = []
    page.context.set_offline(True)
    for _ in range(30):
        page.evaluate("touchline.track('Made offline')")
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")  # the page is kept for later
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    assert shop.named("Made offline") == []
    window = page.context
    page.close()  # Chromium may lift the emulation just then, and the last beacon gets through
    got_through = bool(shop.named("Made offline"))
    window.set_offline(False)
    visit(path="/next")

    shop.wait_for("Made offline", 30)
    assert len({each["messageId"] for each in shop.named("Made offline")}) == 30
    assert got_through or len(ids(shop.taken)) == len(set(ids(shop.taken)))
    assert len({each["anonymousId"] for each in shop.messages()}) == 1


def test_what_waits_is_sent_when_the_network_is_back(shop, visit):
    page = visit()
    shop.wait_for("page")
    page.context.set_offline(True)
    page.evaluate("touchline.track('Made offline')")
    page.wait_for_timeout(1_200)
    shop.hurried = []
    page.context.set_offline(False)

    shop.wait_for("Made offline")
    assert ids(shop.taken).count(shop.named("Made offline")[0]["messageId"]) == 1


def test_without_consent_what_waits_is_not_kept_on_the_device(shop, visit):
    shop.settings["consent"] = "required"
    page = visit()
    shop.wait_for("page")
    page.context.set_offline(True)
    page.evaluate("touchline.track('Made offline'); dispatchEvent(new PageTransitionEvent('pagehide'))")

    assert page.evaluate("localStorage.length") == 0


def test_leaving_sends_a_beacon(shop, visit):
    page = visit()
    shop.wait_for("page")
    shop.hurried = []
    page.evaluate("touchline.track('Said on leaving')")
    page.goto("about:blank")

    shop.wait_for("Said on leaving")
    assert shop.sent_by[-1] == "beacon"


def test_many_messages_go_in_bodies_that_outlive_their_page(shop, visit):
    page = visit()
    page.evaluate("for (let at = 0; at < 60; at++) touchline.track('Many', { at, words: 'ü'.repeat(1000) })")
    visit(path="/next", page=page)  # which sends what the browser did not take on leaving

    found = shop.wait_for("Many", 60)

    assert all(len(body.encode()) < 64 * 1024 for body in shop.bodies)
    assert sorted(each["properties"]["at"] for each in found) == list(range(60))


def test_a_message_too_large_to_be_taken_stops_nothing(shop, visit):
    page = visit()
    page.evaluate("touchline.track('Too large', { words: 'x'.repeat(40000) })")

    assert "Too large" not in shop.all_of(page)
