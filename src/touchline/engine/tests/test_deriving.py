"""Tables are brought up to date by whoever derives them, and what cannot be done is said."""

from __future__ import annotations

import pytest

from touchline.engine import deriving
from touchline.engine.workspace import Settings, create_workspace


@pytest.fixture
def workspace(tmp_path, monkeypatch):
    monkeypatch.setattr(deriving, "_derivers", {})
    made = create_workspace(tmp_path / "workspace", Settings("Fernhill Outdoor"), "")
    yield made
    made.close()


def test_each_table_is_derived_by_the_latest_who_said_so_in_the_order_they_came(workspace):
    called = []
    deriving.derive("visits", lambda _: called.append("nobody") or "")
    deriving.derive("scores", lambda _: called.append("scores") or "Scores stay as they are.")
    deriving.derive("visits", lambda _: called.append("visits") or "")

    assert deriving.bring_up_to_date(workspace) == ("Scores stay as they are.",)
    assert called == ["visits", "scores"]


def test_with_nobody_who_derives_there_is_nothing_to_say(workspace):
    assert deriving.bring_up_to_date(workspace) == ()
