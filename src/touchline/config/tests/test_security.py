from __future__ import annotations

import stat

import pytest

from touchline.config.middleware import is_loopback
from touchline.config.secret import secret_key

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
}


@pytest.mark.parametrize("address", ["/import", "/no-such-page", "/static/touchline/manifest.json"])
def test_every_answer_carries_the_security_headers(client, address):
    answer = client.get(address)

    assert set(answer["Content-Security-Policy"].split("; ")) == POLICY
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "10.0.0.5", "touchline"])
def test_a_foreign_host_header_is_refused(client, host):
    answer = client.get("/import", headers={"host": host})

    assert answer.status_code == 400
    assert "Content-Security-Policy" in answer


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost:9000", "[::1]:8000"])
def test_the_names_of_this_machine_are_accepted(client, host):
    assert client.get("/import", headers={"host": host}).status_code == 200


def test_a_caller_from_another_machine_is_refused(client):
    answer = client.get("/import", REMOTE_ADDR="192.168.1.7")

    assert answer.status_code == 403
    assert answer.content == b"Touchline answers only on the machine it runs on."


@pytest.mark.parametrize(
    ("address", "expected"),
    [("127.0.0.1", True), ("127.8.8.8", True), ("::1", True), ("10.0.0.1", False), ("", False), ("localhost", False)],
)
def test_loopback_addresses(address, expected):
    assert is_loopback(address) is expected


def test_a_change_without_the_token_is_refused(client):
    stranger = type(client)(SERVER_NAME="127.0.0.1", enforce_csrf_checks=True)

    answer = stranger.post("/import", {})

    assert answer.status_code == 403
    assert b"Nothing was changed" in answer.content


def test_pages_hold_no_inline_script_and_no_inline_style(client):
    page = client.get("/import").content.decode()

    assert "<style" not in page
    assert " style=" not in page
    assert "<script>" not in page
    assert " onclick=" not in page


def test_the_key_is_made_once_and_readable_by_its_owner_only(tmp_path):
    first = secret_key(tmp_path)

    assert secret_key(tmp_path) == first
    assert len(first) >= 50
    assert stat.S_IMODE((tmp_path / "secret.key").stat().st_mode) == 0o600


def test_without_a_workspace_the_key_lasts_as_long_as_the_process():
    assert secret_key(None) != secret_key(None)


def test_a_missing_page_says_so_in_the_frame(client):
    answer = client.get("/no-such-page")

    assert answer.status_code == 404
    assert b"No such page" in answer.content
    assert b"Fernhill Outdoor" in answer.content
