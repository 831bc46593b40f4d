"""The page Collect, the page of a key, and the rejection log in the browser's hands."""

from __future__ import annotations

import html
import json
import re
from datetime import UTC, datetime, timedelta

import pytest

from touchline.collection.facade import RejectionFilter, keys_in_use, make_write_key, rejections
from touchline.collection.questions.arrivals import arrivals
from touchline.collection.tasks import Collector, start_collecting, stop_collecting
from touchline.collection.tests.conftest import Collecting

EVIL = '</textarea><script>alert("x")</script>'
VIEW = {"type": "track", "event": EVIL, "messageId": "m-1"}
NEW_KEY = {
    "name": "Shop website",
    "origins": "Shop.example\nhttps://www.shop.example/",
    "events_per_second": "50",
    "address": "https://events.shop.example",
}


@pytest.fixture
def sending(page_workspace, client):
    """Django's client on a workspace that collects, with one key and three rejected events."""
    _, token = make_write_key(page_workspace, "Till", ["*"])
    collecting = Collecting(page_workspace, Collector(page_workspace), token)
    collecting.post("/v1/batch", {"batch": [VIEW, {**VIEW, "messageId": "m-2"}, {"type": "nonsense", "userId": "1"}]})
    collecting.settle()
    yield collecting
    collecting.collector.stop()


def shown(answer) -> str:
    """The text of a page without its tags."""
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", answer.content.decode())))


def test_a_key_is_made_and_its_token_shown_once(client, page_workspace):
    answer = client.post("/collect", NEW_KEY)

    (token,) = re.findall(r'id="token"[^>]*>(tl_[^<]+)<', answer.content.decode())
    assert answer["Cache-Control"] == "no-store"
    tag = f'<script async src="https://events.shop.example/v1/touchline.js" data-write-key="{token}"></script>'
    assert html.escape(tag, quote=True) in answer.content.decode()
    pages = [client.get(address).content.decode() for address in ("/collect", "/collect/keys/1", "/imports")]
    assert not any(token in page for page in pages)
    assert f"…{token[-4:]}" in pages[0]
    assert "https://shop.example, https://www.shop.example" in pages[0]
    assert "https://events.shop.example" in pages[0]  # remembered for the next key


def test_a_key_that_cannot_be_made_says_why_beside_the_field(client, page_workspace):
    for change, told in (
        ({"name": ""}, "This field is required."),
        ({"origins": "https://shop.example/cart"}, "is no origin; expected scheme and host of the shop"),
        ({"events_per_second": "0"}, "greater than or equal to 1"),
        ({"address": "*"}, "Expected scheme and host"),
        ({"name": "x" * 81}, "at most 80 characters"),
    ):
        answer = client.post("/collect", NEW_KEY | change)

        assert answer.status_code == 400
        assert told in shown(answer)


def test_a_key_is_changed_rotated_and_revoked(client, sending):
    changed = client.post("/collect/keys/1/senders", {"origins": "", "events_per_second": "7"}, follow=True)
    assert "Changed. It holds from now on." in shown(changed)
    rotated = client.post("/collect/keys/1/rotate", {"overlap_days": "1", "address": "http://localhost:8000"})
    (token,) = re.findall(r'id="token"[^>]*>(tl_[^<]+)<', rotated.content.decode())
    assert "This key allows no site" in shown(rotated)
    call = {"userId": "1", "event": "Coupon Applied"}
    assert [sending.post("/v1/track", call, token=each).status for each in (sending.token, token)] == [200, 200]

    client.post("/collect/keys/1/revoke")

    assert [sending.post("/v1/track", call, token=each).status for each in (sending.token, token)] == [401, 401]
    assert "revoked" in shown(client.get("/collect"))
    assert "collecting" not in shown(client.get("/imports"))
    assert "Revoke it" not in shown(client.get("/collect/keys/1"))
    again = client.post("/collect/keys/1/revoke", follow=True)
    assert "The write key 'Till' was revoked on 20" in shown(again)


def test_what_is_not_there_is_not_found(client, sending):
    addresses = (
        "/collect/keys/9",
        f"/collect/keys/{10**30}",
        "/collect/rejected/99",
        f"/collect/rejected/{10**30}",
        "/collect/rejected.xlsx",
    )
    assert [client.get(each).status_code for each in addresses] == [404] * 5
    assert client.post("/collect/keys/1/burn").status_code == 404
    assert client.post("/collect/rejected/all/burn").status_code == 404
    assert client.get("/collect/keys/1/revoke").status_code == 405


def test_the_page_says_whether_anything_is_collected(client, page_workspace):
    assert "Nothing is collected at the moment" in shown(client.get("/collect"))
    start_collecting(page_workspace)
    try:
        assert "Collecting; everything that was received is stored." in shown(client.get("/collect"))
    finally:
        stop_collecting(page_workspace)


