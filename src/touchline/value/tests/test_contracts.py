from __future__ import annotations

import json

import numpy as np
import pytest

from touchline.engine.deriving import bring_up_to_date
from touchline.events.facade import import_files
from touchline.formulas.cannot_say import CannotSay
from touchline.value import facade
from touchline.value.rules.assumptions import Assumptions
from touchline.value.rules.contracts import MONTH_DAYS, Contracts, cohort, contract_figures


def running_for(months: list[float], ended: list[bool], ages: list[float], pays: float = np.nan) -> Contracts:
    """Contracts begun so many months before day 1000, with how long they ran."""
    started = np.array([1000 - round(age * MONTH_DAYS) for age in ages])
    lasted = np.array([round(month * MONTH_DAYS) for month in months])
    ends = np.where(ended, started + lasted, np.nan)
    return Contracts(started, ends, np.full(len(ages), pays), np.full(len(ages), "EUR"), 1000)


def test_a_cohort_is_followed_month_by_month():
    # Forty contracts begun 3.5 months ago: ten end after a month and a half, five a little before the third is over; ten begun lately.
    found = running_for(
        [1.5] * 10 + [2.8] * 5 + [3.5] * 25 + [0.5] * 10,
        [True] * 15 + [False] * 35,
        [3.5] * 40 + [0.5] * 10,
    )

    assert cohort(found) == [40, 40, 30, 25]
    figures = contract_figures(found, Assumptions())
    assert (figures.contracts, figures.running) == (50, 35)
    # Of the 30 that ran a month before the end, five ended within it.
    assert (figures.lost.count, figures.lost.of) == (5, 30)
    assert figures.why == "0 contracts say what they pay a month; 30 are needed."


def test_what_a_new_contract_will_bring():
    # Chances to leave vary as a beta(1, 3): 3/4 renew first, of those 4/5, then 5/6 ... after k months 3 / (3 + k).
    lasted = np.concatenate([np.full(round(4000 * (3 / (3 + k) - 3 / (4 + k))), k + 0.5) for k in range(12)])
    stay = 4000 - len(lasted)
    found = running_for(
        [*lasted, *[12.4] * stay], [True] * len(lasted) + [False] * stay, [12.4] * (len(lasted) + stay), pays=10.0
    )

    figures = contract_figures(found, Assumptions(margin=0.5, discount_a_year=0.0, horizon_months=3))

    assert figures.first_month.value == pytest.approx(3 / 4, abs=0.01)
    assert figures.first_month.low < figures.first_month.value < figures.first_month.high
    assert figures.twelfth_month.value == pytest.approx(14 / 15, abs=0.01)
    assert figures.forecast[0].value == 1
    assert figures.forecast[12].value == pytest.approx(3 / 15, abs=0.01)  # S(12) = 3 / (3 + 12)
    assert figures.backtest.startswith("Tried on the last 4 of the first 12 months of 4,000 contracts: ")
    assert figures.backtest_ratio.low < 1 < figures.backtest_ratio.high
    assert figures.each.value == pytest.approx(5 * (1 + 3 / 4 + 3 / 5), rel=0.01)
    assert figures.each.low < figures.each.value < figures.each.high
    assert figures.median_months == pytest.approx(2.5, abs=0.05)  # S = 3 / (3 + 3)
    assert figures.median_low <= figures.median_months <= figures.median_high
    assert figures.curve[0].share == pytest.approx(3 / 4, abs=0.01)
    assert figures.curve[0].low < figures.curve[0].share < figures.curve[0].high


def test_contracts_about_which_little_can_be_said():
    young = running_for([0.5] * 40, [False] * 40, [0.5] * 40)
    loyal = running_for([5] * 40, [False] * 40, [5] * 40)

    assert isinstance(cohort(young), CannotSay)
    assert contract_figures(young, Assumptions()).why.startswith("Fewer than 30 contracts began two months ago")
    assert contract_figures(loyal, Assumptions()).why.startswith("Nobody of this cohort has left yet")
    nobody = running_for([], [], [])
    assert contract_figures(nobody, Assumptions()) is None


def test_contracts_are_read_from_events_and_shown_without_any_order(client, page_workspace, tmp_path):
    calls = []
    for number in range(40):
        told = [("Contract Started", "2026-01-05"), *([("Contract Ended", "2026-02-20")] if number < 10 else [])]
        for event, day in told:
            properties = {"contract_id": f"k{number}", "value": 10, "currency": "EUR"}
            call = {"type": "track", "event": event, "userId": f"c{number}", "messageId": f"{event}{number}"}
            calls.append(json.dumps({**call, "timestamp": f"{day}T10:00:00Z", "properties": properties}))
    calls.append(
        json.dumps(
            {
                "type": "track",
                "event": "Product Viewed",
                "userId": "c1",
                "messageId": "last",
                "timestamp": "2026-05-01T10:00:00Z",
            }
        )
    )
    (tmp_path / "calls.jsonl").write_text("\n".join(calls), "utf-8")
    import_files(page_workspace, [tmp_path / "calls.jsonl"], accept_proposals=True)
    bring_up_to_date(page_workspace)

    figures = facade.value_report(page_workspace).contracts
    page = client.get("/value").content.decode()

    assert (figures.contracts, figures.running) == (40, 30)
    assert (figures.lost.count, figures.lost.of) == (0, 30)
    assert figures.each is not None
    assert "40 contracts, 30 of them running." in page
    assert "Chart: share of contracts that still run" in page
    assert "75.0%" in page  # thirty of forty, after a month and a half
    assert "monthly renewals forecast" in page
    assert "There are no orders yet." in page
