"""`make verify`: the demo company's troubles, as `touchline pains` sees them from its files alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from touchline.engine.workspace import Settings, create_workspace
from touchline.events.facade import import_files
from touchline.journeys.facade import DEFAULT_JOURNEY_TOML
from touchline.pains.facade import Pain, Pains, pains_of
from touchline.verification.facade import write_demo_exports

SEEDS = (1, 2, 3)
CUSTOMERS = 6000
"""As `touchline demo` makes them."""


def found(folder: Path, seed: int) -> tuple[Pains, dict]:
    write_demo_exports(folder / "exports", folder / "truth", seed=seed, customers=CUSTOMERS)
    workspace = create_workspace(folder / "workspace", Settings("Demo", "Europe/Berlin", "EUR"), DEFAULT_JOURNEY_TOML)
    import_files(workspace, [folder / "exports"], accept_proposals=True)
    pains = pains_of(workspace)
    workspace.close()
    return pains, json.loads((folder / "truth" / "truth.json").read_text("utf-8"))["troubles"]


def assert_costs(pain: Pain, trouble: dict) -> None:
    """Grade C with money, and an interval that holds the planted loss; two in three parcels of the company go to regulars."""
    assert (pain.grade, pain.money is not None and pain.money.is_firm) == ("C", True), pain.claim_sentence
    assert pain.effect is not None
    planted = -trouble["lost"] / trouble["followed"]
    half = (pain.effect.high - pain.effect.low) / 2
    print(f"{pain.id}: planted {planted:.3f}, found {pain.effect.value:.3f} ± {half:.3f}")
    assert abs(pain.effect.value - planted) < 1.5 * half


@pytest.mark.verify
@pytest.mark.parametrize("seed", SEEDS)
def test_what_costs_orders_has_an_amount_and_what_is_loud_has_none(tmp_path: Path, seed: int) -> None:
    pains, troubles = found(tmp_path, seed)

    assert_costs(pains.named("payment~errors"), troubles["declined"])
    assert_costs(pains.named("delivery~broken_promise"), troubles["late"])
    loud = pains.named("browse~frustration")
    assert loud.sufferers > pains.named("payment~errors").sufferers
    assert loud.claim_sentence.startswith("No loss can be seen")
    assert loud.money is None or not loud.money.is_firm
    assert any(pain.effect is None for pain in pains.pains)
