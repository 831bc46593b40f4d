"""The key that signs cookies: one per workspace, readable by its owner only."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

KEY_FILE = "secret.key"


def secret_key(folder: Path | None) -> str:
    """Return the workspace's key, made on first use; without a workspace, one that lasts as long as the process."""
    if folder is None or not folder.is_dir():
        return secrets.token_urlsafe(48)
    place = folder / KEY_FILE
    try:
        descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return place.read_text("utf-8").strip() or secrets.token_urlsafe(48)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        key = secrets.token_urlsafe(48)
        file.write(key)
    return key
