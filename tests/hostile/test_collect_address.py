"""Two addresses: at one nothing but collecting answers, at the other nobody from elsewhere; headers are believed of named proxies."""

from __future__ import annotations

import base64
import http.client
import json
import socket
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from tests.clients.collector import CollectorProcess

from touchline.collection.facade import make_write_key
from touchline.engine.workspace import Settings, create_workspace
from touchline.journeys.facade import DEFAULT_JOURNEY_TOML

COLLECT, PROXY, STRANGER = "127.0.0.2", "127.0.0.3", "127.0.0.4"
CALL = json.dumps({"type": "track", "event": "Coffee Drunk", "userId": "42"})
PAGES = (
    "/", "/collect", "/collect/rejected", "/customers", "/accounts", "/value", "/identity", "/imports", "/import", "/quarantine.csv",
    "/boards", "/journey/settings", "/questions", "/help", "/live", "/api/openapi.json", "/api/docs", "/map.csv",
    "/static/touchline/manifest.json", "/favicon.ico", "//", "/v1/../collect", "/v1/..%2fcollect", "/v1/%2e%2e/customers",
    "/hooks/../", "/V1/batch", "/v1", "/v1/", "/v1/projects//settings", "/.env", "/?path=/v1/batch",
)  # fmt: skip


@dataclass
class Served:
    """Both addresses of a server."""

    token: str
    pages: tuple[str, int]
    collect: tuple[str, int]

    def ask(
        self,
        where: tuple[str, int],
        method: str,
        path: str,
        body: str | None = None,
        source: str = "127.0.0.1",
        **headers: str,
    ):
        """Ask from an address of this machine; give status, headers and text."""
        connection = http.client.HTTPConnection(*where, timeout=30, source_address=(source, 0))
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body, named)
        answer = connection.getresponse()
        text = answer.read().decode("utf-8", "replace")
        connection.close()
        return answer, text

    def basic(self, token: str | None = None) -> str:
        """Credentials with a key."""
        return f"Basic {base64.b64encode(f'{token or self.token}:'.encode()).decode()}"

    def raw(self, where: tuple[str, int], sent: bytes) -> bytes:
        """What comes back to these bytes until the server closes or says nothing more for a while."""
        with socket.create_connection(where, timeout=5) as connection:
            connection.sendall(sent)
            connection.settimeout(1.0)
            found = b""
            try:
                while part := connection.recv(65_536):
                    found += part
            except TimeoutError:
                pass
        return found


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A workspace served at both."""
    folder = tmp_path_factory.mktemp("served")
    workspace = create_workspace(folder / "w", Settings("Shop"), DEFAULT_JOURNEY_TOML)
    _, token = make_write_key(workspace, "Shop", ["https://shop.example"])
    workspace.close()
    server = CollectorProcess(
        folder / "w", "--collect-host", COLLECT, "--collect-port", "0", "--trusted-proxy", PROXY, addresses=2
    )
    pages, collect = server.ports
    yield Served(token, ("127.0.0.1", pages), (COLLECT, collect))
    server.stop()


def test_nothing_but_collecting_answers_at_its_address(served):
    for path in PAGES:
        for host in ("collect.example", "localhost", "127.0.0.1"):
            answer, text = served.ask(served.collect, "GET", path, Host=host)
            assert (answer.status, answer.getheader("content-type")) in (
                (404, "application/json"), (401, "application/json")
            ), path  # fmt: skip
            assert json.loads(text)["error"]["code"] in ("unknown_address", "unknown_write_key")
    assert served.ask(served.collect, "POST", "/collect", "name=x")[0].status == 404
    assert served.ask(served.collect, "GET", "/v1/openapi.json")[0].status == 200
    assert served.ask(served.collect, "POST", "/v1/track", CALL, Authorization=served.basic())[0].status == 200


def test_pages_answer_only_this_machine_by_its_own_names(served):
    assert served.ask(served.pages, "GET", "/help")[0].status == 200
    assert served.ask(served.pages, "GET", "/help", Host="localhost")[0].status == 200
    for host in ("127.0.0.1.evil.example", "localhost@evil.example", "", "[::1"):
        assert served.ask(served.pages, "GET", "/help", Host=host)[0].status == 400, host
    assert served.ask(served.pages, "GET", "/live", Host="evil.example")[0].status == 400
    assert served.ask(served.pages, "GET", "/help", Host="localhost", X_Forwarded_Host="evil.example")[0].status == 200
    behind = served.ask(served.pages, "GET", "/help", source=PROXY, X_Forwarded_For="203.0.113.9")
    assert behind[0].status == 403


def test_forwarded_headers_are_believed_of_named_proxies_only(served):
    path = f"/v1/projects/{served.token}/settings"

    def protocol(source: str) -> str:
        _, text = served.ask(served.collect, "GET", path, source=source, X_Forwarded_Proto="https", Host="c.example")
        return str(json.loads(text)["integrations"]["Segment.io"]["protocol"])

    assert [protocol(source) for source in (PROXY, STRANGER, "127.0.0.1")] == ["https", "http", "http"]

    def codes(source: str) -> list[str]:
        """Of unknown keys, each said to come from somewhere else."""
        answers = [
            served.ask(
                served.collect, "POST", "/v1/track", CALL, source,
                Authorization=served.basic("tl_wrong"), X_Forwarded_For=f"203.0.113.{number}",
            )
            for number in range(70)
        ]  # fmt: skip
        return [json.loads(text)["error"]["code"] for _, text in answers]

    assert set(codes(PROXY)) == {"unknown_write_key"}
    assert codes(STRANGER)[-1] == "too_many_failures"


def test_requests_that_are_no_http_get_no_fault(served):
    length = len(CALL)
    head = f"POST /v1/track HTTP/1.1\r\nHost: x\r\nAuthorization: {served.basic()}\r\n"
    good = f"{head}Content-Length: {length}\r\nConnection: close\r\n\r\n{CALL}".encode()
    bad = (
        b"\r\n\r\n\0\0\0", b"GET / HTTP/9.9\r\n\r\n", b"GET http://127.0.0.1/collect HTTP/1.1\r\nHost: localhost\r\n\r\n",
        f"{head}Content-Length: -1\r\n\r\n{CALL}".encode(), f"{head}Content-Length: 9{'9' * 400}\r\n\r\n".encode(),
        f"{head}Content-Length: {length}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n{CALL}".encode(),
        f"{head}Transfer-Encoding: chunked\r\n\r\nZZ\r\n".encode(), f"{head}X: a\r\n b\r\n\r\n".encode(),
        f"{head}X: {'y' * 200_000}\r\n\r\n".encode(), b"\x16\x03\x01\x02\x00\x01", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    )  # fmt: skip
    for sent in bad:
        found = served.raw(served.collect, sent)
        assert not found.startswith(b"HTTP/1.1 5"), (sent[:80], found[:200])
        assert b"HTTP/1.1 200" not in found, (sent[:80], found[:200])
    chunked = f"{head}Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n{length:x}\r\n{CALL}\r\n0\r\n\r\n".encode()
    assert served.raw(served.collect, chunked).startswith(b"HTTP/1.1 200")
    assert served.raw(served.collect, good).startswith(b"HTTP/1.1 200")


def test_an_upgrade_that_nobody_offers_holds_nobody_up(served):
    asked = f"GET /live HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: {'A' * 22}==\r\nSec-WebSocket-Version: 13\r\n\r\n"

    assert served.raw(served.collect, asked.encode()).startswith(b"HTTP/1.1 404")


def test_senders_that_stall_hold_nobody_up(served):
    """Two hundred bodies that never end: somebody else is answered as if they were not there."""
    head = f"POST /v1/track HTTP/1.1\r\nHost: x\r\nAuthorization: {served.basic()}\r\nContent-Length: 400000\r\n\r\n"
    stalled = [socket.create_connection(served.collect, timeout=5) for _ in range(200)]
    try:
        for each in stalled:
            each.sendall(head.encode() + b"x" * 10_000)
        assert served.ask(served.collect, "POST", "/v1/track", CALL, Authorization=served.basic())[0].status == 200
    finally:
        for each in stalled:
            each.close()
