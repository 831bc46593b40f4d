from __future__ import annotations

import pytest

from touchline.events import facade as events


@pytest.fixture
def with_visits(page_workspace, tmp_path):
    """120 people who each wrote one review."""
    rows = "".join(f"2026-03-{1 + n % 28:02d} 10:00,u{n},Review Posted,{1 + n % 5}\n" for n in range(120))
    file = tmp_path / "reviews.csv"
    file.write_text("time,user id,event,stars\n" + rows, "utf-8")
    (report,) = events.import_files(page_workspace, [file], accept_proposals=True)
    assert report.imported == 120
    return page_workspace


def test_a_number_says_what_it_means_and_shows_its_rows_page_by_page(client, with_visits):
    first = client.get("/numbers/customers?target=review").content.decode()

    assert "What it means" in first
    assert "120 rows behind it" in first
    assert "1 to 50 of 120" in first
    assert first.count("<tr>") == 51

    last = client.get("/numbers/customers?target=review&offset=100").content.decode()
    assert "101 to 120 of 120" in last
    assert last.count("<tr>") == 21


def test_an_unknown_number_is_not_found_and_says_which_there_are(client, with_visits):
    answer = client.get("/numbers/happiness")

    assert answer.status_code == 404
    assert "There is no number “happiness”." in answer.content.decode()


def test_a_filter_that_cannot_be_read_says_why(client, with_visits):
    answer = client.get("/numbers/customers?filter=((")

    assert answer.status_code == 400
    assert b"This number cannot be opened" in answer.content


def test_without_rows_it_cannot_be_said(client):
    assert b"so it cannot be said" in client.get("/numbers/customers").content
