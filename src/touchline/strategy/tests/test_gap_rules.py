"""Which gaps are proposed, and what becomes of those that were kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from touchline.strategy.rules.answers import Answer, counts
from touchline.strategy.rules.areas import AREAS
from touchline.strategy.rules.gap import (
    FoundPain,
    Gap,
    answer_now,
    candidates,
    checked,
    experience_now,
    standing,
)
from touchline.strategy.rules.problem import StrategyError
from touchline.strategy.rules.scorecard import Felt, Scorecard, ScoreLine, leaving

GIVEN = datetime(2026, 9, 1)  # noqa: DTZ001 - the store's times are naive UTC


def line(name: str, felt: Felt | None, customers: int = 400) -> ScoreLine:
    answers = felt.answers if felt else 3
    return ScoreLine(
        name, name.capitalize(), "Purchase", "", customers, 500, 0.5, 0.4, 0.6, felt, answers, None, True, None, ()
    )


CARD = Scorecard(
    (
        line("payment", Felt(-23, -31, -15, 40)),
        line("basket", Felt(5, -4, 14, 40)),
        line("search", None),
        line("returns", Felt(-40, -60, -20, 7)),
    ),
    "all customers",
    None,
    None,
)


def pain(grade: str, money: str = "") -> FoundPain:
    return FoundPain(
        f"payment~{grade}", "Payment", "Errors", "Errors are associated with less buying.", grade, money, 0.031
    )


def answered(question: str, answer: str) -> Answer:
    return Answer(question, answer, "", "Mia", GIVEN)


def evidence_of(*asked) -> list[str]:
    return [each.evidence for each in candidates(*asked)]


def test_pains_with_a_grade_from_c_on_or_with_money_are_proposed():
    found = [pain("C"), pain("D"), replace(pain("D", "€2k a month"), id="payment~priced")]

    assert evidence_of(found, CARD, None, (), ()) == ["pain:payment~C", "pain:payment~priced"]
    first = candidates(found, CARD, None, (), ())[0]
    assert first.what_is == "Errors are associated with less buying. Evidence grade C. No amount may be shown."
    assert first.should_be == "Errors at Payment is no more frequent than elsewhere in its stage (3.1% of visits)."


@pytest.mark.parametrize(
    ("target", "proposed"),
    [
        (None, []),
        (-15, []),
        (-14, ["experience:payment"]),
        (14, ["experience:payment"]),
        (15, ["experience:payment", "experience:basket"]),
    ],
)
def test_a_touchpoint_is_proposed_when_its_whole_interval_lies_below_the_target(target, proposed):
    # Returns rests on seven answers: too few for a claim that may leave the workspace.
    assert evidence_of((), CARD, target, (), ()) == proposed


def test_what_holds_not_at_all_or_partly_is_proposed():
    given = [
        answered("people.owner", "partly"),
        answered("people.skills", "mostly"),
        answered("people.time", "not at all"),
        answered("data.joined", "does not apply"),
        answered("experience_economy.theme", "partly"),
    ]

    assert evidence_of((), CARD, None, AREAS, given) == ["answer:people.owner", "answer:people.time"]
    assert counts(AREAS[0], given).words == "1 not at all, 1 partly, 1 mostly"
    assert counts(AREAS[1], given).words == "none of 3 answered"


def test_a_kept_gap_says_when_its_evidence_is_gone():
    gap = Gap(1, "experience:payment", "Payment", "Experience of Payment is −40.")
    proposed = {each.evidence: each for each in candidates((), CARD, 0, (), ())}

    assert standing(gap, proposed, "").is_supported
    assert standing(gap, proposed, "").sentence.endswith("below the target of 0.")
    gone = standing(gap, {}, experience_now(CARD, -20, "payment"))
    assert gone.is_supported is False
    assert gone.sentence == (
        "Its evidence no longer supports it. Experience of Payment is −23 (80% interval −31 to −15, 40 answers): its interval "
        "reaches the target of −20."
    )
    assert gone.gap.what_is == "Experience of Payment is −40."
    assert standing(replace(gap, evidence=""), {}, "").is_supported is None


def test_why_evidence_is_gone():
    assert experience_now(CARD, None, "payment") == "No target is set any more."
    assert experience_now(CARD, 0, "gone") == "The journey has no touchpoint “gone” any more."
    assert experience_now(CARD, 0, "search") == "3 answers were given here; a score takes five."
    assert answer_now("people.owner", ()) == "The answer was taken back."
    assert answer_now("people.owner", [answered("people.owner", "mostly")]) == (
        "It was answered “mostly” on 1 September 2026 by Mia."
    )


@pytest.mark.parametrize(
    ("gap", "said"),
    [
        (Gap(0, "", "", " "), "A gap needs a sentence"),
        (Gap(0, "", "", "x", state="dismissed"), "Dismissing a gap needs a reason"),
        (Gap(0, "", "", "x", state="lost"), "There is no state “lost”"),
        (Gap(0, "", "", "x" * 2_001), "What is has 2,001 characters; up to 2,000 are kept."),
    ],
)
def test_a_gap_that_lacks_something_is_refused_in_words(gap, said):
    with pytest.raises(StrategyError, match=said):
        checked(gap)


def test_what_rests_on_fewer_than_ten_stays_at_home():
    card = replace(CARD, lines=(*CARD.lines, line("store", Felt(1, 0, 2, 90), customers=9)))
    found = leaving(card)

    assert [each.touchpoint for each in found.lines] == ["payment", "basket", "search", "returns"]
    assert found.line("returns").felt is None
    assert found.line("returns").felt_why == "Fewer than ten answers: they stay in the workspace."
    assert "with them 1 of 5 touchpoints" in found.about
