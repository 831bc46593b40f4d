"""From the audit to the review, on a small shop: payments score +16 on average, the target is 50."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from touchline.improvements import facade as improvements
from touchline.improvements.facade import Improvement
from touchline.improvements.tests.worlds import bring, low_scores
from touchline.strategy import facade
from touchline.strategy.facade import Quarter, Resource, StrategyError
from touchline.strategy.tests.conftest import BEGIN

TODAY = datetime.now(UTC).date()


def payment(card):
    return next(each for each in card.lines if each.touchpoint == "payment")


def test_the_scorecard_is_measured(shop):
    improvements.make_case(shop, Improvement(0, "Say why", touchpoint_id="payment", owner="Mia"))
    card = facade.scorecard(shop)
    line = payment(card)

    assert (line.customers, line.visits, line.reach, line.answers) == (60, 240, 1.0, 240)
    assert line.felt.low < line.felt.value < line.felt.high < 50
    assert line.pain is None
    assert card.pains_why.startswith("Pain points have not been looked for yet")
    assert [(each.title, each.owner) for each in line.remedies] == [("Say why", "Mia")]
    untouched = next(each for each in card.lines if not each.answers)
    assert untouched.felt_why == "No answer was given here; a score takes five."


def test_a_kept_gap_keeps_its_words_when_its_evidence_goes(shop):
    facade.set_target(shop, 50)
    (proposed,) = facade.register(shop).proposed
    assert proposed.evidence == "experience:payment"

    kept = facade.decide(shop, proposed.evidence, owner="Mia")
    made = improvements.make_case(shop, Improvement(0, "Say why", touchpoint_id="payment"))
    facade.change_gap(shop, replace(kept, improvement=made.number, what_is="Payments are refused without a word."))
    found = facade.register(shop)
    assert (found.proposed, [line.improvement.title for line in found.kept]) == ((), ["Say why"])
    assert found.kept[0].standing.is_supported

    facade.set_target(shop, -50)
    (line,) = facade.register(shop).kept
    assert line.gap.what_is == "Payments are refused without a word."
    assert line.standing.is_supported is False
    assert "its interval reaches the target of −50" in line.standing.sentence


def test_a_dismissed_gap_is_not_proposed_again_and_a_closed_one_is(shop):
    facade.set_target(shop, 50)
    with pytest.raises(StrategyError, match="needs a reason"):
        facade.decide(shop, "experience:payment", "dismissed")
    dismissed = facade.decide(shop, "experience:payment", "dismissed", reason="The bank is replaced in May.")
    assert facade.register(shop).proposed == ()

    facade.change_gap(shop, replace(dismissed, state="closed", reason=""))
    found = facade.register(shop)
    assert [each.evidence for each in found.proposed] == ["experience:payment"]
    assert [line.gap.state for line in found.ended] == ["closed"]
    with pytest.raises(StrategyError, match="No gap is proposed by “pain:x”"):
        facade.decide(shop, "pain:x")


def test_answers_are_counted_and_propose_gaps_only_while_their_lens_is_on(shop):
    with pytest.raises(StrategyError, match="There is no question “experience_economy"):
        facade.answer(shop, [("experience_economy.theme", "partly", "")], "Mia")
    facade.switch_lens(shop, "experience_economy", is_on=True)
    assert (
        facade.answer(
            shop, [("experience_economy.theme", "partly", "Only the shop."), ("data.joined", "fully", "")], "Mia"
        )
        == 2
    )
    assert facade.answer(shop, [("data.joined", "fully", "")], "Tom") == 0

    (gap,) = (each for each in facade.register(shop).proposed if each.evidence.startswith("answer:"))
    assert gap.place == "Experience economy"
    assert gap.what_is.endswith("by Mia. Note: Only the shop.")
    facade.decide(shop, gap.evidence)
    facade.switch_lens(shop, "experience_economy", is_on=False)
    (line,) = facade.register(shop).kept
    assert line.standing.sentence == "Its evidence no longer supports it. Its lens is switched off."
    assert len(facade.answers(shop)) == 2


def test_what_nobody_owns_and_what_serves_nothing(shop):
    before = facade.inventory(shop)
    assert "Payment" in before.unowned
    facade.add_resource(shop, Resource(0, "team", "Checkout crew", serves=("payment",), days_a_quarter=30))
    facade.add_resource(shop, Resource(0, "tool", "Old survey tool", cost_a_year=4_000))
    after = facade.inventory(shop)

    assert set(before.unowned) - set(after.unowned) == {"Payment"}
    assert ([each.name for each in after.idle_tools], after.days_a_quarter) == (["Old survey tool"], 30)
    assert facade.import_resources(shop, "kind,name,days_a_quarter\nteam,CHECKOUT CREW,20\nteam,Search,5\n") == 2
    assert facade.inventory(shop).days_a_quarter == 25


def test_proposals_without_a_pain_say_why_they_have_no_place(shop):
    improvements.make_case(shop, Improvement(0, "Say why", touchpoint_id="payment", effort_days=3))
    (line,) = facade.proposals(shop)

    assert line.grade == "E"
    assert "No pain point stands behind it" in line.priority.sentence


def test_the_roadmap_keeps_a_quarter_per_improvement(shop):
    made = improvements.make_case(shop, Improvement(0, "Say why", touchpoint_id="payment", effort_days=42))
    facade.add_resource(shop, Resource(0, "team", "Crew", days_a_quarter=30))
    quarter = facade.quarter_asked("2026-Q4")
    facade.place(shop, made.number, quarter)
    plan = next(each for each in facade.roadmap(shop, date(2026, 11, 1)).quarters if each.quarter == quarter)

    assert plan.sentence == "42 days planned, 30 days available: 12 days too many."
    facade.place(shop, made.number, None)
    assert [each.number for each in facade.roadmap(shop, date(2026, 11, 1)).unplaced] == [made.number]


def test_the_review_compares_with_the_closed_audit_and_calls_noise_noise(shop, tmp_path):
    facade.answer(shop, [("people.owner", "partly", "")], "Mia")
    audit = facade.close_audit(shop, "Mia", "Before the new bank")
    quarter = Quarter(TODAY.year, (TODAY.month + 2) // 3)
    before = facade.review(shop, quarter)
    assert before.moved_why == "No data have come since 29 May 2026, the last day that the audit measured."

    facade.answer(shop, [("people.owner", "mostly", "")], "Mia")
    facade.write_decision(shop, quarter, "The bank is replaced.", "Board", None)
    late = TODAY - timedelta(days=3)
    improvements.make_case(shop, Improvement(0, "Say why", touchpoint_id="payment", next_review=late))
    bring(shop, tmp_path, low_scores(range(4), BEGIN, helped_regions=range(12)), "better.jsonl")
    found = facade.review(shop, quarter)

    assert found.then == audit
    moved = {each.touchpoint: each.sentence for each in found.moved}
    assert moved["payment"].startswith("Rose by ")
    assert moved["basket"] == "Within the noise (+0 points)."
    assert moved["search"] == "Cannot be said: five answers are needed then and since."
    (said,) = found.answers_moved
    assert said.endswith("was answered “partly”, now “mostly”.")
    assert [each.text for each in found.decisions] == ["The bank is replaced."]
    assert [each.title for each in found.overdue] == ["Say why"]
    assert facade.review(shop, quarter.later(-8)).then is None


def test_an_empty_workspace_says_at_each_step_what_is_missing(page_workspace):
    quarter = facade.quarter_asked("2026-Q4")

    assert facade.scorecard(page_workspace).why.startswith("There are no data yet.")
    assert "No target is set" in facade.register(page_workspace).why
    assert facade.proposals(page_workspace) == ()
    assert facade.review(page_workspace, quarter).moved_why == "No audit was closed up to the end of this quarter."
    with pytest.raises(StrategyError, match="There is nothing to close: no question is answered"):
        facade.close_audit(page_workspace, "", "")
    document = facade.pack(page_workspace, quarter)
    assert document.sentence.startswith("There are no data yet.")
    assert [section.id for section in document.sections][:4] == ["scorecard", "answers", "gaps", "proposals"]
