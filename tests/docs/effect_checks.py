"""How the worked tables of effects, their checks and grades are recomputed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from math import sqrt

import numpy as np

from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.clustered import ClusteredShare, ClusterSums, clustered_share, compared
from touchline.formulas.effects.e_value import e_value_of
from touchline.formulas.effects.empirical_null import empirical_null
from touchline.formulas.effects.learners import PLAIN
from touchline.formulas.effects.moments_of_truth import Touched, asymmetry, moments_of_truth
from touchline.formulas.effects.negative_control import NegativeControl
from touchline.formulas.effects.overlap import Overlap, overlap
from touchline.formulas.effects.relative_weights import lmg
from touchline.formulas.effects.robustness_value import (
    partial_r2,
    pull,
    robustness_value,
    robustness_value_at,
)
from touchline.formulas.effects.score_slope import ScoreSlope, Slope
from touchline.formulas.effects.specification import specification
from touchline.formulas.effects.visit_effect import VisitEffect, prepare, standardised, visit_effect
from touchline.formulas.effects.visits import Visits
from touchline.formulas.effects.who_suffers import is_suffering_more
from touchline.formulas.evidence import two_sided_p
from touchline.formulas.evidence_grade import graded

Row = dict[str, str]
Figures = dict[str, object]

CELLS = {
    "bad, new": (True, True),
    "fine, new": (False, True),
    "bad, others": (True, False),
    "fine, others": (False, False),
}
FULLY = Overlap(1.0, 0.0, "", 900.0, 900.0)


def number(cell: str) -> float:
    return float(cell.replace("−", "-"))


def numbers(cell: str) -> list[float]:
    return [number(part) for part in cell.split(",") if part.strip()]


def names(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(",") if part.strip()]


def visits_of(counts: dict[str, int]) -> Visits:
    """One visit of one customer for each that is counted, cell by cell."""
    bad = np.concatenate([np.full(counts[cell], is_bad) for cell, (is_bad, _) in CELLS.items()])
    new = np.concatenate([np.full(counts[cell], is_new) for cell, (_, is_new) in CELLS.items()])
    return Visits(bad, np.arange(len(bad)), new[:, None].astype(float), ("new",))


def check_visit_effect(row: Row) -> Figures:
    cells = {cell: [int(part) for part in row[cell].split(" of ")] for cell in CELLS}
    visits = visits_of({cell: of for cell, (_, of) in cells.items()})
    bought = np.concatenate([np.arange(of) < some for some, of in cells.values()])
    prepared = prepare(visits, PLAIN)
    found = prepared if isinstance(prepared, CannotSay) else visit_effect(prepared, bought)
    if isinstance(found, CannotSay):
        return dict.fromkeys(("after bad", "after fine", "plain difference", "effect", "low", "high"))
    return {
        "after bad": found.after_bad,
        "after fine": found.after_fine,
        "plain difference": found.unadjusted,
        "effect": found.effect,
        "low": found.low,
        "high": found.high,
    }


def check_overlap(row: Row) -> Figures:
    visits = visits_of({cell: int(row[cell]) for cell in CELLS})
    new = visits.covariates[:, 0] == 1
    chance = np.where(new, visits.bad[new].mean(), visits.bad[~new].mean())
    standard = standardised(visits.covariates)
    before = overlap(visits, standard, chance, np.ones(len(visits)))
    after = overlap(visits, standard, chance, chance / (1 - chance))
    return {
        "comparable": after.comparable,
        "unlike before": before.unlike,
        "unlike after": after.unlike,
        "worth, bad": after.effective_sufferers,
        "worth, fine": after.effective_fine,
    }


def check_negative_control(row: Row) -> Figures:
    found = NegativeControl(number(row["effect on the past"]), number(row["error"]))
    return {"z": found.z, "passes": found.passes}


def check_empirical_null(row: Row) -> Figures:
    effects = numbers(row["effects of harmless touchpoints"])
    null = empirical_null(effects, [number(row["their error"])] * len(effects))
    effect, error = number(row["effect"]), number(row["error"])
    usual: Figures = {"usual p": two_sided_p(effect / error)}
    if isinstance(null, CannotSay):
        return {**usual, "mean": None, "sd": None, "calibrated p": None}
    return {**usual, "mean": null.mean, "sd": null.sd, "calibrated p": null.p(effect, error)}


def check_specification(row: Row) -> Figures:
    variants = {
        str(at): VisitEffect(effect, 0.02, 0.3, 0.4, 900, 300, 800, 300, FULLY, PLAIN)
        for at, effect in enumerate(numbers(row["effects of variants"]))
    }
    found = specification(variants)
    if isinstance(found, CannotSay):
        return dict.fromkeys(("spread", "same sign", "agree"))
    return {"spread": found.spread, "same sign": found.same_sign, "agree": found.agrees}


def check_robustness(row: Row) -> Figures:
    t, freedom = number(row["t"]), int(row["degrees of freedom"])
    return {
        "robustness value": robustness_value(t, freedom),
        "of the interval": robustness_value_at(t, freedom),
        "partial R²": partial_r2(t, freedom),
    }


def check_hidden_cause(row: Row) -> Figures:
    scale = number(row["error"]) * sqrt(number(row["degrees of freedom"]))
    moved = scale * pull(number(row["times"]), number(row["of bad"]), number(row["of outcome"]))
    return {"estimate with it": number(row["estimate"]) - moved}


def check_who_suffers(rows: list[Row]) -> list[Figures]:
    def once_each(bad: str, of: str) -> ClusteredShare:
        x, n = int(bad), int(of)
        return clustered_share(ClusterSums(x, n, n, x, x, n))

    found = compared(
        [
            (once_each(row["bad elsewhere"], row["visits elsewhere"]), once_each(row["bad"], row["visits"]))
            for row in rows
        ]
    )
    return [
        {
            "share": one.second.value,
            "elsewhere": one.first.value,
            "more": one.change.difference,
            "low": one.change.low,
            "high": one.change.high,
            "shown": is_suffering_more(one),
        }
        for one in found
    ]


def check_grade(row: Row) -> Figures:
    checks = dict.fromkeys(names(row["passed"]), "passed") | dict.fromkeys(names(row["failed"]), "failed")
    grade = graded(row["design"], checks).grade
    return {"grade": grade.letter, "wording": grade.wording, "money": grade.money}


def check_moments(rows: list[Row]) -> list[Figures]:
    def touched(row: Row) -> Touched:
        whole = Slope(number(row["slope"]), 0.001, 1000)
        return Touched(
            row["touchpoint"], ScoreSlope(whole, whole, whole, 7.0, 0.0, 10.0, spread=2.0), int(row["customers"])
        )

    found = moments_of_truth([touched(row) for row in rows])
    assert not isinstance(found, CannotSay)
    of = {one.touchpoint: one for one in found}
    return [
        {
            "importance": of[row["touchpoint"]].importance,
            "among the first five": of[row["touchpoint"]].among_first,
            "moment of truth": of[row["touchpoint"]].is_one,
        }
        for row in rows
    ]


def check_side(row: Row) -> Figures:
    below, above = (Slope(number(row[f"slope {at}"]), number(row[f"error {at}"]), 500) for at in ("below", "above"))
    return {"side": asymmetry(below, above)}


def check_relative_weights(row: Row) -> Figures:
    sets = ("R² of 1", "of 2", "of 1, 2", "of 3", "of 1, 3", "of 2, 3", "of all")
    weights = lmg(np.array([[0.0, *(number(row[each]) for each in sets)]]))[0]
    return {f"weight of {at}": weight for at, weight in enumerate(weights, start=1)}


def each(check: Callable[[Row], Figures]) -> Callable[[list[Row]], list[Figures]]:
    """A check that looks at one row at a time."""
    return lambda rows: [check(row) for row in rows]


EFFECTS: dict[str, Callable[[list[Row]], Iterable[Figures]]] = {
    "visit-effect": each(check_visit_effect),
    "effect-overlap": each(check_overlap),
    "negative-control": each(check_negative_control),
    "empirical-null": each(check_empirical_null),
    "specification": each(check_specification),
    "e-value": each(lambda row: {"E-value": e_value_of(number(row["risk ratio"]))}),
    "robustness-value": each(check_robustness),
    "hidden-cause-as-strong": each(check_hidden_cause),
    "who-suffers": check_who_suffers,
    "evidence-grade": each(check_grade),
    "moments-of-truth": check_moments,
    "side-of-the-median": each(check_side),
    "relative-weights": each(check_relative_weights),
}
