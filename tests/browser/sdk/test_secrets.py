"""What is typed never leaves the page, wherever it is typed and whatever the page does with it."""

from __future__ import annotations

FIELDS = """
    <form name="all">
        <input name="name"><input type="email" name="mail"><input type="password" name="word"><input type="tel" name="tel">
        <input type="number" name="count"><input type="url" name="url">
        <textarea name="story"></textarea><div contenteditable id="free">free</div>
        <button type="button" id="echo">Create tag</button><button type="button" id="break">Break</button><button>Send</button>
    </form>
    <form role="search"><input type="search" name="find"></form>
    <div contenteditable><button id="inside" type="button">Inside</button></div>
"""
ECHO = """
    document.addEventListener("input", ({ target }) => {
        const words = target.value ?? target.textContent;
        document.querySelector("#echo").textContent = `Create “${words}”`;
    });
    document.addEventListener("click", ({ target }) => {
        if (target.id == "break") throw new Error(`Cannot save ${document.forms[0].story.value}`);
    });
    document.addEventListener("submit", (event) => event.preventDefault());
"""
SECRET = "Sw0rdfishQuill"
CARD = "4242424242424242"


def test_what_is_typed_is_in_no_body(shop, visit):
    shop.pages["/before.js"] = ECHO
    page = visit(FIELDS, path="/all")

    for field in page.locator("input, textarea, #free").all():
        field.click(click_count=3)
        page.keyboard.insert_text(CARD if field.get_attribute("type") == "number" else SECRET)
    page.locator("textarea").press_sequentially("!?", delay=1)
    for button in ("#echo", "#break", "#inside", "text=Send"):
        page.click(button)
    names = shop.all_of(page)
    page.goto("about:blank")
    shop.hurried = []
    shop.wait_for("Form Abandoned")

    assert {"Form Started", "Element Clicked", "Script Error Occurred"} <= set(names)
    everything = "".join(shop.bodies)
    assert SECRET not in everything
    assert CARD not in everything
