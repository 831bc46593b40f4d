"""What events lend to pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

CHANNEL_ICONS: Final[Mapping[str, str]] = {
    "web": "globe",
    "app": "smartphone",
    "email": "mail",
    "chat": "message-circle",
    "phone": "phone",
    "store": "store",
    "delivery": "truck",
    "social": "share-2",
    "review": "star",
    "sms": "message-square-text",
    "push": "bell",
    "bot": "bot",
}
"""Names of icons; a channel without one is a dot."""
