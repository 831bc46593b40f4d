from __future__ import annotations

from typing import get_args

import pytest

from touchline.formulas.evidence_grade import ASKED, BEST, NEEDED, CheckName, Design, graded, promoted_by


@pytest.mark.parametrize(
    ("design", "letter"),
    [
        ("experiment", "A"),
        ("differences", "B"),
        ("synthetic control", "B"),
        ("interrupted series", "B"),
        ("visits", "C"),
    ],
)
def test_a_design_earns_its_grade_only_with_every_check_it_needs(design: Design, letter: str) -> None:
    checks = dict.fromkeys(NEEDED[design], "passed")
    assert graded(design, checks).grade.letter == letter
    for name in NEEDED[design]:
        assert graded(design, {**checks, name: "failed"}).grade.letter == "D"
        assert graded(design, {**checks, name: "not done"}).grade.letter == "D"
        assert graded(design, {key: value for key, value in checks.items() if key != name}).missing == (name,)


@pytest.mark.parametrize("design", get_args(Design))
def test_nothing_lifts_a_grade_above_its_design(design: Design) -> None:
    everything = graded(design, dict.fromkeys(get_args(CheckName), "passed")).grade

    assert everything is BEST[design]
    assert BEST["before-after"].letter == "D"
    assert BEST["opinion"].letter == "E"


def test_a_check_nobody_needs_vetoes_too_when_it_fails() -> None:
    checks = dict.fromkeys(NEEDED["visits"], "passed")

    assert graded("visits", {**checks, "specification": "not done"}).grade.letter == "C"
    assert graded("visits", {**checks, "specification": "failed"}).because == (
        "Checked and failed: whether other ways of asking agree."
    )


def test_why_it_is_no_better() -> None:
    assert graded("visits", {"overlap": "passed", "robustness": "passed"}).because == (
        "Not checked: whether nothing is found before the visit."
    )
    assert graded("before-after", {}).because.startswith("Earned by two things that go together")


def test_money() -> None:
    shown = {design: BEST[design].money for design in get_args(Design)}
    assert (shown["experiment"], shown["visits"], shown["before-after"], shown["opinion"]) == (
        "amount",
        "amount if causal",
        "range only",
        "none",
    )
    assert not BEST["association"].may_be_summed
    assert not BEST["opinion"].has_figures


def test_what_would_earn_a_better_grade() -> None:
    assert [promoted_by(design) for design in ("opinion", "association", "visits", "differences", "experiment")] == [
        "association",
        "visits",
        "differences",
        "experiment",
        None,
    ]


def test_every_check_is_said_in_words() -> None:
    assert set(ASKED) == set(get_args(CheckName))
