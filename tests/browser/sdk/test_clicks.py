"""Clicks: what is told of them, and when they are a signal."""

from __future__ import annotations

SIGNALS = {"Rage Click Detected", "Dead Click Detected", "Slow Click Detected"}


def test_a_click_tells_what_was_clicked_and_nothing_personal(shop, visit):
    page = visit(
        """
        <button name="add" data-grow> Add
            to cart </button>
        <a href="/cart?token=s3cret" data-still>Cart of ada@quill.example, 020 7946 0958</a>
        <button aria-label="Close" data-grow>×</button>
        <button data-touchline-mask data-grow>Ada Quill</button>
        <section data-touchline-mask><button data-grow>Balance 4,200</button>
            <div data-touchline-unmask><button data-grow>Help</button></div></section>
        <button id="wrapped" data-grow>Hello <b data-touchline-mask>Ada</b></button>
        <label><input type="checkbox" name="gift">Gift</label>
        <p>Nothing to click</p>
        <button data-grow>"""
        + "very " * 30
        + """long</button>
    """
    )

    for element in page.locator("button, a, input").all():
        element.click()
    page.click("p")

    assert [
        (each["properties"].get("name"), each["properties"].get("label"))
        for each in shop.wait_for("Element Clicked", 9)
    ] == [
        ("add", "Add to cart"),
        ("", "Cart of [e-mail], [number]"),
        ("", "Close"),
        ("", None),
        ("", None),
        ("", "Help"),
        ("wrapped", None),
        ("gift", None),
        ("", ("very " * 16)[:80]),
    ]
    link = shop.named("Element Clicked")[1]["properties"]
    assert (link["element"], link["href"]) == ("a", f"{shop.url}/cart")
    assert "Element Clicked" not in shop.all_of(page)[-1]
    assert len(shop.named("Element Clicked")) == 9


def test_three_fast_clicks_on_one_spot_are_rage_and_told_once(shop, visit):
    page = visit('<button data-grow id="pay">Pay</button><canvas id="nothing"></canvas>')

    page.click("#pay", click_count=6)
    page.click("#nothing", click_count=3)
    first, second = shop.wait_for("Rage Click Detected", 2)

    assert first["properties"]["definition"] == "rage-click/1"
    assert (first["properties"]["element"], first["properties"]["label"]) == ("button", "Pay")
    assert (second["properties"]["element"], second["properties"]["label"]) == ("canvas", None)
    assert shop.all_of(page).count("Rage Click Detected") == 2


def test_clicks_that_are_rightly_fast_are_no_rage(shop, visit):
    page = visit("""
        <div><button data-grow>−</button><input type="number"><button data-grow id="more"><i>more</i></button></div>
        <div class="MiniCalendar"><button data-grow id="day">22</button></div>
        <table role="grid"><td><button data-grow id="cell">23</button></td></table>
        <button data-grow id="next">›</button>
        <p id="text">Words to be selected by clicking three times</p>
        <label id="box"><input type="checkbox"> Gift</label>
        <input id="field" value="some words">
        <button data-grow id="keyboard">Again</button>
        <button data-grow id="script">Again</button>
        <canvas></canvas><button data-grow id="far">Far</button>
    """)

    for calm in ("text=−", "#more", "#day", "#cell", "#next", "#text", "#box", "#field"):
        page.click(calm, click_count=3)
    page.focus("#keyboard")
    for _ in range(4):
        page.keyboard.press("Enter")
    page.evaluate("for (let i = 0; i < 4; i++) document.querySelector('#script').click()")
    for spot in ("#keyboard", "#script", "#far", "#next"):  # fast, but far apart
        page.click(spot)
    page.click("#far", click_count=2)

    assert not SIGNALS & set(shop.all_of(page))


def test_slow_clicks_on_one_spot_are_no_rage(shop, visit):
    page = visit("<button data-grow>Pay</button>")

    for _ in range(3):
        page.click("button")
        page.wait_for_timeout(510)

    assert not SIGNALS & set(shop.all_of(page))


def test_a_click_that_nothing_follows_for_seven_seconds_is_dead(shop, visit):
    page = visit("<button>Apply voucher</button>", clock=True)

    page.click("button")
    page.clock.fast_forward(5_000)
    assert "Dead Click Detected" not in shop.all_of(page)
    page.clock.fast_forward(2_100)
    (dead,) = shop.wait_for("Dead Click Detected")

    assert dead["properties"]["definition"] == "dead-click/1"
    assert dead["properties"]["label"] == "Apply voucher"
    assert 7_000 <= dead["properties"]["waited_ms"] < 14_000


def test_a_click_that_waits_longer_than_three_seconds_is_slow(shop, visit):
    page = visit('<button data-grow="4000">Pay</button>', clock=True)

    page.click("button")
    page.clock.fast_forward(4_100)
    (slow,) = shop.wait_for("Slow Click Detected")
    page.clock.fast_forward(8_000)

    assert slow["properties"]["definition"] == "slow-click/1"
    assert 3_000 <= slow["properties"]["waited_ms"] < 7_000
    assert "Dead Click Detected" not in shop.all_of(page)


def test_clicks_that_something_follows_are_not_dead(shop, visit):
    page = visit(
        """
        <button data-grow>Changes the page</button>
        <button data-grow="2000">Changes it soon</button>
        <button data-go="/cart">Turns the page</button>
        <a href="#low">Scrolls</a>
        <a href="/elsewhere" target="_blank" data-still>Opens elsewhere</a>
        <a href="/file" download data-still>Downloads</a>
        <input type="checkbox"> <input value="a field"> <select><option>1</option></select>
        <form><input required><button>Is refused by the browser</button></form>
        <p>Is nothing to click</p>
        """
        + "<br>" * 200
        + """<i id="low">Low</i>""",
        clock=True,
    )

    for element in page.locator("button, a, input, select, p").all():
        element.click()
        page.clock.fast_forward(2_500)
    page.clock.fast_forward(10_000)

    assert not SIGNALS & set(shop.all_of(page))


def test_a_link_that_is_followed_is_not_dead(shop, visit):
    page = visit('<a href="/cart">Cart</a>', clock=True)
    shop.pages["/cart"] = ""

    page.click("a")
    page.wait_for_url("**/cart")
    shop.wait_until(lambda: page.evaluate("!!window.touchline?.track"))
    page.clock.fast_forward(8_000)

    assert not SIGNALS & set(shop.all_of(page))
