"""Each kind of symptom in a world of a few typed events, and that a new kind needs nothing but its folder."""

from __future__ import annotations

import sys
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest

from touchline.engine.question import run
from touchline.engine.workspace import Workspace
from touchline.events.facade import UNDATED
from touchline.journeys.facade import PlannedOrder, PlannedStep, load_definition, refresh, save_definition
from touchline.pains import symptoms
from touchline.pains.conftest import START, Happened, Make, shop
from touchline.pains.questions.facts import ReadFacts
from touchline.pains.questions.history import read_known
from touchline.pains.symptoms.catalogue import all_symptoms, symptom_named
from touchline.segments.facade import Scope, compile_scope

DELIVERED = "Order Delivered"
BAD_AND_FINE = {
    "errors": (
        [Happened(1, 1, "Checkout Started"), Happened(1, 1.01, "Script Error Occurred"), Happened(2, 2, "Checkout Started")],
        {(1, "checkout"): True, (2, "checkout"): False},
    ),
    "frustration": (
        [Happened(1, 1, "Cart Viewed"), Happened(1, 1.001, "Rage Click Detected"), Happened(2, 2, "Cart Viewed")],
        {(1, "basket"): True, (2, "basket"): False},
    ),
    "slow_page": (
        [
            Happened(1, 1, "Cart Viewed"), Happened(1, 1.001, "Web Vitals Measured", properties='{"lcp_rating": "poor"}'),
            Happened(2, 1, "Cart Viewed"), Happened(2, 1.001, "Web Vitals Measured", properties='{"lcp_rating": "good"}'),
            Happened(3, 1, "Cart Viewed"),
        ],
        {(1, "basket"): True, (2, "basket"): False},
    ),
    "low_score": (
        [
            Happened(1, 1, "Checkout Started", score=2), Happened(2, 1, "Checkout Started", score=4),
            Happened(3, 1, "Checkout Started"),
        ],
        {(1, "checkout"): True, (2, "checkout"): False},
    ),
    "broken_promise": (
        [
            Happened(1, 0, "Order Completed", order="a", properties='{"promised_delivery": "2025-01-08"}'),
            Happened(1, 3.1, DELIVERED, order="a"),
            Happened(2, 0, "Order Completed", order="b", properties='{"promised_delivery": "2025-01-08"}'),
            Happened(2, 2.9, DELIVERED, order="b"),
            Happened(3, 0, "Order Completed", order="c"), Happened(3, 9, DELIVERED, order="c"),
        ],
        {(1, "delivery"): True, (2, "delivery"): False},
    ),
    "repeat_contact": (
        [
            Happened(1, 1, "Ticket Created"), Happened(1, 7, "Ticket Created"), Happened(2, 1, "Ticket Created"),
            Happened(2, 9, "Ticket Created"), Happened(3, 30, "Cart Viewed"),
        ],
        {(1, "support"): True, (2, "support"): False},
    ),
    "returns": (
        [
            Happened(1, 1, "Order Completed", order="a"), Happened(1, 20, "Order Refunded", order="a"),
            Happened(2, 1, "Order Completed", order="b"), Happened(2, 45, "Order Refunded", order="b"),
            Happened(3, 90, "Cart Viewed"),
        ],
        {(1, "order"): True, (2, "order"): False},
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", BAD_AND_FINE)
def test_bad_and_fine_visits(make: Make, kind: str):
    events, expected = BAD_AND_FINE[kind]
    workspace = make(events)
    refresh(workspace)
    known = read_known(workspace, Scope())
    assert known is not None

    visits, definition = known.facts.visits, known.definition
    judged: dict[tuple[int, str], bool] = {}
    for trial in (each for each in known.trials() if each.symptom == kind):
        for visit, bad in zip(trial.visit.tolist(), trial.bad.tolist(), strict=True):
            key = (int(visits.customer[visit]), definition.touchpoints[trial.touchpoint].id)
            judged[key] = judged.get(key, False) or bad

    assert {key: bad for key, bad in judged.items() if key in expected} == expected
    assert not any(bad for key, bad in judged.items() if key not in expected)


def judged_by(kind: str, workspace: Workspace) -> dict[tuple[int, str, int], bool]:
    """By customer, touchpoint and day: whether the visit was bad."""
    known = read_known(workspace, Scope())
    assert known is not None
    visits, definition = known.facts.visits, known.definition
    begin = int(np.datetime64(START, "us").astype(np.int64))
    return {
        (
            int(visits.customer[visit]),
            definition.touchpoints[trial.touchpoint].id,
            int((visits.time[visit] - begin) // 86_400_000_000),
        ): bad
        for trial in known.trials()
        if trial.symptom == kind
        for visit, bad in zip(trial.visit.tolist(), trial.bad.tolist(), strict=True)
    }


PLANNED = PlannedOrder(
    tuple(PlannedStep((name,), repeatable=True) for name in ("help", "basket", "checkout", "order", "delivery"))
)


def test_going_back_is_judged_by_what_came_before(make: Make):
    workspace = make(
        [
            Happened(1, 1, "Page Viewed"), Happened(1, 2, "Cart Viewed"), Happened(1, 3, "Checkout Started"),
            Happened(1, 4, "Cart Viewed"),
            Happened(2, 1, "Page Viewed"), Happened(2, 2, "Cart Viewed"), Happened(2, 3, "Checkout Started"),
            Happened(2, 4, "Page Viewed"), Happened(2, 5, "Cart Viewed"),
        ]
    )  # fmt: skip
    refresh(workspace)
    assert judged_by("deviation", workspace) == {}  # nothing planned: nothing to go back from

    save_definition(workspace, replace(load_definition(workspace), planned=PLANNED))
    refresh(workspace)

    assert judged_by("deviation", workspace) == {
        (1, "basket", 2): False, (1, "checkout", 3): False, (1, "basket", 4): True,
        (2, "basket", 2): False, (2, "checkout", 3): False,
        (2, "basket", 5): False,  # looked around again first, so the plan began anew
    }  # fmt: skip


def test_facts_without_a_time_are_known_before_no_visit(make: Make):
    long_ago = (UNDATED.replace(tzinfo=None) - START).days
    workspace = make(
        [
            Happened(1, long_ago, "Profile Updated", properties='{"total_orders": 9}'),
            Happened(1, 0, "Profile Updated", properties='{"country": "DE"}'),
            Happened(1, 1, "Cart Viewed"),
        ]
    )
    refresh(workspace)
    known = read_known(workspace, Scope())

    assert known is not None
    assert known.facts.traits.key.tolist() == ["country"]


def test_eight_buckets_answer_as_one(make: Make):
    workspace = make(shop(80, loss=0.2))
    refresh(workspace)
    until = int(np.datetime64(START, "us").astype(np.int64)) + 400 * 86_400_000_000
    question = ReadFacts(load_definition(workspace), compile_scope(workspace, Scope()), all_symptoms(), until)

    one, eight = run(question, workspace.store, 1), run(question, workspace.store, 8)

    assert_same(one, eight)
    assert len(one.found["errors"].visit) > 10


def assert_same(one: object, other: object) -> None:
    for each in fields(one):  # type: ignore[arg-type]
        a, b = getattr(one, each.name), getattr(other, each.name)
        if isinstance(a, np.ndarray):
            np.testing.assert_array_equal(a, b)
        elif isinstance(a, dict):
            for name in a:
                assert_same(a[name], b[name])
        else:
            assert_same(a, b)


TEMPLATE = """
from touchline.pains.symptoms.protocol import EventSymptom

SYMPTOM = EventSymptom(
    name="coupon_refused", title="Coupon refused", happened="a coupon was refused",
    tells="Bad: a coupon was refused. Fine: none was.", events=("Coupon Denied",),
)
"""


def test_a_new_kind_is_a_new_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make: Make):
    (tmp_path / "coupon_refused").mkdir()
    (tmp_path / "coupon_refused" / "__init__.py").write_text(TEMPLATE)
    monkeypatch.setattr(symptoms, "__path__", [*symptoms.__path__, str(tmp_path)])
    all_symptoms.cache_clear()
    try:
        assert symptom_named("coupon_refused").title == "Coupon refused"
        workspace = make(
            [Happened(1, 1, "Cart Viewed"), Happened(1, 1.001, "Coupon Denied"), Happened(2, 2, "Cart Viewed")]
        )
        refresh(workspace)
        known = read_known(workspace, Scope())
        assert known is not None
        assert [each.bad.tolist() for each in known.trials() if each.symptom == "coupon_refused"] == [[True, False]]
    finally:
        all_symptoms.cache_clear()
        sys.modules.pop("touchline.pains.symptoms.coupon_refused", None)


def test_an_unknown_kind_names_those_there_are():
    with pytest.raises(LookupError, match="There is no symptom “luck”"):
        symptom_named("luck")
