"""Page views: what an address may tell, and pages that a single-page application turns by itself."""

from __future__ import annotations


def test_a_page_view_tells_where_and_by_what_campaign(shop, visit):
    visit(path="/boots?utm_source=mail&utm_medium=email&utm_campaign=spring&colour=red&session=s3cret")

    (view,) = shop.wait_for("page")

    reduced = "?utm_source=mail&utm_medium=email&utm_campaign=spring"
    assert view["properties"] == {
        "url": f"{shop.url}/boots{reduced}",
        "path": "/boots",
        "search": reduced,
        "title": "Boots",
    }
    assert view["context"]["page"] == view["properties"]
    assert view["context"]["campaign"] == {"source": "mail", "medium": "email", "name": "spring"}
    assert view["context"]["library"] == {"name": "touchline-browser", "version": "0.1.0"}
    assert view["context"]["locale"] == "en-GB"
    assert "Chrome" in view["context"]["userAgent"]
    assert view["anonymousId"]
    assert "consent" not in view["context"]


PATHS = {
    "/u/ada@quill.example/orders": "/u/[e-mail]/orders",
    "/u/ada%40quill.example": "/u/[e-mail]",
    "/reset/4f1d2c3b4a5968778695a4b3c2d1e0ff": "/reset/[code]",
    "/o/550e8400-e29b-41d4-a716-446655440000": "/o/[code]",
    "/call/+44-20-7946-0958": "/call/+[number]",
    "/orders/10012345678": "/orders/[number]",
    "/orders/1001": "/orders/1001",
    "/blog/2026-11-22-how-to-choose-boots-for-wide-feet": "/blog/2026-11-22-how-to-choose-boots-for-wide-feet",
    "/2026/11/22/news": "/2026/11/22/news",
    "/products/boots#reviews": "/products/boots",
    "/app#/cart?token=x": "/app/cart",
    "/app/#!/pay": "/app/pay",
}


def test_a_path_keeps_what_names_the_page_and_nobody(shop, visit):
    page = visit()

    page.evaluate(
        """async (addresses) => {
            for (const address of addresses) {
                history.pushState(null, "", address);
                await new Promise((go) => setTimeout(go, 130));
            }
        }""",
        list(PATHS),
    )
    views = shop.wait_for("page", 1 + len(set(PATHS.values())))

    assert [each["context"]["page"]["path"] for each in views[1:]] == list(PATHS.values())
    assert not any("token" in body for body in shop.bodies)


def test_a_single_page_application_turns_pages(shop, visit):
    body = '<button data-go="/cart">Cart</button><button data-replace="/pay">Pay</button><a href="#/thanks">Thanks</a>'
    page = visit(body)

    page.click("text=Cart")
    shop.wait_for("page", 2)
    page.click("text=Pay")
    shop.wait_for("page", 3)
    page.go_back()
    shop.wait_for("page", 4)
    page.click("text=Thanks")
    views = shop.wait_for("page", 5)

    assert [each["properties"]["path"] for each in views] == ["/boots", "/cart", "/pay", "/boots", "/boots/thanks"]
    assert page.evaluate("history.length") > 1


def test_the_same_page_with_another_filter_or_anchor_is_no_other_page(shop, visit):
    page = visit('<button data-go="/boots?size=41">41</button><a href="#reviews">Reviews</a><i id="reviews"></i>')

    page.click("text=41")
    page.click("text=Reviews")
    page.wait_for_timeout(150)

    assert shop.all_of(page).count("page") == 1


def test_what_a_single_page_application_does_next_belongs_to_the_page_it_turned_to(shop, visit):
    page = visit('<button data-go="/cart">Cart</button><button>Pay</button>')

    page.click("text=Cart")
    shop.wait_for("page", 2)
    page.click("text=Pay")
    clicks = shop.wait_for("Element Clicked", 2)

    assert [each["context"]["page"]["path"] for each in clicks] == ["/boots", "/cart"]


def test_a_page_names_itself_and_adds_what_it_knows(shop, visit):
    page = visit()

    page.evaluate("touchline.page('Boots', { category: 'outdoor' })")
    view = shop.wait_for("page", 2)[1]

    assert view["name"] == "Boots"
    assert view["properties"]["category"] == "outdoor"
    assert view["properties"]["path"] == "/boots"


def test_a_referrer_is_known_by_its_page_alone(shop, visit):
    page = visit('<a href="/cart">Cart</a>', path="/boots?secret=1")
    shop.pages["/cart"] = ""

    page.click("text=Cart")
    view = shop.wait_for("page", 2)[1]

    assert view["context"]["page"]["referrer"] == f"{shop.url}/boots"


def test_a_page_from_the_browsers_memory_is_seen_again(shop, visit):
    page = visit()
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")

    assert [each["properties"]["path"] for each in shop.wait_for("page", 2)] == ["/boots", "/boots"]


def test_a_tag_that_is_there_twice_counts_once(shop, visit):
    shop.tag *= 2
    page = visit()

    assert shop.all_of(page).count("page") == 1


def test_calls_made_before_the_script_arrived_are_not_lost(shop, visit):
    shop.pages["/before.js"] = """
        (window.touchline = window.touchline || []).push(["identify", "user-1", { plan: "gold" }]);
        touchline.push(["track", "Coupon Applied", { coupon: "SPRING" }]);
    """
    page = visit()
    page.evaluate("touchline.push(['track', 'Coupon Removed'])")

    shop.wait_for("Coupon Removed")
    (known,), (applied,) = shop.named("identify"), shop.named("Coupon Applied")

    assert (known["userId"], known["traits"]) == ("user-1", {"plan": "gold"})
    assert (applied["userId"], applied["properties"]) == ("user-1", {"coupon": "SPRING"})


def test_events_named_in_the_tag_are_left_out(shop, visit):
    shop.tag = shop.tag.replace("data-write-key", 'data-without="Element Clicked, Web Vitals Measured" data-write-key')
    page = visit("<button>Buy</button>")

    page.click("button")

    assert "Element Clicked" not in shop.all_of(page)
