"""Signatures against the example that Standard Webhooks publishes and the others' rules, and what must not pass for one."""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchline.collection.rules.signatures import (
    SignatureError,
    check_shopify,
    check_standard,
    check_stripe,
    check_zendesk,
    new_standard_secret,
    standard_key,
)

STANDARD_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
STANDARD_BODY = b'{"test": 2432232314}'
STANDARD_HEADERS = {
    "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
    "webhook-timestamp": "1614265330",
    "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
}
STANDARD_NOW = datetime.fromtimestamp(1614265330, UTC)

ZENDESK_SECRET = "dGhpc19zZWNyZXRfaXNfZm9yX3Rlc3Rpbmdfb25seQ=="
"""Zendesk's documentation uses it for webhooks that are being tried out."""
ZENDESK_BODY = b'{"say": "hello"}'
ZENDESK_HEADERS = {
    "x-zendesk-webhook-signature": base64.b64encode(
        hmac.new(ZENDESK_SECRET.encode(), b'2021-07-25T10:00:00Z{"say": "hello"}', hashlib.sha256).digest()
    ).decode(),
    "x-zendesk-webhook-signature-timestamp": "2021-07-25T10:00:00Z",
}
ZENDESK_NOW = datetime(2021, 7, 25, 10, tzinfo=UTC)

SECRET, BODY, NOW = "hush", b'{"id": 450789469}', datetime(2026, 8, 1, 10, tzinfo=UTC)


def stripe_headers(body: bytes = BODY, secret: str = SECRET, at: datetime = NOW) -> dict[str, str]:
    seconds = str(int(at.timestamp()))
    digest = hmac.new(secret.encode(), seconds.encode() + b"." + body, hashlib.sha256).hexdigest()
    return {
        "stripe-signature": f"t={seconds},v1={digest},v0=6ffbb59b2300aae63f272406069a9788598b792a944a07aba816edb039989a39"
    }


def shopify_headers(body: bytes = BODY, secret: str = SECRET) -> dict[str, str]:
    return {
        "x-shopify-hmac-sha256": base64.b64encode(hmac.new(secret.encode(), body, hashlib.sha256).digest()).decode()
    }


def refusal(check, headers, body=BODY, secrets=(SECRET,), now=NOW) -> str:
    with pytest.raises(SignatureError) as found:
        check(headers, body, secrets, now)
    return str(found.value)


def test_the_example_of_standard_webhooks() -> None:
    check_standard(STANDARD_HEADERS, STANDARD_BODY, [STANDARD_SECRET], STANDARD_NOW)


def test_zendesk_signs_the_time_before_the_body() -> None:
    check_zendesk(ZENDESK_HEADERS, ZENDESK_BODY, [ZENDESK_SECRET], ZENDESK_NOW)


def test_stripe_and_shopify_by_their_rules() -> None:
    check_stripe(stripe_headers(), BODY, [SECRET], NOW)
    check_shopify(shopify_headers(), BODY, [SECRET], NOW)


@pytest.mark.parametrize(("check", "headers", "body", "secret", "now"), [
    (check_standard, STANDARD_HEADERS, STANDARD_BODY, STANDARD_SECRET, STANDARD_NOW),
    (check_zendesk, ZENDESK_HEADERS, ZENDESK_BODY, ZENDESK_SECRET, ZENDESK_NOW),
    (check_stripe, stripe_headers(), BODY, SECRET, NOW),
    (check_shopify, shopify_headers(), BODY, SECRET, NOW),
])  # fmt: skip
def test_nothing_else_passes(check, headers, body, secret, now) -> None:
    other = new_standard_secret()
    assert "does not fit" in refusal(check, headers, body + b" ", [secret], now)
    assert "does not fit" in refusal(check, headers, body, [other], now)
    assert "does not fit" in refusal(check, headers, body, [], now)
    for name in headers:
        assert "missing" in refusal(check, {**headers, name: ""}, body, [secret], now)
    check(headers, body, [other, secret], now)  # while a secret is being replaced, either holds


@pytest.mark.parametrize(("check", "headers", "body", "secret", "now"), [
    (check_standard, STANDARD_HEADERS, STANDARD_BODY, STANDARD_SECRET, STANDARD_NOW),
    (check_zendesk, ZENDESK_HEADERS, ZENDESK_BODY, ZENDESK_SECRET, ZENDESK_NOW),
    (check_stripe, stripe_headers(), BODY, SECRET, NOW),
])  # fmt: skip
def test_a_recorded_delivery_cannot_be_sent_again_later(check, headers, body, secret, now) -> None:
    check(headers, body, [secret], now + timedelta(minutes=5))
    assert "more than 5 minutes" in refusal(check, headers, body, [secret], now + timedelta(minutes=5, seconds=1))
    assert "more than 5 minutes" in refusal(check, headers, body, [secret], now - timedelta(minutes=5, seconds=1))


def test_of_several_signatures_one_has_to_fit() -> None:
    headers = {**STANDARD_HEADERS, "webhook-signature": f"v1a,AAAA v1,AAAA {STANDARD_HEADERS['webhook-signature']}"}
    check_standard(headers, STANDARD_BODY, [STANDARD_SECRET], STANDARD_NOW)
    only_other_version = {
        **STANDARD_HEADERS,
        "webhook-signature": STANDARD_HEADERS["webhook-signature"].replace("v1", "v2"),
    }
    assert "does not fit" in refusal(check_standard, only_other_version, STANDARD_BODY, [STANDARD_SECRET], STANDARD_NOW)


@pytest.mark.parametrize(
    "written", ["", "t=,v1=", "v1=abc", "t=soon,v1=abc", "t=99999999999999,v1=abc", "t=²,v1=ü", ",,,="]
)
def test_what_is_no_signature_of_stripe_is_refused_with_a_sentence(written) -> None:
    assert refusal(check_stripe, {"stripe-signature": written}).endswith(".")


@given(st.text(max_size=60), st.text(max_size=60), st.binary(max_size=60))
def test_no_header_makes_a_check_fail_in_another_way(signature, time, body) -> None:
    names = (*STANDARD_HEADERS, *ZENDESK_HEADERS, *stripe_headers(), *shopify_headers())
    headers = {name: time if "timestamp" in name else signature for name in names}
    for check, secret in ((check_standard, STANDARD_SECRET), (check_zendesk, SECRET), (check_stripe, SECRET)):
        refusal(check, headers, body, [secret])
    refusal(check_shopify, headers, body)


def test_secrets_of_ours_are_made_for_everybody_and_checked() -> None:
    first, second = new_standard_secret(), new_standard_secret()
    assert first != second
    assert len(standard_key(first)) == 32
    for wrong in ("", "whsec_", "whsec_ä", "whsec_AAAA", "whsec_" + "A" * 200):
        with pytest.raises(SignatureError, match="expected whsec_"):
            standard_key(wrong)
