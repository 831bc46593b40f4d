"""Consent: what is on the device and on the wire before it, after it, and after it was withdrawn."""

from __future__ import annotations

import pytest

IDENTIFIERS = {"anonymousId", "userId", "previousId", "groupId"}
STORED = """async () => ({
    local: Object.keys(localStorage), session: Object.keys(sessionStorage), cookies: document.cookie,
    databases: (await indexedDB.databases()).length, caches: (await caches.keys()).length,
})"""
NOTHING = {"local": [], "session": [], "cookies": "", "databases": 0, "caches": 0}
BODY = '<button data-grow>Buy</button><form name="news"><input name="city"></form>'
CLICK_IDS = "?gclid=G1&fbclid=F1&msclkid=M1&utm_source=ads"


@pytest.fixture
def asking(shop):
    """A workspace that asks for consent."""
    shop.settings = {"consent": "required", "respectDoNotTrack": False}
    return shop


def use(page) -> None:
    """Do what is collected, and what would name somebody."""
    page.click("button")
    page.fill("[name=city]", "Aber")
    page.evaluate("touchline.identify('user-1', { email: 'ada@quill.example' })")
    page.evaluate("touchline.group('acme')")
    page.evaluate("touchline.track('Coupon Applied')")


def is_nobodys(message) -> bool:
    return not IDENTIFIERS & set(message) and message["context"]["consent"] == {"cookieless": True}


def test_before_consent_nothing_is_kept_and_nobody_is_named(asking, visit):
    page = visit(BODY, path=f"/boots{CLICK_IDS}")
    use(page)

    names = asking.all_of(page)

    assert names[:1] == ["page"]
    assert {"Element Clicked", "Form Started", "Coupon Applied"} <= set(names)
    assert {"identify", "group"}.isdisjoint(names)
    assert all(is_nobodys(each) for each in asking.messages())
    assert not any(word in body for body in asking.bodies for word in ("user-1", "ada@", "clid", "acme"))
    assert page.evaluate(STORED) == NOTHING
    assert page.context.cookies() == []


@pytest.mark.parametrize("settings", [None, {"consent": "something new"}], ids=["unreadable", "unknown"])
def test_where_the_settings_are_not_known_consent_is_required(shop, visit, settings):
    shop.settings = settings
    page = visit(BODY)
    use(page)

    shop.all_of(page)

    assert all(is_nobodys(each) for each in shop.messages())
    assert page.evaluate(STORED) == NOTHING


def test_consent_takes_effect_at_once_and_lasts(asking, visit):
    page = visit(BODY, path=f"/boots{CLICK_IDS}")
    use(page)
    page.evaluate("touchline.consent({ analytics: true, marketing: false, wording: 'May we?', version: '7' })")
    page.click("button")
    (given,) = asking.wait_for("Consent Updated")
    clicks = asking.wait_for("Element Clicked", 2)

    assert given["properties"] == {
        "categories": {"analytics": True, "marketing": False},
        "source": "site",
        "wording": "May we?",
        "version": "7",
    }
    assert given["anonymousId"]
    assert [is_nobodys(each) for each in clicks] == [True, False]
    assert clicks[1]["userId"] == "user-1"  # the call that waited was made
    assert [each["userId"] for each in asking.named("identify")] == ["user-1"]

    visit(BODY, path=f"/boots{CLICK_IDS}", page=page)
    view = asking.wait_for("page", 2)[1]
    assert (view["anonymousId"], view["userId"]) == (given["anonymousId"], "user-1")
    assert "gclid=G1" in view["properties"]["url"]
    assert asking.all_of(page).count("Consent Updated") == 1


def test_withdrawing_deletes_everything_and_says_last_whose_it_was(asking, visit):
    page = visit(BODY)
    page.evaluate("touchline.consent({ analytics: true })")
    use(page)
    asking.wait_for("Coupon Applied")
    before = page.evaluate(STORED)
    page.evaluate("touchline.track('Never sent'); touchline.consent({ analytics: false })")
    page.click("button")
    given, withdrawn = asking.wait_for("Consent Updated", 2)
    last = asking.wait_for("Element Clicked", 2)[-1]

    assert before["local"]
    assert withdrawn["properties"]["categories"] == {"analytics": False}
    assert withdrawn["anonymousId"] == given["anonymousId"]
    assert is_nobodys(last)
    assert asking.named("Never sent") == []
    assert page.evaluate(STORED) == NOTHING

    page.evaluate("touchline.consent({ analytics: true })")
    assert asking.wait_for("Consent Updated", 3)[2]["anonymousId"] != given["anonymousId"]


def test_where_no_consent_is_required_a_refusal_is_remembered_and_nothing_else(shop, visit):
    page = visit(BODY)
    (view,) = shop.wait_for("page")
    page.evaluate("touchline.consent({ analytics: false })")
    stored = page.evaluate("({ ...localStorage })")
    visit(BODY, page=page)
    again = shop.wait_for("page", 2)[1]

    assert not is_nobodys(view)
    assert stored == {f"touchline.{shop.key}": '{"choice":{"analytics":false},"who":{}}'}
    assert is_nobodys(again)


