"""The map page without JavaScript: what it shows, what it refuses, what its forms change."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest

from touchline.journeys.facade import load_definition
from touchline.segments.facade import saved_filters


def text_of(answer) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def links_of(answer) -> list[str]:
    return [unescape(link) for link in re.findall(r'href="([^"]+)"', answer.content.decode())]


def test_without_data_the_page_leads_to_the_import(client):
    answer = client.get("/")

    assert "No data yet" in text_of(answer)
    assert "/import" in links_of(answer)


def test_the_map_shows_its_touchpoints_as_links(client, shop):
    answer = client.get("/")

    panels = [link for link in links_of(answer) if "touchpoint=" in link]
    assert panels[:2] == ["/?touchpoint=product#panel", "/?touchpoint=checkout#panel"]
    assert "12 customers" in text_of(answer)


def test_the_table_holds_what_the_map_shows(client, shop):
    text = text_of(client.get("/?view=table"))

    assert "Product page Consideration 12 – 100% 12" in text
    assert "cannot say too few answers" in text


def test_the_panel_is_there_without_javascript_and_alone_for_the_map_element(client, shop):
    whole = client.get("/?touchpoint=product")
    part = client.get("/?touchpoint=product", headers={"HX-Request": "true"})

    assert 'id="panel"' in whole.content.decode()
    assert "<html" in whole.content.decode()
    assert 'id="panel"' in part.content.decode()
    assert "<html" not in part.content.decode()
    assert "Went to Checkout 100%" in text_of(part)


def test_every_number_of_the_map_the_table_and_the_panels_opens(client, shop):
    addresses = {
        link
        for page in ("/", "/?view=table", "/?touchpoint=product", "/?touchpoint=payment")
        for link in links_of(client.get(page))
        if link.startswith("/numbers/")
    }

    assert len(addresses) > 40
    assert {link: code for link in sorted(addresses) if (code := client.get(link).status_code) != 200} == {}


def test_filters_narrow_the_map_and_stand_there_as_chips(client, shop):
    answer = client.get('/?filter=visited("payment")&channel=web&period=all')

    assert "2 customers" in text_of(answer)
    assert "/?filter=visited%28%22payment%22%29&period=all" in links_of(answer)  # the map without the channel


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("filter=nonsense(", "Column"),
        ("period=dates&start=2026-05-01", "Give both days."),
        ("period=dates&start=2026-05-02&end=2026-05-01", "2026-05-02 lies after 2026-05-01."),
        ("period=fortnight", "fortnight is not one of the available choices."),
        ("start=01.05.2026", "Enter a valid date."),
    ],
)
def test_what_cannot_be_read_is_said_in_a_sentence(client, shop, query, sentence):
    answer = client.get(f"/?{query}")

    assert answer.status_code == 200
    assert "These filters cannot be read" in text_of(answer)
    assert sentence in text_of(answer)


def test_a_scope_without_anybody_leads_back(client, shop):
    answer = client.get("/?period=dates&start=2025-01-01&end=2025-01-31")

    assert "Nobody is in this scope" in text_of(answer)
    assert "/?period=all" in links_of(answer)


def test_a_filter_is_kept_by_name_and_forgotten(client, shop):
    expression = 'visited("payment")'

    kept = client.post("/map/filters", {"name": "Payers", "expression": expression, "asked": "filter=x&view=table"})

    assert parse_qs(urlsplit(kept["Location"]).query) == {"view": ["table"], "saved": ["Payers"]}
    assert [(each.name, each.expression) for each in saved_filters(shop)] == [("Payers", expression)]
    assert "2 customers" in text_of(client.get(kept["Location"]))

    client.post("/map/filters/forget", {"name": "Payers", "asked": "saved=Payers"})
    assert saved_filters(shop) == []


def test_a_filter_that_cannot_be_read_is_not_kept(client, shop):
    answer = client.post("/map/filters", {"name": "x", "expression": "nonsense(", "asked": ""}, follow=True)

    assert "Column" in text_of(answer)
    assert saved_filters(shop) == []


def test_one_click_makes_a_touchpoint_of_unmapped_events(client, shop):
    before = client.get("/")
    assert "Unmapped: 32% of events (12 of 38)" in text_of(before)

    kind = {"name": "Film Watched", "channel": "web", "page": "", "label": "", "stage": "consideration", "asked": ""}
    after = client.post("/map/unmapped", kind, follow=True)

    assert "“Film Watched” is a touchpoint now." in text_of(after)
    assert "Every event belongs to a touchpoint." in text_of(after)
    assert "Film Watched" in {each.name for each in load_definition(shop).touchpoints_of("consideration")}


def test_forms_lead_back_to_our_own_map_only(client, shop):
    answer = client.post("/map/unmapped", {"name": "x", "stage": "nowhere", "asked": "//evil.example/?a=1"})

    assert answer["Location"].startswith("/?")


@pytest.mark.parametrize("address", ["/map/filters", "/map/filters/forget", "/map/unmapped"])
def test_changes_need_a_post_with_a_token(shop, client, address):
    assert client.get(address).status_code == 405
    client.handler.enforce_csrf_checks = True
    assert client.post(address, {}).status_code == 403


def test_a_map_leaves_as_a_file_of_the_same_scope(client, shop):
    answer = client.get("/map.csv?start=2026-05-01&end=2026-05-31")

    assert answer["Content-Disposition"] == 'attachment; filename="fernhill-outdoor-journey-map.csv"'
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert [line.split(",")[1] for line in lines if line.split(",")[3] == "12"] == ["product", "checkout"]
    assert "payment" not in {line.split(",")[1] for line in lines}  # two customers


def test_an_export_of_an_unreadable_scope_says_why(client, shop):
    answer = client.get("/map.svg?start=yesterday")

    assert answer.status_code == 400
    assert answer.content.decode() == "start is 'yesterday'; expected a day such as 2026-05-31."
    assert client.get("/map.docx").status_code == 404
