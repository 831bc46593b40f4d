"""Somebody's server, which sends webhooks as the real ones do."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from pathlib import Path
from typing import Any

from touchline.collection.facade import make_hook

EVENTS = (
    "select k.name, strftime(e.time, '%Y-%m-%d %H:%M'), e.value::double from events e join kinds k using (kind)"
    " order by e.time, k.name"
)
"""What is stored, in the order in which it happened: name, time, value."""
GUIDE = (Path(__file__).parents[4] / "docs" / "guide" / "webhooks.md").read_text("utf-8")
SECRET = "hush"
ORDER = {
    "id": 5012345678901,
    "name": "#1001",
    "email": "ada@example.org",
    "created_at": "2026-08-01T00:30:00+05:30",
    "updated_at": "2026-08-01T00:31:10+05:30",
    "currency": "GBP",
    "total_price": "185.00",
    "financial_status": "paid",
    "source_name": "web",
    "line_items": [{"name": "Lamp - oak", "sku": "LAMP-OAK", "quantity": 1, "price": "40.00"}],
    "billing_address": {"country_code": "IN", "city": "Pune"},
}


def base64_of(signed: bytes, secret: str = SECRET) -> str:
    return base64.b64encode(hmac.new(secret.encode(), signed, hashlib.sha256).digest()).decode()


class Sender:
    """Somebody's server, which knows the address and the secret."""

    def __init__(self, collecting, kind: str, secret: str | None = SECRET) -> None:
        self.collecting, self.kind = collecting, kind
        self.hook = make_hook(collecting.workspace, kind, f"My {kind}", secret)
        self.secret = secret or self.hook.secret

    def send(self, body: Any, topic: str = "", *, path: str | None = None, age_seconds: int = 0, **other: str):
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        headers = {**self.signed(raw, int(time.time()) - age_seconds), "x-shopify-topic": topic, **other}
        return self.collecting.ask("POST", path or self.hook.path, headers, raw)

    def signed(self, raw: bytes, seconds: int) -> dict[str, str]:
        if self.kind == "shopify":
            return {"x-shopify-hmac-sha256": base64_of(raw, self.secret)}
        if self.kind == "zendesk":
            at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))
            signature = base64_of(at.encode() + raw, self.secret)
            return {"x-zendesk-webhook-signature": signature, "x-zendesk-webhook-signature-timestamp": at}
        if self.kind == "stripe":
            digest = hmac.new(self.secret.encode(), f"{seconds}.".encode() + raw, hashlib.sha256).hexdigest()
            return {"stripe-signature": f"t={seconds},v1={digest}"}
        key = base64.b64decode(self.secret.removeprefix("whsec_"))
        signed = f"msg_{hashlib.md5(raw).hexdigest()}.{seconds}.".encode() + raw
        signature = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
        id_ = f"msg_{hashlib.md5(raw).hexdigest()}"
        return {"webhook-id": id_, "webhook-timestamp": str(seconds), "webhook-signature": f"v1,{signature}"}
