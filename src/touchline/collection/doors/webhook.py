"""What all webhooks have in common: the address holds the write key, the delivery is signed, one delivery is one body."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import msgspec

from touchline.collection.doors.protocol import Opened, Request, Taken
from touchline.collection.rules.half_characters import mended
from touchline.collection.rules.problems import RefusedError, Rejected
from touchline.collection.rules.signatures import Check, SignatureError
from touchline.collection.rules.webhooks import Hook, SigningHook
from touchline.collection.rules.write_keys import WriteKey
from touchline.events.facade import CollectedResult, Context, Refused

PREFIX: Final = "/hooks/"
RECEIVED: Final = "received at"
"""A field that a mapping may take the time from where the body says none."""
DELIVERY_ID: Final = "delivery id"
"""A field that tells one delivery from another, and is the same when it is sent again."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Delivery(msgspec.Struct):
    """A delivery as it is kept: the body as it came, and of the headers what reading it needs."""

    body: msgspec.Raw
    headers: dict[str, str] = {}  # msgspec copies it
    mapping: msgspec.Raw = msgspec.Raw(b"null")
    """Of a kind that needs one: the mapping that held when it came."""


Read = Callable[[dict[str, Any], Delivery, datetime, Context], Iterator[CollectedResult]]
"""(body, the delivery, received, context) -> results; what cannot be read raises ValueError with a sentence."""

_delivery = msgspec.json.Decoder(Delivery).decode
_encode = msgspec.json.Encoder().encode
_object = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode
_anything = msgspec.json.Decoder().decode


@dataclass(frozen=True)
class WebhookDoor:
    """One kind of webhook."""

    name: str
    title: str
    """Whose webhooks, as people call them."""
    source: str
    tells: str
    """One sentence for the reference."""
    check: Check
    keeps: tuple[str, ...]
    """Headers, in small letters, that reading the body needs."""
    read_body: Read
    steps: tuple[str, ...]
    """What is to be done at the sender, once the address is known."""
    needs_mapping: bool = False
    """Whether somebody has to say what the fields of its bodies are; then we choose the secret as well."""
    is_hook = True
    sorts_later = False

    @property
    def prefix(self) -> str:
        """Of its addresses; the write key follows."""
        return f"{PREFIX}{self.name}/"

    @property
    def paths(self) -> Mapping[str, str]:
        """Everything below the prefix."""
        return {self.prefix: self.tells}

    def open(self, request: Request) -> Opened:
        """The key is what follows in the address."""
        return Opened(request.path.removeprefix(self.prefix).strip("/"))

    def take(self, request: Request, opened: Opened, key: WriteKey) -> Taken:
        """Check the signature. Raises RefusedError for one that does not fit, and for a body that is no JSON object."""
        hook = key.hook or Hook(self.name)
        now = _EPOCH + timedelta(microseconds=request.received_us)
        try:
            secrets = hook.secrets_at(now.replace(tzinfo=None)) if isinstance(hook, SigningHook) else []
            self.check(request.headers, request.body, secrets, now)
        except SignatureError as error:
            raise RefusedError("invalid_signature", str(error)) from None
        headers = {name: request.headers[name] for name in self.keeps if name in request.headers}
        return self._sorted(Delivery(_json_object(mended(request.body)), headers), hook)

    def take_again(self, content: bytes, key: WriteKey) -> Taken:
        """Take a delivery out of the rejection log: its signature was checked when it came."""
        try:
            delivery = _delivery(mended(content))
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise RefusedError("invalid_json", f"It cannot be read as a delivery: {error}.") from None
        return self._sorted(Delivery(_json_object(bytes(delivery.body)), delivery.headers), key.hook or Hook(self.name))

    def read(self, body: bytes, received_us: int, place: str, context: Context) -> Iterator[CollectedResult]:
        """Turn a kept delivery into events."""
        delivery = _delivery(body)
        try:
            found: dict[str, Any] = _anything(bytes(delivery.body))
            yield from list(self.read_body(found, delivery, _EPOCH + timedelta(microseconds=received_us), context))
        except (msgspec.DecodeError, ValueError, ArithmeticError, RecursionError) as error:
            content = _encode(Delivery(delivery.body, delivery.headers)).decode("utf-8", "replace")
            yield Refused(1, str(error), {"_json": content})

    def _sorted(self, delivery: Delivery, hook: Hook) -> Taken:
        if not self.needs_mapping:
            return Taken(_encode(delivery), 1)
        if hook.mapping is None:
            reason = "How its fields become an event has not been confirmed yet."
            return Taken(None, 0, [Rejected("no_mapping", reason, _encode(delivery), _id_of(delivery))])
        return Taken(_encode(Delivery(delivery.body, delivery.headers, msgspec.Raw(hook.mapping.encode()))), 1)


def fields_of(content: bytes, received: datetime) -> tuple[dict[str, Any], dict[str, Any]]:
    """Body of a delivery in the rejection log, and what is known beside it. Raises msgspec.DecodeError."""
    delivery = _delivery(content)
    found: dict[str, Any] = msgspec.json.decode(bytes(delivery.body), type=dict[str, Any])
    return found, beside(delivery, received)


def beside(delivery: Delivery, received: datetime) -> dict[str, Any]:
    """What is known of a delivery beside its body (Standard Webhooks): its id, and when it was sent, else received."""
    seconds = delivery.headers.get("webhook-timestamp", "")
    sent = _EPOCH + timedelta(seconds=int(seconds)) if seconds.isdecimal() else received
    return {RECEIVED: sent.isoformat(), DELIVERY_ID: delivery.headers.get("webhook-id")}


def _json_object(body: bytes) -> msgspec.Raw:
    try:
        _object(body)
        body.decode("utf-8")
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise RefusedError("invalid_json", f"The body cannot be read as a JSON object: {error}.") from None
    return msgspec.Raw(body)


def _id_of(delivery: Delivery) -> str | None:
    return delivery.headers.get("webhook-id", "")[:100] or None
