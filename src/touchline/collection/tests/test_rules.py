"""Rates, the clock that is not believed when it jumps, origins, and taking a batch apart that no decoder follows."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from touchline.collection.doors.segment.splitting import split
from touchline.collection.rules.rates import Bucket
from touchline.collection.rules.steady_clock import ClockJumpedError, SteadyClock
from touchline.collection.rules.write_keys import OriginError, origin_of


def test_a_bucket_holds_ten_seconds_and_fills_steadily():
    bucket = Bucket(per_second=100)

    assert bucket.take(1000, now=0.0) is None  # full at first
    assert bucket.take(50, now=0.0) == 1  # half a second, in whole ones
    assert bucket.take(50, now=0.5) is None
    assert bucket.take(900, now=1.0) == 9
    assert bucket.take(2500, now=100.0) is None  # more than it ever holds, when it is full: nobody can split a batch
    assert bucket.take(1, now=100.0) == 1


class Clocks:
    """Two clocks that are set by hand."""

    def __init__(self) -> None:
        self.wall, self.counted = 1_000_000.0, 50.0

    def pass_(self, seconds: float) -> None:
        self.wall += seconds
        self.counted += seconds


def test_a_clock_that_jumps_is_not_believed_until_it_is_back():
    clocks = Clocks()
    clock = SteadyClock(lambda: clocks.wall, lambda: clocks.counted)
    assert clock.now_us() == 1_000_000_000_000

    clocks.wall -= 3600
    with pytest.raises(ClockJumpedError, match="moved by -3,600 seconds"):
        clock.now_us()
    clocks.wall += 3600
    clocks.pass_(1)
    assert clock.now_us() == 1_000_001_000_000


def test_a_clock_that_stays_where_it_was_set_is_believed_after_a_minute():
    clocks = Clocks()
    clock = SteadyClock(lambda: clocks.wall, lambda: clocks.counted)
    clocks.wall += 86_400
    with pytest.raises(ClockJumpedError):
        clock.now_us()
    clocks.pass_(59)
    with pytest.raises(ClockJumpedError):
        clock.now_us()
    clocks.pass_(1)

    assert clock.now_us() == (1_000_000 + 86_400 + 60) * 1_000_000


def test_a_clock_that_is_brought_right_slowly_is_followed():
    clocks = Clocks()
    clock = SteadyClock(lambda: clocks.wall, lambda: clocks.counted)
    for _ in range(100):
        clocks.pass_(10)
        clocks.wall += 1
        assert clock.now_us() == int(clocks.wall * 1_000_000)


@pytest.mark.parametrize(("written", "origin"), [
    ("https://Shop.Example", "https://shop.example"), ("shop.example", "https://shop.example"),
    ("https://shop.example/", "https://shop.example"), ("https://shop.example:443", "https://shop.example"),
    ("http://localhost:3000", "http://localhost:3000"), ("http://[::1]:80", "http://[::1]"), ("*", "*"),
])  # fmt: skip
def test_origins_are_brought_into_the_spelling_of_browsers(written, origin):
    assert origin_of(written) == origin


@pytest.mark.parametrize(
    "written", ["", "ftp://shop.example", "https://shop.example/cart", "https://", "a b", "https://x:99999"]
)
def test_what_is_no_origin_is_refused_with_a_sentence(written):
    with pytest.raises(OriginError, match="no origin; expected scheme and host"):
        origin_of(written)


Anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.dictionaries(st.text(max_size=8), Anything, max_size=4), max_size=4), Anything, st.booleans())
def test_a_batch_taken_apart_gives_its_calls_whole(calls, around, batch_first):
    half = {"half": "\ud800"}
    batch = {"batch": [*calls, half]}
    envelope = {**batch, "context": around} if batch_first else {"context": around, **batch}

    pieces = split(json.dumps(envelope).encode())

    assert pieces is not None
    assert [json.loads(call) for call in pieces.calls] == [*calls, half]


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=200))
def test_what_is_no_json_is_never_taken_apart_into_something_else(body):
    pieces = split(body)

    assert pieces is None or b"\\u" in body
