"""How each worked table of docs/algorithms is recomputed: rows of cells in, the figures of every row out.

A table is preceded by `<!-- check: name -->`. A check returns, for each row, the columns that are results; all other
columns are what it was given.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import datetime
from decimal import Decimal
from typing import TypeAlias

import numpy as np
from tests.docs.archetype_checks import ARCHETYPES
from tests.docs.attribution_checks import ATTRIBUTION
from tests.docs.conformance_checks import CONFORMANCE
from tests.docs.customer_checks import CUSTOMER
from tests.docs.decision_checks import DECISIONS
from tests.docs.effect_checks import EFFECTS
from tests.docs.example_journeys import measured_example
from tests.docs.experiment_checks import EXPERIMENTS
from tests.docs.funnel_checks import FUNNEL
from tests.docs.identity_checks import IDENTITY
from tests.docs.improvement_checks import IMPROVEMENTS
from tests.docs.pain_checks import PAINS
from tests.docs.path_checks import PATHS
from tests.docs.period_checks import PERIODS
from tests.docs.strategy_checks import STRATEGY
from tests.docs.value_checks import VALUE

from touchline.formulas import (
    ces,
    csat,
    drift,
    experience,
    functional,
    money,
    multiplicity,
    nps,
    repeat_purchase,
    staleness,
)
from touchline.formulas import waiting as waits
from touchline.formulas.conversion import conversion
from touchline.formulas.evidence import Change
from touchline.formulas.proportion import Proportion, difference, share

Row: TypeAlias = dict[str, str]
Figures: TypeAlias = dict[str, object]

DRIFT_BUCKETS = 20


def each(check: Callable[[Row], Figures]) -> Callable[[list[Row]], list[Figures]]:
    """A check that looks at one row at a time."""
    return lambda rows: [check(row) for row in rows]


def number(cell: str) -> float:
    return float(cell.replace("−", "-"))


def numbers(cell: str) -> list[float]:
    return [number(part) for part in cell.split(",") if part.strip()]


def counted(cell: str) -> dict[float, int]:
    """Answers as a list become answer → how often."""
    answers = numbers(cell)
    return {answer: answers.count(answer) for answer in set(answers)}


def of_proportion(found: Proportion) -> Figures:
    return {"share": found.value, "low": found.low, "high": found.high}


def of_change(change: Change) -> Figures:
    return {"change": change.difference, "low": change.low, "high": change.high, "noise": change.is_noise}


def check_share(row: Row) -> Figures:
    return of_proportion(share(int(row["count"]), int(row["of"])))


def check_waiting(row: Row) -> Figures:
    ends = {"gone on after": waits.GONE_ON, "left after": waits.LEFT, "still waiting after": waits.UNDECIDED}
    pairs = [(days, how) for column, how in ends.items() for days in numbers(row[column])]
    found = waits.waiting(waits.count_durations(*zip(*pairs, strict=True)))
    return {
        "n": found.n,
        "within 1 day": found.gone_on_within_1_day,
        "within 7 days": found.gone_on_within_7_days,
        "within 30 days": found.gone_on_within_30_days,
        "median days": found.median_days,
    }


def answers_in(row: Row) -> experience.Answers:
    return experience.Answers(
        row["touchpoint"], row["stage"], int(row["n"]), number(row["sum"]), number(row["squares"])
    )


def check_experience_scores(rows: list[Row]) -> list[Figures]:
    scores = experience.experience_scores([answers_in(row) for row in rows])
    return [
        {
            "mean": found.raw_mean,
            "B": found.prior_weight,
            "score": found.absolute,
            "difference": found.difference,
            "low": found.low,
            "high": found.high,
            "drawn": found.drawn,
        }
        for found in (scores[row["touchpoint"]] for row in rows)
    ]


def check_journey_mean(row: Row) -> Figures:
    pairs = [re.split(r" of ", part) for part in row["sums"].split(",")]
    given = [experience.Answers(str(i), "", int(n), number(total), 0.0) for i, (total, n) in enumerate(pairs)]
    return {"journey mean": experience.journey_mean(given)}


def check_labels(rows: list[Row]) -> list[Figures]:
    scores = experience.experience_scores([answers_in(row) for row in rows])
    found = [scores[row["touchpoint"]] for row in rows]
    return [{"difference": one.difference, "label": one.label or "none"} for one in found]


def check_experience_change(rows: list[Row]) -> list[Figures]:
    def period(name: str) -> list[experience.Answers]:
        sums = [numbers(row[name]) for row in rows]
        return [
            experience.Answers(row["touchpoint"], row["stage"], int(n), total, squares)
            for row, (n, total, squares) in zip(rows, sums, strict=True)
        ]

    scores = experience.experience_scores(period("now"), period("before"))
    found = [scores[row["touchpoint"]] for row in rows]
    return [{"change": one.change, "noise": one.change_is_noise} for one in found]


def check_q_values(rows: list[Row]) -> list[Figures]:
    p = [number(row["p"]) for row in rows]
    return [
        {"q": q, "finding": finding}
        for q, finding in zip(multiplicity.q_values(p), multiplicity.findings(p), strict=True)
    ]


def check_share_change(row: Row) -> Figures:
    now = share(int(row["now"]), int(row["of"]))
    return of_change(difference(now, share(int(row["before"]), int(row["of before"]))))


def check_nps(row: Row) -> Figures:
    found = nps.nps(nps.NpsCounts(int(row["promoters"]), int(row["passives"]), int(row["detractors"])))
    return {
        "n": found.n,
        "score": found.value,
        "low": found.low,
        "high": found.high,
        "small sample": found.is_small_sample,
    }


def check_nps_answers(row: Row) -> Figures:
    counts = nps.nps_counts(counted(row["answers"]))
    return {
        "promoters": counts.promoters,
        "passives": counts.passives,
        "detractors": counts.detractors,
        "score": nps.nps(counts).value,
    }


def check_nps_change(row: Row) -> Figures:
    change = nps.nps_change(nps.NpsCounts(*numbers(row["now"])), nps.NpsCounts(*numbers(row["before"])))
    return {**of_change(change), "detectable": change.detectable}


def check_csat(row: Row) -> Figures:
    found = csat.csat(counted(row["answers"]))
    satisfied = found.satisfied
    return {
        "n": found.n,
        "satisfied": satisfied.value,
        "low": satisfied.low,
        "high": satisfied.high,
        "mean": found.mean.value,
    }


def check_ces(row: Row) -> Figures:
    found = ces.ces(counted(row["answers"]))
    return {
        "n": found.n,
        "mean": found.mean.value,
        "low": found.mean.low,
        "high": found.mean.high,
        "easy": found.easy.value,
    }


def check_repeat_counts(row: Row) -> Figures:
    seconds = [None if cell.strip() == "–" else number(cell) for cell in row["second orders"].split(",")]
    orders = [repeat_purchase.FirstOrder(*pair) for pair in zip(numbers(row["first orders"]), seconds, strict=True)]
    returned, followed = repeat_purchase.repeat_counts(orders, number(row["data until"]))
    return {"returned": returned, "followed": followed}


def check_success(row: Row) -> Figures:
    over = int(row["journeys over"])
    found = share(over - int(row["dropped out"]), over)
    return {"success": found.value, "low": found.low, "high": found.high}


def check_money(row: Row) -> Figures:
    pairs = [part.split() for part in row["amounts"].split(",")]
    sums = money.sum_by_currency((currency, Decimal(amount)) for currency, amount in pairs)
    return {"sums": ", ".join(f"{currency} {amount}" for currency, amount in sums.items())}


def check_drift(row: Row) -> Figures:
    def everywhere(cell: str) -> np.ndarray:
        return np.tile(np.array(numbers(cell)), (DRIFT_BUCKETS, 1))

    found = drift.drift(everywhere(row["now"]), everywhere(row["before"]))
    return {"distance": found.distance, "p": found.p, "changed": found.has_drifted}


def check_silent(row: Row) -> Figures:
    last = None if row["last event"] == "–" else datetime.fromisoformat(row["last event"])
    return {"silent": staleness.is_silent(last, datetime.fromisoformat(row["data until"]))}


def check_counts(rows: list[Row]) -> list[Figures]:
    touchpoints = {one.id: one for one in measured_example().touchpoints}
    shares = {
        "reach": "reach",
        "went on": "went_on",
        "dropped out": "dropped_out",
        "loops": "loops",
        "channel switches": "channel_switches",
    }
    found = []
    for one in (touchpoints[row["touchpoint"]] for row in rows):
        figures: Figures = {"events": one.events, "visits": one.visits, "customers": one.customers}
        for column, name in shares.items():
            value = getattr(one, name)
            figures[column] = f"{value.count} of {value.of}"
        found.append(figures)
    return found


CHECKS: dict[str, Callable[[list[Row]], Iterable[Figures]]] = {
    **DECISIONS,
    **IDENTITY,
    **CONFORMANCE,
    **CUSTOMER,
    **PATHS,
    **PERIODS,
    **STRATEGY,
    **VALUE,
    **ARCHETYPES,
    **ATTRIBUTION,
    **EFFECTS,
    **PAINS,
    **EXPERIMENTS,
    **IMPROVEMENTS,
    **FUNNEL,
    "share": each(check_share),
    "share-of-visits": each(lambda row: {"share": int(row["count"]) / int(row["visits"])}),
    "share-change": each(check_share_change),
    "waiting": each(check_waiting),
    "experience": each(
        lambda row: {"experience": experience.experience(*(number(row[name]) for name in ("score", "min", "max")))}
    ),
    "experience-scores": check_experience_scores,
    "experience-change": check_experience_change,
    "journey-mean": each(check_journey_mean),
    "labels": check_labels,
    "q-values": check_q_values,
    "nps": each(check_nps),
    "nps-answers": each(check_nps_answers),
    "nps-change": each(check_nps_change),
    "csat": each(check_csat),
    "satisfied": each(
        lambda row: {"satisfied": csat.is_satisfied(*(number(row[name]) for name in ("answer", "min", "max")))}
    ),
    "ces": each(check_ces),
    "ces-change": each(lambda row: of_change(ces.ces_change(counted(row["now"]), counted(row["before"])))),
    "conversion": each(lambda row: of_proportion(conversion(int(row["buyers"]), int(row["visitors"])))),
    "repeat-counts": each(check_repeat_counts),
    "repeat-purchase": each(
        lambda row: of_proportion(repeat_purchase.repeat_purchase(int(row["returned"]), int(row["followed"])))
    ),
    "success": each(check_success),
    "retries": each(
        lambda row: {
            "retries per customer": functional.retries_per_customer(
                int(row["visits"]), int(row["journeys that came here"])
            )
        }
    ),
    "effort": each(
        lambda row: {
            "mean effort of 7": functional.effort_of_seven(
                int(row["n"]), number(row["sum of the answers on −100…+100"])
            )
        }
    ),
    "money": each(check_money),
    "drift": each(check_drift),
    "example": each(lambda row: {"customer": int(row["customer"])}),
    "counts": check_counts,
    "silent": each(check_silent),
}
