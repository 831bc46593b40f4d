"""The register of gaps: what people decided about, beside what the data propose now."""

from __future__ import annotations

from dataclasses import dataclass

from touchline.engine.workspace import Workspace
from touchline.improvements.facade import Improvement, improvements
from touchline.pains.facade import Pain, Pains, UnknownPainError, kept_pains
from touchline.strategy.questions.kept import answers, areas, gaps, target
from touchline.strategy.questions.scorecard import pain_money, scorecard
from touchline.strategy.rules import gap as gap_rules
from touchline.strategy.rules.gap import Candidate, FoundPain, Gap, Standing
from touchline.strategy.rules.scorecard import Scorecard

NOT_LOOKED_FOR = "Pain points have not been looked for."


@dataclass(frozen=True)
class RegisterLine:
    """A gap beside its evidence of now and the improvement that is to close it."""

    standing: Standing
    improvement: Improvement | None

    @property
    def gap(self) -> Gap:
        """The gap."""
        return self.standing.gap


@dataclass(frozen=True)
class Register:
    """All gaps."""

    proposed: tuple[Candidate, ...]
    """That follow from the data, and nobody has decided about."""
    kept: tuple[RegisterLine, ...]
    ended: tuple[RegisterLine, ...]
    """Closed or dismissed, the latest first."""
    target: float | None
    why: str
    """What is missing for more of them to be proposed; '' where nothing is."""


def register(workspace: Workspace) -> Register:
    """The register as of now. Raises JourneyFileError."""
    card, found = scorecard(workspace), kept_pains(workspace)
    goal, given = target(workspace), answers(workspace)
    proposed = gap_rules.candidates(_pains(found), card, goal, areas(workspace), given)
    by_evidence = {each.evidence: each for each in proposed}
    known = {each.number: each for each in improvements(workspace)}
    lines = [
        RegisterLine(
            gap_rules.standing(each, by_evidence, _otherwise(each, found, card, goal, workspace)), _of(each, known)
        )
        for each in gaps(workspace)
    ]
    decided = {line.gap.evidence for line in lines if line.gap.state != "closed"}
    ended = [line for line in lines if line.gap.state != "kept"]
    return Register(
        tuple(each for each in proposed if each.evidence not in decided),
        tuple(line for line in lines if line.gap.state == "kept"),
        tuple(
            sorted(ended, key=lambda line: (line.gap.ended is not None, line.gap.ended, line.gap.number), reverse=True)
        ),
        goal,
        _why(card, goal, bool(given)),
    )


def _pains(found: Pains | None) -> list[FoundPain]:
    return [
        FoundPain(
            each.id,
            each.touchpoint_name,
            each.symptom_title,
            each.claim_sentence,
            each.grade,
            pain_money(each),
            each.baseline.value,
        )
        for each in (found.pains if found else ())
        if each.is_supported
    ]


def _of(gap: Gap, known: dict[int, Improvement]) -> Improvement | None:
    """The improvement a gap names; else the open one of its pain point."""
    if gap.improvement is not None:
        return known.get(gap.improvement)
    kind, _, about = gap.evidence.partition(":")
    of_pain = [each for each in known.values() if kind == gap_rules.PAIN and each.pain_id == about and each.is_open]
    return of_pain[-1] if of_pain else None


def _otherwise(gap: Gap, found: Pains | None, card: Scorecard, goal: float | None, workspace: Workspace) -> str:
    kind, _, about = gap.evidence.partition(":")
    if kind == gap_rules.PAIN:
        return _pain_now(found, about)
    if kind == gap_rules.EXPERIENCE:
        return card.why if card.why else gap_rules.experience_now(card, goal, about)
    return gap_rules.answer_now(about, answers(workspace))


def _pain_now(found: Pains | None, id_: str) -> str:
    if found is None:
        return NOT_LOOKED_FOR
    try:
        pain: Pain = found.named(id_)
    except UnknownPainError:
        return "The latest computation does not find this pain point."
    if not pain.is_supported:
        return pain.status_why
    return f"Its evidence is of grade {pain.grade} now, and no amount may be shown."


def _why(card: Scorecard, goal: float | None, is_answered: bool) -> str:
    missing = [card.why or card.pains_why]
    if goal is None:
        missing.append(
            "No target is set for the experience score: with one, every touchpoint surely below it is proposed."
        )
    if not is_answered:
        missing.append("No question of the audit is answered: what holds not at all or partly is proposed.")
    return " ".join(filter(None, missing))