def test_global_privacy_control_outweighs_everything(shop, visit, window):
    window.add_init_script("Object.defineProperty(navigator, 'globalPrivacyControl', { value: true })")
    page = visit(BODY, path=f"/boots{CLICK_IDS}", window=window)
    page.evaluate("touchline.consent({ analytics: true })")
    use(page)

    shop.all_of(page)

    assert all(is_nobodys(each) for each in shop.messages())
    assert "clid" not in "".join(shop.bodies)
    assert page.evaluate(STORED) == NOTHING


@pytest.mark.parametrize("respected", [True, False])
def test_do_not_track_is_a_setting(shop, visit, window, respected):
    shop.settings["respectDoNotTrack"] = respected
    window.add_init_script("Object.defineProperty(navigator, 'doNotTrack', { value: '1' })")
    visit(BODY, window=window)

    assert is_nobodys(shop.wait_for("page")[0]) is respected


def test_a_withdrawal_holds_for_every_open_page_of_the_site(asking, visit):
    page = visit(BODY)
    page.evaluate("touchline.consent({ analytics: true })")
    other = visit(BODY)
    page.evaluate("touchline.consent({ analytics: false })")

    asking.wait_until(lambda: page.evaluate("localStorage.length") == 0)
    asking.wait_until(lambda: "anonymousId" not in last_click(asking, other))
    assert other.evaluate(STORED) == NOTHING


def last_click(shop, page):
    before = len(shop.named("Element Clicked"))
    page.click("button")
    return shop.wait_for("Element Clicked", before + 1)[-1]


GTAG = "window.dataLayer = window.dataLayer || []; function gtag() { dataLayer.push(arguments); }\n"


def granted(answer: str, more: str = "") -> str:
    return f"{{ analytics_storage: '{answer}', ad_storage: 'denied'{more} }}"


@pytest.mark.parametrize(
    ("commands", "nobodys"),
    [
        (f"gtag('consent', 'default', {granted('denied')});", True),
        (f"gtag('consent', 'default', {granted('granted')});", False),
        (f"gtag('consent', 'default', {granted('granted', ', region: [0]')});", True),
        (
            f"gtag('consent', 'default', {granted('denied', ', region: [0]')}); gtag('consent', 'default', {granted('granted')});",
            True,
        ),
        (
            "gtag('consent', 'default', { ad_storage: 'granted' }); gtag('event', 'x'); dataLayer.push({ event: 'y' });",
            True,
        ),
    ],
    ids=["denied", "granted", "granted somewhere", "denied somewhere", "about advertising alone"],
)
def test_google_consent_mode_says_what_holds_until_somebody_chooses(asking, visit, commands, nobodys):
    asking.pages["/before.js"] = GTAG + commands
    visit(BODY)

    assert is_nobodys(asking.wait_for("page")[0]) is nobodys
    assert asking.named("Consent Updated") == []


def test_google_consent_mode_is_followed_when_it_changes(asking, visit):
    asking.pages["/before.js"] = GTAG + f"gtag('consent', 'default', {granted('denied')});"
    page = visit(BODY)

    page.evaluate(f"gtag('consent', 'update', {granted('granted')})")
    page.click("button")
    (given,) = asking.wait_for("Consent Updated")
    (click,) = asking.wait_for("Element Clicked")
    page.evaluate(f"gtag('consent', 'update', {granted('denied')})")
    withdrawn = asking.wait_for("Consent Updated", 2)[1]

    assert given["properties"] == {"categories": {"analytics": True}, "source": "google_consent_mode"}
    assert click["anonymousId"] == given["anonymousId"] == withdrawn["anonymousId"]
    assert page.evaluate(STORED) == NOTHING
    assert page.evaluate("dataLayer.length") == 3
    page.evaluate(f"gtag('consent', 'update', {granted('denied')})")
    assert asking.all_of(page).count("Consent Updated") == 2


def test_another_person_at_the_same_device_is_another_visitor(shop, visit):
    page = visit()

    for call in ("identify('ada')", "identify('ada')", "identify('ben')", "reset()", "track('Left')"):
        page.evaluate(f"touchline.{call}")
    (left,) = shop.wait_for("Left")
    first, second, third = shop.named("identify")

    assert first["anonymousId"] == second["anonymousId"] == shop.named("page")[0]["anonymousId"]
    assert len({first["anonymousId"], third["anonymousId"], left["anonymousId"]}) == 3
    assert (third["userId"], left.get("userId")) == ("ben", None)


def test_an_alias_names_both_ids(shop, visit):
    page = visit()
    page.evaluate("touchline.alias('ada')")

    (alias,) = shop.wait_for("alias")

    assert alias["userId"] == "ada"
    assert alias["anonymousId"] == shop.named("page")[0]["anonymousId"]
