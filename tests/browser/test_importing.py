"""Dropping files on the page, as a person would."""

from __future__ import annotations

CALLS = """when,cust no,what,where,stars
2026-01-02 10:00,17,visited shop,Store Berlin,4
2026-01-03 11:00,18,called,Phone,2
nonsense,19,called,Phone,5
"""


def drop(page, name: str, text: str) -> None:
    """Drag a file over the drop area and let go."""
    transfer = page.evaluate_handle(
        """([name, text]) => { const data = new DataTransfer();
          data.items.add(new File([text], name, { type: "text/csv" })); return data; }""",
        [name, text],
    )
    page.dispatch_event("file-drop", "dragenter", {"dataTransfer": transfer})
    page.dispatch_event("file-drop", "drop", {"dataTransfer": transfer})


def test_a_file_is_dropped_its_mapping_corrected_and_a_row_tried_again(page, empty_site):
    page.goto(f"{empty_site.url}/import")
    drop(page, "calls.csv", CALLS)
    page.get_by_role("link", name="Check what the columns mean").click()

    page.get_by_label("What cust no means").select_option("external_id")
    page.get_by_label("What what means").select_option("name")
    page.get_by_role("button", name="This is right: import").click()
    page.get_by_text("Imported", exact=True).first.wait_for()
    page.get_by_role("link", name="See the rows and why").click()

    page.get_by_text("calls.csv, line 4").wait_for()
    page.get_by_text("Correct this row").click()
    page.get_by_label("when").fill("2026-01-04 09:00")
    page.get_by_role("button", name="Try this row again").click()
    page.get_by_text("Tried again: 1 imported").wait_for()
    page.get_by_text("Every row could be read").wait_for()


def test_it_works_without_javascript(browser, empty_site, tmp_path):
    (tmp_path / "calls.csv").write_text(CALLS, "utf-8")
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()

    page.goto(f"{empty_site.url}/import")
    page.set_input_files("#files", tmp_path / "calls.csv")
    page.get_by_role("button", name="Import").click()

    page.get_by_role("link", name="Check what the columns mean").wait_for()
    context.close()


def test_a_running_import_shows_its_progress_is_stopped_and_resumed(page, empty_site, tmp_path):
    lines = (f"2026-01-{1 + n % 28:02d} 10:{n % 60:02d},{n % 5000},called,Phone,3\n" for n in range(900_000))
    (tmp_path / "calls.csv").write_text(CALLS.splitlines()[0] + "\n" + "".join(lines), "utf-8")
    page.goto(f"{empty_site.url}/import")
    page.set_input_files("#files", tmp_path / "calls.csv")
    page.get_by_role("button", name="Import").click()
    page.get_by_role("link", name="Check what the columns mean").click()
    page.get_by_label("What cust no means").select_option("external_id")
    page.get_by_label("What what means").select_option("name")
    page.get_by_role("button", name="This is right: import").click()

    page.get_by_text("rows a second").wait_for()
    stop = page.get_by_role("button", name="Stop importing calls.csv")
    stop.focus()
    with page.expect_response("**/import/progress"):
        pass
    assert page.evaluate("document.activeElement.id").startswith("stop-")
    page.keyboard.press("Enter")
    page.get_by_text("Stopped", exact=True).wait_for()

    page.get_by_role("button", name="Resume calls.csv").click()
    page.get_by_text("Imported", exact=True).first.wait_for(timeout=60_000)
    page.get_by_text("900,000").first.wait_for()
