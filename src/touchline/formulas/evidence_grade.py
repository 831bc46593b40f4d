"""Grades of evidence: what a claim may be called, and whether money may stand beside it.

A grade follows from how something is known and which checks that passed; it is never typed in by anybody. A design gives the
best grade a claim can have; a check it needs that failed, or that nobody did, takes it down to D. Source of the order: Hernán
and Robins 2020, Causal Inference: What If, chapters 2, 3 and 22 (experiments, observed data, target trials); what is
comparable over time only: Shadish, Cook and Campbell 2002, chapters 4 to 6.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

Design: TypeAlias = Literal[
    "experiment",
    "differences",
    "synthetic control",
    "interrupted series",
    "visits",
    "association",
    "before-after",
    "opinion",
]
"""How something is known: a randomised experiment; a comparison over time with those who did not get the change (difference in
differences or a synthetic control), or with placebo dates only; visits compared with like visits; two things that go together;
before and after alone; what somebody says."""

CheckName: TypeAlias = Literal[
    "sample ratio",
    "fixed in advance",
    "before the launch",
    "placebo",
    "unmoved control",
    "overlap",
    "negative control",
    "robustness",
    "specification",
]
Outcome: TypeAlias = Literal["passed", "failed", "not done"]
MoneyShown: TypeAlias = Literal["amount", "amount if causal", "range only", "none"]

PASSED: Final = "passed"
FAILED: Final = "failed"
NOT_DONE: Final = "not done"


@dataclass(frozen=True)
class EvidenceGrade:
    """One grade."""

    letter: str
    """A (an experiment) to E."""
    earned_by: str
    """What makes evidence of this grade, in words."""
    wording: str
    """The strongest words that may stand for it."""
    money: MoneyShown
    """How an amount of money may be shown beside it."""

    @property
    def has_figures(self) -> bool:
        """Whether a number may be shown for it."""
        return self.letter != "E"

    @property
    def has_money(self) -> bool:
        """Whether an amount of money may."""
        return self.money != "none"

    @property
    def may_be_summed(self) -> bool:
        """Whether its money may enter a total."""
        return self.money in ("amount", "amount if causal")


EXPERIMENT: Final = EvidenceGrade(
    letter="A",
    earned_by="a randomised experiment with the expected numbers in each arm, judged as laid down before it began",
    wording="caused",
    money="amount",
)
ROLL_OUT: Final = EvidenceGrade(
    letter="B",
    earned_by="a comparison over time with those who did not get the change, alike before it and quiet at made-up dates",
    wording="very likely caused",
    money="amount",
)
ADJUSTED: Final = EvidenceGrade(
    letter="C",
    earned_by="bad visits compared with like visits at the same touchpoint, with nothing found before the visit and no known "
    "fact strong enough to explain it",
    wording="is associated, after adjustment, with",
    money="amount if causal",
)
LEAD: Final = EvidenceGrade(
    letter="D",
    earned_by="two things that go together, a before and after, or a comparison that failed a check",
    wording="lead, not a cause",
    money="range only",
)
OPINION: Final = EvidenceGrade(
    letter="E",
    earned_by="an opinion, a workshop's input, one comment",
    wording="hypothesis",
    money="none",
)
"""What interviews, observations, workshops and usability tests give: reasons to look, never something to add up."""

GRADES: Final = (EXPERIMENT, ROLL_OUT, ADJUSTED, LEAD, OPINION)
"""From the strongest to the weakest."""

_OVER_TIME: Final = ("before the launch", "placebo")

BEST: Final[Mapping[Design, EvidenceGrade]] = {
    "experiment": EXPERIMENT,
    "differences": ROLL_OUT,
    "synthetic control": ROLL_OUT,
    "interrupted series": ROLL_OUT,
    "visits": ADJUSTED,
    "association": LEAD,
    "before-after": LEAD,
    "opinion": OPINION,
}
"""The grade a design earns when all its checks pass."""

NEEDED: Final[Mapping[Design, tuple[CheckName, ...]]] = {
    "experiment": ("sample ratio", "fixed in advance"),
    "differences": _OVER_TIME,
    "synthetic control": _OVER_TIME,
    "interrupted series": (*_OVER_TIME, "unmoved control"),
    "visits": ("overlap", "negative control", "robustness"),
    "association": (),
    "before-after": (),
    "opinion": (),
}
"""The checks that each design has to pass for it."""

ASKED: Final[Mapping[CheckName, str]] = {
    "sample ratio": "whether each arm has as many as it was meant to have",
    "fixed in advance": "whether the rule of decision was laid down before the experiment began",
    "before the launch": "whether both groups moved alike before the launch",
    "placebo": "whether made-up dates or groups show nothing",
    "unmoved control": "whether a figure that must not move stayed",
    "overlap": "whether bad visits have like ones among the fine",
    "negative control": "whether nothing is found before the visit",
    "robustness": "whether a hidden cause would have to be stronger than the strongest known one",
    "specification": "whether other ways of asking agree",
}
"""What each check asks, to follow 'checked'."""


@dataclass(frozen=True)
class Graded:
    """A grade and why it is no better."""

    grade: EvidenceGrade
    failed: tuple[CheckName, ...]
    missing: tuple[CheckName, ...]
    """Checks that its design needs and nobody did."""

    @property
    def because(self) -> str:
        """One sentence for whoever asks why."""
        if self.failed:
            return f"Checked and failed: {_listed(self.failed)}."
        if self.missing:
            return f"Not checked: {_listed(self.missing)}."
        return f"Earned by {self.grade.earned_by}."


def graded(design: Design, checks: Mapping[CheckName, Outcome]) -> Graded:
    """Return the grade of a claim. Any check that failed takes it to D, and so does a needed one that was not done."""
    best = BEST[design]
    failed = tuple(name for name in ASKED if checks.get(name) == FAILED)
    missing = tuple(name for name in NEEDED[design] if checks.get(name, NOT_DONE) == NOT_DONE)
    if best in (LEAD, OPINION) or not (failed or missing):
        return Graded(best, failed, missing)
    return Graded(LEAD, failed, missing)


def promoted_by(design: Design) -> Design | None:
    """Return the next design that would earn a better grade; None where there is none: an opinion to D, D to C, B, A."""
    steps: tuple[Design, ...] = ("opinion", "association", "visits", "differences", "experiment")
    earned = GRADES.index(BEST[design])
    better = [step for step in steps if GRADES.index(BEST[step]) < earned]
    return better[0] if better else None


def _listed(names: Collection[CheckName]) -> str:
    return "; ".join(ASKED[name] for name in names)
