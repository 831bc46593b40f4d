"""A shop in which a roll-out worked, made once: twelve regions, half a year before the launch and eleven weeks after."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from touchline.engine.workspace import Settings, Workspace, create_workspace
from touchline.improvements import facade
from touchline.improvements.facade import Asked, Improvement, TargetMetric
from touchline.improvements.tests.worlds import LAUNCH, REGIONS, WEEKS_BEFORE, bring, calls, helped
from touchline.journeys.facade import DEFAULT_JOURNEY_TOML

TARGET = TargetMetric("experience", "payment", "Payment")
PROPOSED = Improvement(
    0,
    "Say why a card is refused",
    touchpoint_id="payment",
    target=TARGET,
    owner="Mia",
    summary="Name the field that the bank refused.",
    options=("Do nothing.",),
    risks=("The bank may not say it.",),
    cost=12_000,
    effort_days=15,
)
FIXED = date(2026, 5, 30)
"""Two days before the launch."""


@pytest.fixture(scope="session")
def rolled_out(tmp_path_factory) -> Iterator[Workspace]:
    """Improvement 1 reached the first six regions; its weeks have passed."""
    folder = tmp_path_factory.mktemp("rolled-out")
    workspace = create_workspace(
        folder / "workspace", Settings("Fernhill Outdoor", currency="EUR"), DEFAULT_JOURNEY_TOML
    )
    steps = helped(range(6))
    bring(workspace, folder, calls(steps, range(-WEEKS_BEFORE, 0)))
    made = facade.make_case(workspace, PROPOSED)
    facade.launch(workspace, made.number, Asked("groups", LAUNCH, "region", REGIONS[:6]), today=FIXED)
    bring(workspace, folder, calls(steps, range(11)), "later.jsonl")
    yield workspace
    workspace.close()
