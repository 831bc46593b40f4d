"""The shell around every endpoint: one shape of errors, and no changes on behalf of other sites."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from touchline.api.errors import ERROR_CODES

JSON = "application/json"


def error_of(answer) -> tuple[int, str]:
    assert answer["Content-Type"].startswith(JSON)
    body = json.loads(answer.content)
    assert list(body) == ["error"]
    assert sorted(body["error"]) == ["code", "message"]
    assert body["error"]["message"].endswith(".")
    assert ERROR_CODES[body["error"]["code"]].status == answer.status_code
    return answer.status_code, body["error"]["code"]


def test_the_description_is_there_and_nobody_else_may_embed_it(client):
    answer = client.get("/api/v1/openapi.json")

    assert answer.status_code == 200
    assert answer.json()["info"]["title"] == "Touchline"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Access-Control-Allow-Origin" not in answer


def test_head_is_answered_where_get_is(client):
    answer = client.head("/api/v1/openapi.json")

    assert (answer.status_code, answer.content) == (200, b"")


@pytest.mark.parametrize("address", ["/api/v1/nothing", "/api/", "/api/v2/customers", "/api/v1/customers/x/y/z"])
def test_an_unknown_address_is_said_in_json(client, address):
    assert error_of(client.get(address)) == (404, "not_found")


def test_a_method_that_is_not_answered(client):
    answer = client.get("/api/v1/links/undo")

    assert error_of(answer) == (405, "method_not_allowed")
    assert answer["Allow"] == "POST"


def test_refusals_before_the_api_have_its_shape_too(client, page_workspace):
    from django.test import override_settings

    assert error_of(client.get("/api/v1/openapi.json", REMOTE_ADDR="192.168.1.7")) == (403, "forbidden")
    assert error_of(client.get("/api/v1/openapi.json", headers={"host": "evil.example"})) == (400, "invalid_request")
    with override_settings(WORKSPACE_FOLDER=page_workspace.folder / "nowhere"):
        assert error_of(client.get("/api/v1/openapi.json")) == (503, "workspace_unavailable")


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "http://127.0.0.1:9999"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "http://127.0.0.1", "sec-fetch-site": "cross-site"},
    ],
)
def test_another_site_changes_nothing(client, headers):
    answer = client.post("/api/v1/links/undo", {"a": 1, "b": 2}, content_type=JSON, headers=headers)

    assert error_of(answer) == (403, "cross_site")


@pytest.mark.parametrize(
    "media_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]
)
def test_a_change_that_a_form_could_send_is_refused(client, media_type):
    answer = client.post("/api/v1/links/undo", b'{"a": 1, "b": 2}', content_type=media_type)

    assert error_of(answer) == (415, "unsupported_media_type")


@pytest.mark.parametrize("body", [b"{", b"[]", b'"x"', b"\xff", b'{"a": "x", "b": 2}', b'{"a": 1}', b"[" * 9999])
def test_a_body_that_cannot_be_read_is_refused_in_words(client, body):
    assert error_of(client.post("/api/v1/links/undo", body, content_type=JSON)) == (400, "invalid_request")


def test_a_body_without_end_is_not_read(client):
    body = b'{"a": "' + b"x" * 3_000_000 + b'", "b": 2}'

    assert error_of(client.post("/api/v1/links/undo", body, content_type=JSON)) in (
        (400, "invalid_request"),
        (413, "too_large"),
    )


NASTY = st.one_of(
    st.text(max_size=30),
    st.sampled_from(["\x00", "٣", "1e9", "-1", "9" * 5000, "NaN", "'; drop table links; --", "%00", "{}", "💥" * 80]),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    search=NASTY,
    about=NASTY,
    offset=NASTY,
    body=st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(), st.lists, max_leaves=5),
)
def test_whatever_is_sent_is_answered_in_shape_and_is_no_fault_of_ours(client, search, about, offset, body):
    answers = [
        client.get("/api/v1/customers", {"search": search}),
        client.get("/api/v1/customers/1", {"about": about, "offset": offset}),
        client.get("/api/v1/accounts", {"search": search, "limit": offset}),
        client.post("/api/v1/links/undo", json.dumps({"a": body, "b": 1}), content_type=JSON),
    ]

    for answer in answers:
        assert answer.status_code == 200 or error_of(answer)[0] < 500
