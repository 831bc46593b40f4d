"""Bodies that come in parts, slowly, packed or not at all."""

from __future__ import annotations

import asyncio
import gzip
import random
import tracemalloc
import zlib
from concurrent.futures import ThreadPoolExecutor

import pytest

from touchline.collection.receiver.bodies import GoneError, read_body
from touchline.collection.receiver.patience import Patience
from touchline.collection.rules.problems import RefusedError

FULL = 512_000


def part(body: bytes, more: bool = True) -> dict[str, object]:
    return {"type": "http.request", "body": body, "more_body": more}


def read(parts, headers=None, patience=None) -> bytes:
    """What is read of the parts; nothing comes after the last."""
    return in_a_loop(_read(parts, headers or {}, patience or Patience()))


def in_a_loop(asked):
    """Playwright leaves a loop running in the thread of the tests."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(asyncio.run, asked).result()


async def _read(parts, headers, patience):
    waiting = iter(parts)

    async def receive():
        found = next(waiting, None)
        return await asyncio.Future() if found is None else found

    return await read_body(receive, headers, patience)


def test_a_body_in_parts_is_put_together_and_nothing_is_held_after_it():
    patience = Patience()

    assert read([part(b"a"), part(b""), part(b"bc"), part(b"d", more=False)], patience=patience) == b"abcd"
    assert patience.bytes == 0


@pytest.mark.parametrize("size", [FULL, FULL + 1])
def test_the_largest_body_stated_or_not_in_one_part_or_many(size):
    body = bytes(size)
    for headers in ({"content-length": str(size)}, {}):
        for parts in ([part(body, more=False)], [part(body[:300_000]), part(body[300_000:], more=False)]):
            if size <= FULL:
                assert read(parts, headers) == body
                continue
            with pytest.raises(RefusedError) as refused:
                read(parts, headers)
            assert refused.value.kind.code == "body_too_large"


def test_who_goes_away_or_stalls_is_given_up_and_nothing_of_it_is_held():
    patience = Patience(seconds=0.05)

    with pytest.raises(GoneError):
        read([part(b"a" * 100_000), {"type": "http.disconnect"}], patience=patience)
    for parts in ([], [part(b"a" * 100_000)]):
        with pytest.raises(RefusedError) as refused:
            read(parts, patience=patience)
        assert (refused.value.kind.code, refused.value.kind.status) == ("body_too_slow", 408)
    assert patience.bytes == 0


def test_beyond_the_memory_for_unfinished_bodies_the_oldest_is_given_up():
    patience = Patience(most_bytes=250)

    async def all_of_them():
        slow = [asyncio.ensure_future(_read([part(bytes(100))], {}, patience)) for _ in range(3)]
        await asyncio.wait(slow, return_when=asyncio.FIRST_COMPLETED)
        whole = await _read([part(bytes(100), more=False)], {}, patience)
        done = [each.done() for each in slow]
        for each in slow:
            each.cancel()
        gone = await asyncio.gather(*slow, return_exceptions=True)
        return whole, done, gone[0]

    whole, done, gone = in_a_loop(all_of_them())
    assert whole == bytes(100)
    assert done == [True, False, False]
    assert gone.kind.code == "body_too_slow"
    assert patience.bytes == 0


def test_a_bomb_is_cut_at_the_limit():
    packing = zlib.compressobj(9, wbits=31)
    begin = packing.flush(zlib.Z_FULL_FLUSH)
    ten_megabytes = packing.compress(bytes(10_000_000)) + packing.flush(zlib.Z_FULL_FLUSH)
    bomb = begin + ten_megabytes * 50
    assert 400_000 < len(bomb) < FULL  # the largest bodies make a thousand times as much: half a gigabyte
    tracemalloc.start()
    with pytest.raises(RefusedError) as refused:
        read([part(bomb, more=False)])
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert refused.value.kind.code == "body_too_large"
    assert peak < 5_000_000


def test_the_largest_body_may_be_packed():
    packed = gzip.compress(random.Random(4).randbytes(400_000) + bytes(112_000))

    assert len(read([part(packed, more=False)], {"content-encoding": "gzip"})) == FULL


@pytest.mark.parametrize("body", [
    gzip.compress(b"{}", mtime=0)[:-1], gzip.compress(b"{}", mtime=0)[:5], gzip.compress(b"{}", mtime=0) + b"x", gzip.compress(b"{}", mtime=0) * 2,
    gzip.compress(b"{}", mtime=0)[:-8] + bytes(8), b"\x1f\x8b",
])  # fmt: skip
def test_gzip_that_is_not_whole_or_more_than_that_is_refused(body):
    with pytest.raises(RefusedError) as refused:
        read([part(body, more=False)])

    assert refused.value.kind.code == "invalid_gzip"
