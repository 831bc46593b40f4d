"""Webhooks: write keys that open one address of one kind, and only for deliveries signed with one of their secrets."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Secret:
    """What deliveries are signed with."""

    value: str = field(repr=False)
    expires: datetime | None = None
    """UTC, without zone; None: does not run out."""


@dataclass(frozen=True)
class Hook:
    """What makes a write key a webhook."""

    kind: str
    """A folder under collection/doors."""
    mapping: str | None = field(default=None, repr=False)
    """How bodies of no named kind become events, as JSON; None: nobody has confirmed it yet."""


@dataclass(frozen=True)
class SigningHook(Hook):
    """A webhook as only who checks signatures sees it."""

    secrets: tuple[Secret, ...] = ()
    """The latest first."""

    def secrets_at(self, now: datetime) -> list[str]:
        """The secrets that hold at a time (UTC, without zone)."""
        return [secret.value for secret in self.secrets if secret.expires is None or now < secret.expires]
