"""Notes on the map page: put on a step, shown, taken off, all by plain forms."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from html import unescape

from touchline.events.facade import import_files
from touchline.research.facade import add_research_note, research_notes_on

PANEL = "/?period=all&touchpoint=payment"


def text_of(answer) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def post(client, address, **fields):
    return client.post(address, {"asked": "period=all&touchpoint=payment", **fields})


def test_a_note_is_put_on_a_step_shown_and_removed(client, shop):
    before = text_of(client.get(PANEL))
    assert "From research (evidence grade E: a hypothesis, never counted)" in before
    assert "No notes of interviews, observations or workshops are on this step." in before

    sent = post(
        client, "/map/research", step="payment", text="Looked <b>lost</b>; ask ada@example.org", method="interview",
        participant="P3", noted_by="Mia", noted="2026-05-04",
    )  # fmt: skip
    assert (sent.status_code, sent["Location"]) == (302, "/?period=all&touchpoint=payment#research")

    after = client.get(PANEL)
    assert "Looked <b>lost</b>; ask [e-mail] Interview, P3, noted by Mia, 4 May 2026" in text_of(after)
    assert "<b>lost</b>" not in after.content.decode()
    [(_, note)] = research_notes_on(shop, "payment")

    assert post(client, "/map/research/remove", note=str(note.number)).status_code == 302
    assert research_notes_on(shop) == []


def test_what_cannot_be_noted_is_said_on_the_page(client, shop):
    post(client, "/map/research", step="payment", text=" ", method="interview")
    assert "This field is required." in text_of(client.get(PANEL))

    post(client, "/map/research", step="moon", text="Slow", method="workshop")
    assert "There is no touchpoint “moon”." in text_of(client.get(PANEL))

    post(client, "/map/research/remove", note="moon")
    assert "There is no research note 0; it may have been removed." in text_of(client.get(PANEL))
    assert client.get("/map/research").status_code == 405


def test_forms_need_their_token(shop):
    import django
    from django.test import Client, override_settings

    django.setup()
    with override_settings(WORKSPACE_FOLDER=shop.folder):
        strict = Client(SERVER_NAME="127.0.0.1", enforce_csrf_checks=True)
        with ThreadPoolExecutor(max_workers=1) as thread:  # Playwright may have left an event loop in this one
            asked = {"step": "payment", "text": "Slow", "method": "workshop"}
            answer = thread.submit(strict.post, "/map/research", asked).result()

    assert answer.status_code == 403
    assert research_notes_on(shop) == []


def test_below_the_map_notes_on_no_step_are_put_on_one(client, shop, notes_file):
    import_files(shop, [notes_file])
    assert "Unboxing 1 note on no step" in text_of(client.get("/?period=all"))

    post(client, "/map/research/place", called="Unboxing", step="payment")

    text = text_of(client.get("/?period=all"))
    assert "Put 1 note on “Payment”." in text
    assert "on no step" not in text
    assert "Payment 3 notes" in text


def test_the_table_twin_has_where_and_the_words(client, shop):
    assert "From research" not in text_of(client.get("/?view=table&period=all"))

    add_research_note(shop, "payment", "Too many fields", method="workshop", noted_by="Tom")

    text = text_of(client.get("/?view=table&period=all"))
    assert "From research (never counted)" in text
    assert "1 note" in text
    assert "Too many fields Payment · Workshop, noted by Tom" in text
