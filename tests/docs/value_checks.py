"""Worked tables of value: lifetime value, money at stake, survival, churn."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np

from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.draws import normal_draws
from touchline.formulas.joint_loss import Cycles, joint_loss, joint_model
from touchline.formulas.lapsed import silence_limit, tenures
from touchline.formulas.lifetime.contracts import fit_contracts
from touchline.formulas.lifetime.fitting import MODELS
from touchline.formulas.lifetime.histories import Histories
from touchline.formulas.lifetime.kept import gained_purchases
from touchline.formulas.lifetime.margin_value import WEEKS_A_MONTH, discounted_purchases
from touchline.formulas.lifetime.renewals_back_test import back_test_renewals
from touchline.formulas.lifetime.spend import GammaGamma
from touchline.formulas.money_at_stake import Suffering, amount_of, money_at_stake
from touchline.formulas.survival.kaplan_meier import mean_time, mean_time_difference, survival
from touchline.formulas.survival.log_rank import log_rank
from touchline.formulas.worth_fixing import worth_fixing

Row = dict[str, str]
Figures = dict[str, object]
Check = Callable[[list[Row]], Iterable[Figures]]


def by_row(check: Callable[[Row], Figures]) -> Check:
    return lambda rows: [check(row) for row in rows]


def number(cell: str) -> float:
    return float(cell.replace("−", "-").removesuffix(" %")) / (100 if cell.endswith(" %") else 1)


def numbers(cell: str) -> list[float]:
    return [number(part) for part in cell.split(",")]


def history(row: Row) -> Histories:
    told = (row["bought again"], row["last after weeks"], row["known for weeks"])
    return Histories(*(np.array([number(cell)]) for cell in told))


def expected_purchases(row: Row) -> Figures:
    model, one = MODELS[row["model"].partition("/")[0].lower()](*numbers(row["parameters"])), history(row)
    return {
        "still there": model.alive(one)[0],
        "purchases in 39 weeks": model.expected(one, 39)[0],
        "worth of 24 months at 10 %": discounted_purchases(model, one, 24 * WEEKS_A_MONTH, 0.1)[0],
    }


def kept_customer(row: Row) -> Figures:
    model = MODELS["mbg"](*numbers(row["parameters"]))
    return {"purchases gained": gained_purchases(model, history(row), 90, 24, 0.1)[0]}


def spend(row: Row) -> Figures:
    model = GammaGamma(*(number(row[name]) for name in "pqv"))
    return {"next purchase": model.expected(np.array([number(row["purchases"])]), np.array([number(row["mean"])]))[0]}


def contracts(row: Row) -> Figures:
    model = fit_contracts(numbers(row["cohort at the start and after each renewal"]))
    assert not isinstance(model, CannotSay)
    retention = model.retention(4)
    return {
        "α": model.alpha,
        "β": model.beta,
        "first renewal": retention[0],
        "fourth renewal": retention[3],
        "there after 7": model.survival(7)[7],
    }


def renewals_back_test(row: Row) -> Figures:
    found = back_test_renewals(numbers(row["cohort at the start and after each renewal"]))
    assert not isinstance(found, CannotSay)
    return {
        "seen": found.seen,
        "held out": found.held_out,
        "forecast": found.forecast,
        "came": found.actual,
        "ratio": found.ratio,
    }


def stake(row: Row) -> Figures:
    suffering = Suffering(
        int(row["bad visits"]), number(row["months"]), number(row["effect"]), number(row["standard error"])
    )
    found = money_at_stake("x", suffering, normal_draws("value", number(row["value"]), number(row["its error"])))
    if isinstance(found, CannotSay):
        return {"median": None, "at least, 90 % sure": None, "at most": None}
    return {"median": found.median, "at least, 90 % sure": found.sure, "at most": found.high}


def joint(row: Row) -> Figures:
    """Four groups of as many customers: late only, rude only, both, neither; so many of each are lost."""
    size = int(row["cycles"].split("×")[1])
    groups = (("lost with late", 1, 0), ("lost with rude", 0, 1), ("lost with both", 1, 1), ("lost with neither", 0, 0))
    had = np.repeat([[late, rude] for _, late, rude in groups], size, axis=0).astype(bool)
    stayed = np.concatenate([np.arange(size) >= int(row[column]) for column, *_ in groups])
    cycles = Cycles(("late", "rude"), had, np.zeros((4 * size, 0)), stayed, np.arange(4 * size))
    found = joint_loss(joint_model(cycles), ("late", "rude"), np.ones(4000), 1)
    assert not isinstance(found, CannotSay)
    return {
        "late costs, alone": found.pains["late"].stand_alone.median,
        "rude costs, alone": found.pains["rude"].stand_alone.median,
        "together": found.total.median,
    }


def fixing(row: Row) -> Figures:
    loss = amount_of(normal_draws("loss", number(row["loss a month"]), number(row["its error"])))
    found = worth_fixing(loss, number(row["cost"]), share_avoided=number(row["takes away"]))
    assert not isinstance(found, CannotSay)
    return {
        "net within 24 months": found.net.median,
        "chance to pay": found.chance_to_pay,
        "perfect information": found.perfect_information,
    }


def durations(cell: str) -> tuple[list[float], list[bool]]:
    """Times apart by blanks; + was not followed for longer."""
    times = cell.split()
    return [number(time.removesuffix("+")) for time in times], [not time.endswith("+") for time in times]


def curve(row: Row) -> Figures:
    lasted, ended = durations(row["lasted"])
    found = survival(lasted, ended)
    names = ("n", "ended", "median", "after 10", "low", "high", "mean within 20")
    if isinstance(found, CannotSay):
        return dict.fromkeys(names[1:]) | {"n": len(lasted)}
    within, after = mean_time(found, 20), found.share_after(10)
    mean = None if isinstance(within, CannotSay) else within.value
    return dict(zip(names, (found.n, found.ended, found.median, *(after or (None,) * 3), mean), strict=True))


def difference(row: Row) -> Figures:
    one, other = durations(row["one group"]), durations(row["the other"])
    found = mean_time_difference(survival(*one), survival(*other))
    test = log_rank(one[0] + other[0], one[1] + other[1], [0] * len(one[0]) + [1] * len(other[0]))
    assert not isinstance(found, CannotSay)
    assert not isinstance(test, CannotSay)
    return {
        "limit": found.limit,
        "longer by": found.value,
        "low": found.low,
        "high": found.high,
        "log-rank χ²": test.chi_square,
    }


def silence(row: Row) -> Figures:
    """'1 to 30', or '10 to 300 by tens'."""
    first, last = (int(part) for part in row["gaps in days"].removesuffix(" by tens").split(" to "))
    gaps = range(first, last + 1, 10 if row["gaps in days"].endswith("tens") else 1)
    found = silence_limit(np.repeat(np.arange(len(gaps)), 2), np.array([[0, gap] for gap in gaps]).ravel())
    return {"limit": None if isinstance(found, CannotSay) else found.days}


def tenure(row: Row) -> Figures:
    days = np.array([int(day) for day in row["orders on days"].split(",")])
    found = tenures(np.ones(len(days), dtype=np.int64), days, int(row["data until"]), number(row["limit"]))
    followed = len(found.days) > 0
    return {
        "followed": followed,
        "days of buying": int(found.days[0]) if followed else None,
        "ended": bool(found.ended[0]) if followed else None,
    }


VALUE: dict[str, Check] = {
    "expected-purchases": by_row(expected_purchases),
    "kept-customer": by_row(kept_customer),
    "spend": by_row(spend),
    "contracts": by_row(contracts),
    "renewals-back-test": by_row(renewals_back_test),
    "money-at-stake": by_row(stake),
    "joint-loss": by_row(joint),
    "worth-fixing": by_row(fixing),
    "survival": by_row(curve),
    "survival-difference": by_row(difference),
    "silence-limit": by_row(silence),
    "tenures": by_row(tenure),
}
