"""The engine's tests make stores as users do: elsewhere a new one is a copy."""

from __future__ import annotations

import pytest

from touchline.engine.store import Store


@pytest.fixture(autouse=True)
def stores_are_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Store, "create", Store.create.__wrapped__)
