"""How deliveries are signed: each kind by its own rule, all of them with HMAC-SHA256 over the body as it came.

Sources: Shopify, "Verify webhook deliveries"; Zendesk, "Verifying webhook authenticity"; Stripe, "Verify webhook signatures
manually"; Standard Webhooks 1.0.0.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets as random
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

MOST_AGE: Final = timedelta(minutes=5)
"""Where the time is signed, older deliveries are refused, so that nobody can send a recorded one again; newer ones too."""
STANDARD_PREFIX: Final = "whsec_"
_NEW_SECRET_BYTES: Final = 32
_LEAST_BYTES, _MOST_BYTES = 16, 64
"""Of a secret of Standard Webhooks, decoded: senders may take 24 to 64, some take 16."""


class SignatureError(Exception):
    """A delivery that is not signed as it should be; the message is a sentence."""


Check = Callable[[Mapping[str, str], bytes, Sequence[str], datetime], None]
"""(headers by names in small letters, body, secrets of which any may fit, now) -> nothing. Raises SignatureError."""


def check_shopify(headers: Mapping[str, str], body: bytes, secrets: Sequence[str], now: datetime) -> None:
    """X-Shopify-Hmac-Sha256: base64 over the body. Shopify signs no time."""
    signature = _header(headers, "X-Shopify-Hmac-Sha256")
    _refuse_other([_base64(secret.encode(), body) for secret in secrets], [signature])


def check_zendesk(headers: Mapping[str, str], body: bytes, secrets: Sequence[str], now: datetime) -> None:
    """X-Zendesk-Webhook-Signature: base64 over the timestamp and the body, one after the other."""
    signature = _header(headers, "X-Zendesk-Webhook-Signature")
    written = _header(headers, "X-Zendesk-Webhook-Signature-Timestamp")
    try:
        signed = datetime.fromisoformat(written)
    except ValueError:
        raise SignatureError(f"The time of the signature is {written[:60]!r}; expected 2026-08-01T10:00:00Z.") from None
    _refuse_other([_base64(secret.encode(), written.encode() + body) for secret in secrets], [signature])
    _refuse_old(signed if signed.tzinfo else signed.replace(tzinfo=UTC), now)


def check_stripe(headers: Mapping[str, str], body: bytes, secrets: Sequence[str], now: datetime) -> None:
    """Stripe-Signature: t=seconds,v1=hexadecimal over seconds, a point and the body; several v1 while secrets are rolled."""
    parts = [part.strip().partition("=") for part in _header(headers, "Stripe-Signature").split(",")]
    written = next((value for name, _, value in parts if name == "t"), "")
    signed = written.encode() + b"." + body
    digests = [hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest() for secret in secrets]
    _refuse_other(digests, [value for name, _, value in parts if name == "v1"])
    _refuse_old(_seconds(written), now)


def check_standard(headers: Mapping[str, str], body: bytes, secrets: Sequence[str], now: datetime) -> None:
    """webhook-signature: 'v1,' and base64 over id, time and body with points between; several with blanks between."""
    signatures = _header(headers, "webhook-signature").split()
    written = _header(headers, "webhook-timestamp")
    signed = b".".join((_header(headers, "webhook-id").encode(), written.encode(), body))
    digests = [f"v1,{_base64(standard_key(secret), signed)}" for secret in secrets]
    _refuse_other(digests, signatures)
    _refuse_old(_seconds(written), now)


def new_standard_secret() -> str:
    """Make a secret as Standard Webhooks writes them."""
    return STANDARD_PREFIX + base64.b64encode(random.token_bytes(_NEW_SECRET_BYTES)).decode()


def standard_key(secret: str) -> bytes:
    """The bytes of a secret of Standard Webhooks. Raises SignatureError for one that is none."""
    coded = secret.removeprefix(STANDARD_PREFIX)
    try:
        key = base64.b64decode(coded, validate=True)
    except ValueError:  # signs that base64 has not, or too few of them
        key = b""
    if not _LEAST_BYTES <= len(key) <= _MOST_BYTES:
        raise SignatureError(
            f"The secret is not as Standard Webhooks writes them: expected {STANDARD_PREFIX} and {_LEAST_BYTES} to "
            f"{_MOST_BYTES} bytes as base64."
        )
    return key


def _header(headers: Mapping[str, str], name: str) -> str:
    found = headers.get(name.lower(), "").strip()
    if not found:
        raise SignatureError(f"The header {name} is missing.")
    return found


def _base64(key: bytes, signed: bytes) -> str:
    return base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


def _refuse_other(expected: Sequence[str], found: Sequence[str]) -> None:
    """Each with each, in a time that does not tell how far they agree."""
    fits = [hmac.compare_digest(ours.encode(), theirs.encode()) for ours in expected for theirs in found]
    if not any(fits):
        raise SignatureError("The signature does not fit the body and the secret of this webhook.")


def _seconds(written: str) -> datetime:
    if not (written.isascii() and written.isdecimal() and len(written) <= 12):
        raise SignatureError(f"The time of the signature is {written[:60]!r}; expected seconds since 1970.")
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=int(written))


def _refuse_old(signed: datetime, now: datetime) -> None:
    if abs(now - signed) > MOST_AGE:
        raise SignatureError(
            f"It was signed at {signed.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC, more than "
            f"{MOST_AGE // timedelta(minutes=1)} minutes from now."
        )
