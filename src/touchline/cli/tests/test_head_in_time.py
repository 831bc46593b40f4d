"""Senders that never end the head of their request are let go, those that are being answered are not."""

from __future__ import annotations

import asyncio
import socket
import threading
import time

import pytest
import uvicorn

from touchline.cli.head_in_time import HeadInTime

HEAD_SECONDS = 0.3
REQUEST = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"


class Quickly(HeadInTime):
    head_seconds = HEAD_SECONDS


async def slow_answer(scope, receive, send):
    """Takes longer than a head may."""
    await asyncio.sleep(2 * HEAD_SECONDS)
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
    await send({"type": "http.response.body", "body": b"ok"})


@pytest.fixture
def address():
    """Of a server that gives heads little time."""
    listening = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(slow_answer, http=Quickly, lifespan="off", log_level="critical", timeout_keep_alive=60)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, args=([listening],))
    thread.start()
    yield listening.getsockname()
    server.should_exit = True
    thread.join()
    listening.close()


def seconds_until_closed(connection: socket.socket) -> float:
    begun = time.monotonic()
    assert connection.recv(1000) == b""
    return time.monotonic() - begun


def test_connections_without_a_whole_head_are_closed(address):
    for said in (b"", b"GET / HTTP/1.1\r\nHost: x\r\n"):
        with socket.create_connection(address, timeout=10) as connection:
            connection.sendall(said)
            assert seconds_until_closed(connection) < 5


def test_an_answer_may_take_longer_and_the_next_request_has_its_time_again(address):
    with socket.create_connection(address, timeout=10) as connection:
        for _ in range(2):
            connection.sendall(REQUEST)
            answer = b""
            while not answer.endswith(b"ok"):
                answer += connection.recv(1000)
            assert answer.startswith(b"HTTP/1.1 200")
        connection.sendall(REQUEST[:10])
        assert seconds_until_closed(connection) < 5
