"""What the product says about the pains of a planted world: files, importers, journeys, symptoms, estimates, checks, money."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from touchline.pains.facade import PASSED, Pain, Pains, pains_of
from touchline.verification.verify.trial import ALL_DAYS, Trial
from touchline.world.planted.switches import Switches
from touchline.world.planted.truth import Truth

FOUND_BELOW: Final = 0.05
SEEN_AS: Final = {
    "rage": "frustration",
    "dead": "frustration",
    "form": "frustration",
    "script": "errors",
    "declined": "errors",
    "slow": "slow_page",
    "late": "broken_promise",
    "repeat": "repeat_contact",
    "reopened": "reopened_case",
}
"""Under which of the product's symptoms a planted bad visit shows."""


@dataclass(frozen=True)
class AskedPains:
    """The product's pains beside the truth of their world."""

    truth: Truth
    pains: Pains
    at: dict[int, Pain]
    """By place: the pain whose symptom is the planted one; without places that are no candidate."""

    @property
    def costly(self) -> set[int]:
        """Places with any pain that is called a loss at a false-discovery rate of 5 %."""
        ids = list(self.truth.ids)
        return {
            ids.index(each.touchpoint)
            for each in self.pains.pains
            if each.effect is not None and each.effect.is_loss and each.effect.q < FOUND_BELOW
        }

    def of(self, number: int) -> Pain | None:
        """The pain of part #`number`."""
        return self.at.get(self.truth.of(number))


def asked_pains(trial: Trial, switches: Switches | None = None) -> AskedPains:
    """Let the world through the product and ask for its pains, once for all rows."""
    chosen = switches if switches is not None else trial.usual()
    return trial.once(("pains", chosen), lambda: _asked(trial, chosen))


def _asked(trial: Trial, switches: Switches) -> AskedPains:
    world = trial.world(switches)
    found = pains_of(trial.through(world), ALL_DAYS)
    planted = {name.id: SEEN_AS.get(name.symptom) for name in world.plan.names}
    ids = list(world.truth.ids)
    at = {ids.index(each.touchpoint): each for each in found.pains if each.symptom == planted[each.touchpoint]}
    return AskedPains(world.truth, found, at)


def passed(pain: Pain, check: str) -> bool | None:
    """Whether a pain passed one of its checks; None where it was not done."""
    states = [each.state for each in pain.checks if each.name == check]
    return None if not states or states[0] not in (PASSED, "failed") else states[0] == PASSED
