"""Pages before anything was computed: what they say and what they offer."""

from __future__ import annotations

import re
import time
from html import unescape

from touchline.events.facade import import_files

DEADLINE_SECONDS = 60


def text_of(answer) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def import_visits(workspace, folder, customers: int) -> None:
    rows = "".join(f"2026-03-{1 + n % 28:02d} 10:00,u{n},Product Viewed\n" for n in range(customers))
    file = folder / "visits.csv"
    file.write_text("time,user id,event\n" + rows, "utf-8")
    import_files(workspace, [file], accept_proposals=True)


def test_without_data_the_page_leads_to_the_import(client):
    answer = client.get("/pains")

    assert "No data yet" in text_of(answer)
    assert 'href="/import"' in answer.content.decode()


def test_nothing_is_computed_until_somebody_asks_and_the_map_says_so(client, page_workspace, tmp_path):
    import_visits(page_workspace, tmp_path, 3)

    assert "Pain points have not been looked for yet" in text_of(client.get("/pains"))
    assert "Which pain costs most has not been looked for yet. Find the pain points" in text_of(client.get("/"))
    assert "Money at stake" not in text_of(client.get("/"))
    assert client.get("/pains/payment~errors").status_code == 404


def test_too_little_data_is_answered_with_what_is_missing(client, page_workspace, tmp_path):
    import_visits(page_workspace, tmp_path, 1)

    assert client.post("/pains/compute")["Location"] == "/pains"
    deadline = time.monotonic() + DEADLINE_SECONDS
    while "It cannot be said which pain costs most" not in (said := text_of(client.get("/pains"))):
        assert time.monotonic() < deadline, said
        time.sleep(0.05)

    assert "customer" in said.partition("It cannot be said which pain costs most")[2]
    assert "€" not in said
    assert "cannot say" in text_of(client.get("/"))


def test_stopping_what_does_not_run_changes_nothing(client, page_workspace, tmp_path):
    import_visits(page_workspace, tmp_path, 1)

    assert client.post("/pains/stop")["Location"] == "/pains"
    assert "Find the pain points" in text_of(client.get("/pains"))
