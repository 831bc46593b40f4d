"""Gaps: what is against what should be. Proposed by rules from what was measured and answered, kept by people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from touchline.strategy.rules.answers import ANSWERS, SHORT_OF, Answer, Area
from touchline.strategy.rules.problem import StrategyError, name_of, needed, text_of
from touchline.strategy.rules.scorecard import FEWEST_TO_LEAVE, Scorecard, felt_words, score_words

STATES: Final = {"kept": "Open", "closed": "Closed", "dismissed": "Dismissed"}
PAIN, EXPERIENCE, ANSWER = "pain", "experience", "answer"
STRONG_GRADES: Final = ("A", "B", "C")
AUDIT_PAGE: Final = "/strategy"


@dataclass(frozen=True)
class FoundPain:
    """What the register needs of a pain point that the latest computation found."""

    id: str
    touchpoint_name: str
    symptom: str
    claim: str
    """The finding in the wording that its grade allows."""
    grade: str
    money: str
    """The amount a month with its interval; '' where none may be shown."""
    baseline: float
    """Share of visits with this symptom elsewhere in the stage, 0..1."""


@dataclass(frozen=True)
class Candidate:
    """A gap that follows from the data as they are."""

    evidence: str
    """'pain:<id>', 'experience:<touchpoint>' or 'answer:<question>'."""
    place: str
    """Touchpoint or area."""
    what_is: str
    should_be: str
    link: str
    """Page of its evidence."""


@dataclass(frozen=True)
class Gap:
    """A gap that somebody decided about."""

    number: int
    evidence: str
    """'' for one of our own."""
    place: str
    what_is: str
    """As it was when it was kept, or as it was worded."""
    should_be: str = ""
    owner: str = ""
    improvement: int | None = None
    state: str = "kept"
    """Key of STATES."""
    reason: str = ""
    """Why it was dismissed or closed."""
    opened: date | None = None
    ended: date | None = None

    @property
    def link(self) -> str:
        """Page of its evidence; '' where it has none."""
        return evidence_link(self.evidence)


@dataclass(frozen=True)
class Standing:
    """A gap beside its evidence of now."""

    gap: Gap
    is_supported: bool | None
    """Whether the evidence still says so; None where a gap has none."""
    sentence: str
    """What the evidence says now."""


def evidence_link(evidence: str) -> str:
    """The page of a piece of evidence."""
    kind, _, about = evidence.partition(":")
    links = {PAIN: f"/pains/{about}", EXPERIENCE: f"/?touchpoint={about}", ANSWER: f"{AUDIT_PAGE}#{about}"}
    return links.get(kind, "")


def candidates(
    pains: Iterable[FoundPain],
    scorecard: Scorecard,
    target: float | None,
    areas: Iterable[Area],
    answers: Iterable[Answer],
) -> tuple[Candidate, ...]:
    """Every gap that follows from what is known now: pains first, then scores, then answers."""
    return (
        *(_of_pain(each) for each in pains if each.grade in STRONG_GRADES or each.money),
        *_of_scores(scorecard, target),
        *_of_answers(areas, answers),
    )


def standing(gap: Gap, proposed: Mapping[str, Candidate], otherwise: str) -> Standing:
    """A gap beside its evidence; `otherwise` says what became of evidence that proposes it no longer."""
    if not gap.evidence:
        return Standing(gap, None, "One of our own: no measurement is linked to it.")
    now = proposed.get(gap.evidence)
    if now is not None:
        return Standing(gap, True, now.what_is)
    return Standing(gap, False, f"Its evidence no longer supports it. {otherwise}")


def checked(gap: Gap) -> Gap:
    """The gap without needless blanks. Raises StrategyError."""
    if gap.state not in STATES:
        raise StrategyError(f"There is no state “{gap.state}”. There are: {', '.join(STATES)}.")
    what_is = needed(text_of(gap.what_is, "What is"), "A gap needs a sentence that says what is.")
    reason = text_of(gap.reason, "The reason")
    if gap.state == "dismissed":
        needed(reason, "Dismissing a gap needs a reason, so that others need not ask again.")
    return replace(
        gap,
        place=name_of(gap.place, "The place"),
        what_is=what_is,
        should_be=text_of(gap.should_be, "What should be"),
        owner=name_of(gap.owner, "The owner"),
        reason=reason,
    )


def experience_now(scorecard: Scorecard, target: float | None, touchpoint: str) -> str:
    """Why the score of a touchpoint proposes no gap."""
    line = scorecard.line(touchpoint)
    if line is None:
        return f"The journey has no touchpoint “{touchpoint}” any more."
    if line.felt is None:
        return line.felt_why
    if target is None:
        return "No target is set any more."
    return f"Experience of {line.name} is {felt_words(line.felt)}: its interval reaches the target of {score_words(target)}."


def answer_now(question: str, answers: Iterable[Answer]) -> str:
    """Why an answer proposes no gap."""
    found = next((each for each in answers if each.question == question), None)
    if found is None:
        return "The answer was taken back."
    who = f" by {found.who}" if found.who else ""
    if found.answer in SHORT_OF:
        return "Its lens is switched off."
    return f"It was answered “{ANSWERS[found.answer].lower()}” on {found.given:%-d %B %Y}{who}."


def _of_pain(pain: FoundPain) -> Candidate:
    money = f" It costs {pain.money}." if pain.money else " No amount may be shown."
    return Candidate(
        f"{PAIN}:{pain.id}",
        pain.touchpoint_name,
        f"{pain.claim} Evidence grade {pain.grade}.{money}",
        f"{pain.symptom} at {pain.touchpoint_name} is no more frequent than elsewhere in its stage ({pain.baseline:.1%} of visits).",
        f"/pains/{pain.id}",
    )


def _of_scores(scorecard: Scorecard, target: float | None) -> Iterable[Candidate]:
    if target is None:
        return
    for line in scorecard.lines:
        if line.felt is not None and line.felt.answers >= FEWEST_TO_LEAVE and line.felt.high < target:
            yield Candidate(
                f"{EXPERIENCE}:{line.touchpoint}",
                line.name,
                f"Experience of {line.name} is {felt_words(line.felt)}, below the target of {score_words(target)}.",
                f"Experience of {line.name} is {score_words(target)} or better.",
                evidence_link(f"{EXPERIENCE}:{line.touchpoint}"),
            )


def _of_answers(areas: Iterable[Area], answers: Iterable[Answer]) -> Iterable[Candidate]:
    given = {each.question: each for each in answers}
    for area in areas:
        for question in area.questions:
            answer = given.get(question.id)
            if answer is None or answer.answer not in SHORT_OF:
                continue
            who = f" by {answer.who}" if answer.who else ""
            note = f" Note: {answer.note.rstrip('.')}." if answer.note else ""
            yield Candidate(
                f"{ANSWER}:{question.id}",
                area.title,
                f"“{question.text}” was answered “{ANSWERS[answer.answer].lower()}” on {answer.given:%-d %B %Y}{who}.{note}",
                question.should_be,
                evidence_link(f"{ANSWER}:{question.id}"),
            )