def test_the_page_counts_by_key(client, sending):
    sending.post("/v1/batch", {"batch": [{"type": "page", "userId": "1", "messageId": "p"}] * 3})
    sending.settle()

    page = client.get("/collect")

    assert re.search(r"Till any \S+ 1 2 3 \d+ Nov|Till any \S+ 1 2 3 \d+ \w+ 20", shown(page))
    assert "Events stored in the last hour, by minute: 1 in all, at most 1 in one minute." in page.content.decode()


def test_arrivals_are_counted_by_when_the_store_got_them(sending):
    (key,) = [each.key for each in keys_in_use(sending.workspace.store, datetime.now(UTC).replace(tzinfo=None))]
    sending.post("/v1/batch", {"batch": [{"type": "page", "userId": str(n)} for n in range(4)]})
    sending.settle()
    now = datetime.fromisoformat("2026-11-22T10:30:20")
    with sending.workspace.store.transaction() as writer:
        for seq, seconds in enumerate((10, 20, 80, 7200), start=1):
            writer.execute(
                "update events set received = ? where seq = (select seq from events order by seq limit 1 offset ?)",
                [now - timedelta(seconds=seconds), seq - 1],
            )

    found = arrivals(sending.workspace.store, [key.import_id, 99], now, timedelta(minutes=1), 3)

    assert found[key.import_id].counts == (0, 1, 2)  # 10:28, 10:29, 10:30; two hours ago is left out
    assert found[key.import_id].since.isoformat() == "2026-11-22T10:28:00"
    assert found[99].total == 0


def test_rejected_events_are_found(client, sending):
    for query, found in {
        "": 3,
        "code=unknown_type": 1,
        "code=no_user_anon_id&key=1": 2,
        "contains=M-2": 1,
        "contains=nowhere": 0,
        "since=2001-01-01&until=2001-01-02": 0,
        "since=2001-01-01": 3,
        "until=9999-12-31": 3,
        "code=nonsense&key=9&since=someday&offset=x": 3,
        "offset=2": 1,
        "offset=99": 0,
    }.items():
        page = client.get(f"/collect/rejected?{query}")

        assert page.status_code == 200
        assert len(re.findall(r'href="/collect/rejected/\d+"', page.content.decode())) == found, query


def test_what_came_is_shown_and_never_run(client, sending):
    for address in ("/collect/rejected", "/collect/rejected/1"):
        page = client.get(address).content.decode()
        assert "<script>alert" not in page
        assert "</textarea><script" not in page
    listed = client.get("/collect/rejected").content.decode()
    assert "Neither <code>userId</code> nor <code>anonymousId</code> is there" in listed
    assert EVIL in html.unescape(client.get("/collect/rejected/1").content.decode()).replace('\\"', '"')


def test_one_is_corrected_and_sent_again(client, sending):
    first = rejections(sending.workspace.store, RejectionFilter(code="no_user_anon_id"))[-1]

    still = client.post(f"/collect/rejected/{first.id}", {"content": '{"type": "track"'})
    assert still.status_code == 400
    assert "It is rejected still." in shown(still)
    corrected = json.dumps({**VIEW, "userId": "42"})
    done = client.post(f"/collect/rejected/{first.id}", {"content": corrected}, follow=True)

    assert "It is stored." in shown(done)
    assert sending.stored() == 1
    again = client.post(f"/collect/rejected/{first.id}", {"content": corrected}, follow=True)
    assert "was stored already" in shown(again)
    assert sending.stored() == 1


def test_all_of_a_filter_are_sent_again_or_dismissed(client, sending):
    retried = client.post("/collect/rejected/all/retry?code=unknown_type", follow=True)
    assert "1 sent again: 1 rejected still." in shown(retried)
    assert retried.redirect_chain[-1][0] == "/collect/rejected?code=unknown_type"

    client.post("/collect/rejected/2/dismiss")
    dismissed = client.post("/collect/rejected/all/dismiss?code=unknown_type", follow=True)

    assert "Dismissed 1." in shown(dismissed)
    assert len(rejections(sending.workspace.store, RejectionFilter())) == 1
    assert (
        len(re.findall(r'href="/collect/rejected/\d+"', client.get("/collect/rejected?state=all").content.decode()))
        == 3
    )


def test_the_log_is_given_as_files(client, sending):
    as_csv = b"".join(client.get("/collect/rejected.csv?code=unknown_type").streaming_content).decode()
    as_lines = b"".join(client.get("/collect/rejected.jsonl").streaming_content).decode()

    assert len(as_csv.splitlines()) == 2
    assert [json.loads(line)["code"] for line in as_lines.splitlines()] == ["no_user_anon_id"] * 2 + ["unknown_type"]


def test_the_list_of_files_names_what_is_collected(client, sending):
    page = shown(client.get("/imports"))

    assert "Collected live: Till Collected live" in page
    assert "collecting" in page
