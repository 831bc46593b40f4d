"""What is planted: 40 touchpoints in 7 stages, who plays which part, and how customers move. Drawn anew by every seed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from touchline.world.planted.names import NAMES, STAGES, Name

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

EFFECTS: Final = {20: -1.4, 14: -1.1, 32: -1.0, 27: -0.9, 22: -0.7, 9: -0.5}
"""The six true drivers: change of the logit of ordering again."""
RATES: Final = {20: 0.18, 14: 0.05, 32: 0.10, 27: 0.10, 22: 0.09, 9: 0.11, 11: 0.30, 8: 0.12, 16: 0.12, 31: 0.12}
"""Share of bad visits, before who the customer is changes it."""
CONFOUNDED: Final = {8: 1.0, 16: 1.0, 31: 1.0, 27: 0.7}
"""How much more new and less loyal customers suffer there; #8, #16 and #31 cost nothing for all that."""
LOUD_AND_HARMLESS: Final = 11
SURVIVORS: Final = (36, 37, 38, 39)
"""Only who has ordered at least twice since the files begin comes here."""
LATE_DELIVERY: Final = 20
PAYMENT_FAILURE: Final = 14
PRICE_OF_BAD: Final = {11: 2.4}
"""Points of five that a bad visit takes from the score, where they are not 1.3."""

SHARES: Final = (0.4, 0.3, 0.2, 0.1)
"""Of the four archetypes."""
LEAVES, BACK, ANYWHERE, SKIPS = 0.05, 0.06, 0.02, 0.05
STAYS_IN_STAGE: Final = 0.58
TASTE: Final = 2.0
"""How different archetypes are: spread of the logarithm of what each prefers to do next."""


@dataclass(frozen=True)
class Plan:
    """The planted constants of one world. Arrays by place: touchpoints stand in the planted order, 0..39."""

    seed: int
    names: tuple[Name, ...]
    stage: Whole
    """0..6."""
    number: Whole
    """The part each place plays, #0..#39: 20 is late delivery, 11 the loud and harmless one."""
    effect: Floats
    """Change of the logit of ordering again when a visit is bad."""
    rate: Floats
    confounding: Floats
    feeling: Floats
    """Mean score of a fine visit, 1..5."""
    price: Floats
    """Points that a bad visit takes from it."""
    start: Floats
    """By archetype and place: where a journey without an order begins."""
    moves: Floats
    """By archetype, place and next place; the last column is leaving. Rows sum to 1."""

    @property
    def touchpoints(self) -> int:
        """How many there are."""
        return len(self.names)

    def place(self, number: int) -> int:
        """Where the touchpoint that plays part #`number` stands."""
        return int(np.flatnonzero(self.number == number)[0])

    def id_of(self, number: int) -> str:
        """Its id in journey.toml."""
        return self.names[self.place(number)].id


def make_plan(seed: int, *, no_effects: bool = False) -> Plan:
    """Draw the constants: effects × 0.7–1.3, names and parts by lot."""
    rng = np.random.default_rng([seed, 14])
    names = _named(rng)
    stage = np.array([name.stage for name in names])
    number = _parts(rng, names)
    effect, rate, confounding = np.zeros(len(names)), rng.uniform(0.03, 0.09, len(names)), np.zeros(len(names))
    for place, part in enumerate(number.tolist()):
        effect[place] = 0.0 if no_effects else EFFECTS.get(part, 0.0) * rng.uniform(0.7, 1.3)
        rate[place] = RATES.get(part, rate[place])
        confounding[place] = CONFOUNDED.get(part, 0.0)
    start, moves = _chains(rng, stage)
    return Plan(
        seed=seed,
        names=names,
        stage=stage,
        number=number,
        effect=effect,
        rate=rate,
        confounding=confounding,
        feeling=rng.uniform(3.2, 4.4, len(names)),
        price=np.array([PRICE_OF_BAD.get(part, 1.3) for part in number.tolist()]),
        start=start,
        moves=moves,
    )


def _named(rng: np.random.Generator) -> tuple[Name, ...]:
    """The order comes first; the others of a stage stand in an order of the seed, under one of their names."""
    names: list[Name] = []
    for stage in range(len(STAGES)):
        here = [each for each in NAMES if each.stage == stage]
        head = [each for each in here if each.symptom == "order"]
        rest = [each for each in here if each.symptom != "order"]
        names += [*head, *(rest[at] for at in rng.permutation(len(rest)))]
    return tuple(each.called(int(rng.integers(2))) for each in names)


def _parts(rng: np.random.Generator, names: tuple[Name, ...]) -> Whole:
    """Who plays which part: late delivery is a delivery, a failed payment a payment, survivors come late, the rest by lot.

    Asking twice tells nothing for sure, as two questions may follow each other without being one: nothing is planted there.
    """
    number = np.full(len(names), -1)
    number[0] = 0
    for part, symptom in ((LATE_DELIVERY, "late"), (PAYMENT_FAILURE, "declined")):
        number[rng.choice([at for at, name in enumerate(names) if name.symptom == symptom])] = part
    last = [at for at, name in enumerate(names) if name.stage == len(STAGES) - 1 and name.kind == "page"]
    number[rng.permutation(last)[: len(SURVIVORS)]] = SURVIVORS
    told_apart = [at for at, name in enumerate(names) if number[at] < 0 and name.symptom != "repeat"]
    telling = [part for part in (*EFFECTS, *CONFOUNDED, LOUD_AND_HARMLESS) if part not in number]
    telling = list(dict.fromkeys(telling))
    number[rng.permutation(told_apart)[: len(telling)]] = telling
    free = np.flatnonzero(number < 0)
    number[free] = rng.permutation([part for part in range(len(names)) if part not in number])
    return number


def _chains(rng: np.random.Generator, stage: Whole) -> tuple[Floats, Floats]:
    """Four Markov chains over the same ground: forward through the stages, sometimes back, seldom anywhere."""
    count = len(stage)
    taste = np.exp(TASTE * rng.standard_normal((len(SHARES), count, count)))
    taste /= np.tensordot(np.asarray(SHARES), taste, 1)
    moves = np.stack([_chain(stage, each) for each in taste])
    first = np.where((stage == 0) & (np.arange(count) > 0), taste[:, 0], 0.0)
    return first / first.sum(axis=1, keepdims=True), moves


def _chain(stage: Whole, taste: Floats) -> Floats:
    count, last = len(stage), int(stage.max())
    places = np.arange(count)
    table: Floats = np.zeros((count, count + 1))
    for place in range(count):
        own = int(stage[place])
        kinds: list[tuple[float, NDArray[Any]]] = [
            (STAYS_IN_STAGE, (stage == own) & (places > place)),
            (1 - STAYS_IN_STAGE, stage == own + 1),
            (SKIPS, stage == own + 2),
            (BACK, (stage >= own - 1) & (places < place) & (places > 0)),
            (ANYWHERE, (places != place) & (places > 0)),
        ]
        for share, where in kinds:
            near = where * np.maximum(taste[place], 1e-12) * 0.8 ** np.abs(places - place)
            if near.sum() > 0:
                table[place, :count] += share * near / near.sum()
        leaves = LEAVES if own < last else 0.25
        table[place, :count] *= (1 - leaves) / table[place, :count].sum()
        table[place, count] = leaves
    return table
