"""How the worked tables of attribution are recomputed."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np

from touchline.formulas.attribution import (
    MARKOV,
    RULES,
    Paths,
    conversion_chance,
    credit,
    markov_shares,
    removal_effects,
    share_change,
    transitions,
    weights,
)

Row = dict[str, str]
Figures = dict[str, object]

HALF_LIFE_DAYS = 7.0


def number(cell: str) -> float:
    return float(cell.replace("−", "-").removesuffix(" %"))


def paths_in(cell: str) -> tuple[Paths, list[str]]:
    """'g0 m7 → order' is g on the day of the order's path that is 7 days before m; '→ nothing' ends without an order."""
    told = [part.split("→") for part in cell.split(",")]
    words = [[(word[0], float(word[1:] or 0)) for word in touches.split()] for touches, _ in told]
    names = sorted({name for touches in words for name, _ in touches})
    flat = [(at, names.index(name), days) for at, touches in enumerate(words) for name, days in touches]
    path, channel, days = (np.array(column) for column in zip(*flat, strict=True))
    converted = np.array([end.strip() == "order" for _, end in told])
    return Paths(path, channel, days.astype(float), converted, np.arange(len(told)), len(names)), names


def check_credit(row: Row) -> Figures:
    paths, names = paths_in(row["paths"])
    at = names.index(row["to"])
    found: Figures = {}
    for rule in RULES:
        if rule == MARKOV:
            found[rule] = markov_shares(transitions(paths)[0])[at] * paths.converted.sum()
        else:
            found[rule] = credit(paths, weights(paths, rule, HALF_LIFE_DAYS))[at]
    return found


def check_removal(row: Row) -> Figures:
    paths, names = paths_in(row["paths"])
    moves = transitions(paths)[0]
    at = names.index(row["without"])
    whole = float(conversion_chance(moves))
    removal = float(removal_effects(moves)[at])
    return {"chance": whole, "chance without": whole * (1 - removal), "removal": removal}


def check_change(row: Row) -> Figures:
    groups = [tuple(number(part) for part in row[name].split("to")) for name in ("first", "second")]
    ends = [
        (number(row[f"{name} share"]), low, high) for name, (low, high) in zip(("first", "second"), groups, strict=True)
    ]
    found = share_change(ends[1], ends[0])
    return {"change": found.difference, "from": found.low, "to": found.high, "noise": found.is_noise}


ATTRIBUTION: dict[str, Callable[[list[Row]], Iterable[Figures]]] = {
    "attribution-credit": lambda rows: [check_credit(row) for row in rows],
    "attribution-removal": lambda rows: [check_removal(row) for row in rows],
    "attribution-change": lambda rows: [check_change(row) for row in rows],
}
