from __future__ import annotations

from touchline.ui.documents import Document, as_html, documents


def shown(text: str, section: str = "reference") -> str:
    return as_html(Document(section, "page", "Page", text))


def test_every_page_of_the_documentation_is_found_and_rendered():
    found = documents()

    assert ("reference", "settings") in found
    assert all(page.title and as_html(page) for page in found.values())


def test_the_title_is_not_shown_twice():
    assert shown("# Page\n\nText") == "<p>Text</p>\n"


def test_links_between_pages_lead_to_the_pages_as_shown():
    assert '<a href="/help/reference/settings">' in shown("[s](settings.md)")
    assert '<a href="/help/reference/settings#x">' in shown("[s](../reference/settings.md#x)", "algorithms")
    assert '<a href="https://example.org">' in shown("[s](https://example.org)")


def test_links_to_anything_else_become_plain_text():
    assert shown("[code](../../src/touchline/cli.py)") == "<p><span>code</span></p>\n"
    assert shown("[away](../../../../etc/passwd)") == "<p><span>away</span></p>\n"
    assert shown("[script](javascript:alert)") == "<p>[script](javascript:alert)</p>\n"


def test_markup_in_a_page_is_shown_not_run():
    assert "<script>" not in shown("<script>alert(1)</script>")


def test_every_table_has_a_name_of_its_own():
    table = "| a |\n|---|\n| 1 |\n\n"
    page = shown(table + "x\n\n" + table)

    assert 'aria-label="Table 1"' in page
    assert 'aria-label="Table 2"' in page
