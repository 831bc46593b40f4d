"""What the clients really send, as it was written down on the way: what a collector made from documentation gets wrong."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime, timedelta

import pytest
from tests.clients.gateway import Seen
from tests.clients.plans import CLIENTS, LEGS
from tests.clients.told import TOLD_AT, email, user, visitor

GZIP = b"\x1f\x8b"


def posts(told) -> list[Seen]:
    """What was posted over the good line."""
    return [seen for seen in told.calm.seen if seen.method == "POST"]


def calls(told, type_: str) -> list[dict]:
    """Calls of one type among them."""
    return [call for seen in posts(told) for call in seen.calls if call["type"] == type_]


@pytest.mark.parametrize("name", CLIENTS)
def test_everything_on_the_good_line_is_answered_200(story, name: str) -> None:
    assert {seen.status for seen in posts(story.of(name))} == {200}


def test_the_browser_posts_plain_text_to_one_letter_with_the_key_in_header_and_body(story) -> None:
    told = story.of("segment-browser")
    basic = "Basic " + base64.b64encode(f"{story.token}:".encode()).decode()

    found = posts(told)

    assert {seen.path for seen in found} == {"/v1/p", "/v1/s", "/v1/t", "/v1/i", "/v1/g", "/v1/a", "/v1/b"}
    assert {seen.headers["content-type"] for seen in found} == {"text/plain"}
    assert {seen.headers["authorization"] for seen in found} == {basic}
    assert {seen.told["writeKey"] for seen in found} == {story.token}


def test_the_browser_asks_first_whether_it_may_send_authorization(story) -> None:
    asked = [seen for seen in story.of("segment-browser").calm.seen if seen.method == "OPTIONS"]

    assert {seen.headers["access-control-request-headers"] for seen in asked} == {"authorization"}
    assert {seen.status for seen in asked} == {204}


def test_the_browser_reads_its_settings_and_sends_where_they_say(story) -> None:
    first = story.of("segment-browser").calm.seen[0]

    assert (first.method, first.path, first.status) == ("GET", f"/v1/projects/{story.token}/settings", 200)


def test_the_browsers_alias_after_an_identify_is_of_an_id_to_itself_and_holds_no_event(story) -> None:
    to_itself = [call for call in calls(story.of("segment-browser"), "alias") if call["userId"] == call["previousId"]]
    reasons = json.loads(story.workspace.store.value("select skip_reasons from imports"))

    assert len(to_itself) == 2
    assert reasons["alias of an id to itself"] >= len(story.clients) * len(LEGS)


def test_rudderstacks_node_client_sends_gzip_and_calls_it_a_form(story) -> None:
    packed = [seen for seen in posts(story.of("rudder-node")) if seen.body.startswith(GZIP)]

    assert packed
    assert {seen.headers["content-type"] for seen in packed} == {"application/x-www-form-urlencoded"}
    assert {seen.path for seen in packed} == {"/v1/batch"}


@pytest.mark.parametrize("name", ["segment-python", "rudder-python"])
def test_the_python_clients_send_gzip_when_asked(story, name: str) -> None:
    labels = {(seen.body.startswith(GZIP), seen.headers.get("content-encoding")) for seen in posts(story.of(name))}

    assert labels == {(True, "gzip"), (False, None)}


@pytest.mark.parametrize("name", ["segment-python", "rudder-python"])
def test_the_python_clients_send_null_where_an_id_is_missing(story, name: str) -> None:
    told = story.of(name)
    ids = {(call["userId"], call["anonymousId"]) for call in calls(told, "track")}

    assert ids == {(None, visitor(name)), (user(name), None)}
    assert story.workspace.store.value("select count(*) from identifiers where lower(value) in ('null', 'none')") == 0


@pytest.mark.parametrize("name", ["rudder-python", "rudder-node"])
def test_rudderstack_puts_traits_into_the_context(story, name: str) -> None:
    told = story.of(name)

    assert {call["context"]["traits"]["email"] for call in calls(told, "identify")} == {email(name)}
    if name == "rudder-python":
        assert not [call for call in calls(told, "identify") if "traits" in call]
    assert story.workspace.store.value(
        "select count(*) from events join kinds using (kind)"
        " where name = 'Profile Updated' and properties ->> '$.email' = ?",
        [email(name)],
    ) == len(LEGS)


def test_rudderstacks_node_client_tells_the_time_as_original_timestamp_only(story) -> None:
    told = story.of("rudder-node")
    sent = calls(told, "screen")
    times = story.workspace.store.rows(
        "select time from events join kinds using (kind) where name = 'Screen Viewed'"
        " and properties ->> '$.leg' in ('rudder-node single', 'rudder-node batched')"
    )

    assert not [call for call in sent if "timestamp" in call]
    assert {call["originalTimestamp"] for call in sent} == {TOLD_AT.replace("+00:00", "Z")}
    assert [
        abs(time.replace(tzinfo=UTC) - datetime.fromisoformat(TOLD_AT)) < timedelta(seconds=5) for (time,) in times
    ] == [True, True]


def test_times_come_with_an_offset_from_python_and_with_a_z_from_node(story) -> None:
    spelt = {name: {call["timestamp"][-6:] for call in calls(told, "page")} for name, told in story.clients.items()
             if name in ("segment-python", "rudder-python", "segment-node")}  # fmt: skip

    assert spelt.pop("segment-python") == spelt.pop("rudder-python") == {"+00:00"}
    assert [{end[-1] for end in ends} for ends in spelt.values()] in ([], [{"Z"}])


@pytest.mark.parametrize("name", ["segment-python", "segment-node", "segment-browser"])
def test_segments_clients_count_what_they_send_again(story, name: str) -> None:
    again = [seen for seen in story.of(name).stormy.seen if "x-retry-count" in seen.headers]

    assert {int(seen.headers["x-retry-count"]) for seen in again} >= {1}
    assert 200 in {seen.status for seen in again}


def test_rudderstacks_python_client_understands_a_refusal_and_gives_up_at_once(story) -> None:
    """It reads `code` and `message` from the top of the answer; without them it takes a refusal for a broken line."""
    assert story.refused == [
        "[rudderstack] unknown_write_key: This write key is none of this workspace, has run out or was revoked. (401)"
    ]
