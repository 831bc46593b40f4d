"""Improvements as other programs get them: plain figures and texts, the same from Python and from the JSON API."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from touchline.documents.facade import Fact, Grid, Said
from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.money_at_stake import Amount
from touchline.improvements.questions.backlog import Line
from touchline.improvements.rules.case import Case
from touchline.improvements.rules.launch import Launch
from touchline.improvements.rules.ledger import Ledger, LedgerRow
from touchline.improvements.rules.plan import MeasurementPlan
from touchline.improvements.rules.verdict import Verdict, WeekLevel
from touchline.improvements.writing import written_case


@dataclass(frozen=True)
class MoneyRange:
    """An amount a month with its 80 % interval."""

    low: float
    median: float
    high: float
    currency: str


@dataclass(frozen=True)
class BacklogLine:
    """One improvement."""

    number: int
    title: str
    pain: str
    """Id of the pain point; '' for one of one's own."""
    touchpoint: str
    owner: str
    status: str
    next_review: date | None
    target: str
    """The target metric in words; '' where none is set."""
    promised: MoneyRange | None
    promised_why: str
    """Why no amount is promised; '' where one is."""


@dataclass(frozen=True)
class CheckResult:
    """One thing that had to hold."""

    name: str
    passed: bool | None
    """None: could not be done."""
    sentence: str


@dataclass(frozen=True)
class VerdictResult:
    """What a launched improvement did."""

    improvement: int
    outcome: str
    """'works', 'harms', 'not shown', 'too early' or 'cannot say'."""
    sentence: str
    metric: str
    """What was read, in words."""
    method: str
    effect: float | None
    low: float | None
    high: float | None
    """95 % interval, on the scale of the target metric."""
    any_time_low: float | None
    any_time_high: float | None
    unit: str
    """'share' (0..1), 'points' (of the experience score) or 'money' (per customer); '' where nothing was read."""
    n: int
    grade: str
    """Letter of the evidence grade; '' where nothing was read."""
    wording: str
    checks: tuple[CheckResult, ...]
    weeks: tuple[WeekLevel, ...]
    promised: MoneyRange | None
    realised: MoneyRange | None
    realised_may_be_summed: bool
    money_sentence: str
    read: datetime


@dataclass(frozen=True)
class Part:
    """One part of the page."""

    id: str
    title: str
    facts: tuple[Fact, ...]
    said: tuple[Said, ...]
    quotes: tuple[str, ...]
    points: tuple[str, ...]
    grid: Grid | None


@dataclass(frozen=True)
class CaseResult:
    """The one page, in words and with its plan."""

    improvement: int
    title: str
    sentence: str
    """What it is about, in the words that its evidence grade allows."""
    grade: str
    """Letter; '' where there is none."""
    wording: str
    about: str
    """Owner, status, review, how far the data reach."""
    parts: tuple[Part, ...]
    plan: MeasurementPlan | None
    launched: date | None
    digest: str
    """Of the plan that was fixed at launch; '' before."""


@dataclass(frozen=True)
class LedgerLine:
    """One launched improvement, promised beside realised."""

    improvement: int
    title: str
    launched: date
    outcome: str
    grade: str
    promised: MoneyRange | None
    realised: MoneyRange | None
    is_inside: bool | None
    counts: bool


@dataclass(frozen=True)
class LedgerResult:
    """The ledger."""

    lines: tuple[LedgerLine, ...]
    inside: int | None
    """Realised amounts within the promised 80 % interval; None where there are too few to say."""
    of: int
    inside_low: float | None
    inside_high: float | None
    """Wilson's 95 % interval of that share."""
    realised_a_month: MoneyRange | None
    """Each amount shrunk first."""
    promised_a_month: MoneyRange | None
    why: str
    """Why there is no sum; '' where there is one."""


def line_outward(line: Line) -> BacklogLine:
    """One line of the backlog."""
    each = line.improvement
    return BacklogLine(
        each.number,
        each.title,
        each.pain_id,
        each.touchpoint_id,
        each.owner,
        each.status,
        each.next_review,
        each.target.words if each.target else "",
        money_range(line.promised, line.currency),
        line.promised.sentence if isinstance(line.promised, CannotSay) else "",
    )


def case_outward(case: Case) -> CaseResult:
    """The one page."""
    plan = case.plan if isinstance(case.plan, MeasurementPlan) else None
    launched = case.launch
    page = written_case(case)
    return CaseResult(
        case.improvement.number,
        page.title,
        page.sentence,
        page.grade,
        page.wording,
        page.about,
        tuple(
            Part(each.id, each.title, each.facts, each.said, each.quotes, each.points, each.grid)
            for each in page.sections
        ),
        plan,
        launched.day if launched else None,
        launched.digest if launched else "",
    )


def verdict_outward(verdict: Verdict, launch: Launch | None) -> VerdictResult:
    """A verdict beside what was promised."""
    grade = verdict.grade
    return VerdictResult(
        verdict.improvement,
        verdict.outcome,
        verdict.sentence,
        verdict.metric,
        verdict.method,
        verdict.effect,
        verdict.low,
        verdict.high,
        verdict.any_time_low,
        verdict.any_time_high,
        verdict.unit,
        verdict.n,
        grade.letter if grade else "",
        grade.wording if grade else "",
        tuple(CheckResult(each.name, each.passed, each.sentence) for each in verdict.checks),
        verdict.weeks,
        money_range(launch.promised, launch.promised_currency) if launch else None,
        money_range(verdict.realised, verdict.currency),
        verdict.money_may_be_summed,
        verdict.money_sentence,
        verdict.read,
    )


def ledger_outward(ledger: Ledger) -> LedgerResult:
    """The ledger."""
    known = None if isinstance(ledger.calibration, CannotSay) else ledger.calibration
    realised = ledger.realised_a_month
    return LedgerResult(
        tuple(_ledger_line(each) for each in ledger.rows),
        known.count if known else None,
        ledger.counted,
        known.low if known else None,
        known.high if known else None,
        money_range(realised, ledger.currency),
        money_range(ledger.promised_a_month, ledger.currency),
        realised.sentence if isinstance(realised, CannotSay) else "",
    )


def money_range(amount: Amount | CannotSay | None, currency: str) -> MoneyRange | None:
    """An amount without its draws; None where there is none."""
    return MoneyRange(amount.low, amount.median, amount.high, currency) if isinstance(amount, Amount) else None


def _ledger_line(row: LedgerRow) -> LedgerLine:
    return LedgerLine(
        row.improvement.number,
        row.improvement.title,
        row.launch.day,
        row.verdict.outcome,
        row.verdict.grade.letter if row.verdict.grade else "",
        money_range(row.promised, row.launch.promised_currency),
        money_range(row.realised, row.verdict.currency),
        row.is_inside,
        row.counts,
    )
