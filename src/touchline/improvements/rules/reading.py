"""Reading what a launch did: its design says how, its plan says when, and where data cannot answer a sentence says why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

import numpy as np
from numpy.typing import NDArray

from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.check import Check
from touchline.formulas.evidence_grade import FAILED, NOT_DONE, PASSED, CheckName, Design, Graded, Outcome, graded
from touchline.formulas.roll_outs.before_after import before_after
from touchline.formulas.roll_outs.collapsed_did import collapsed_did
from touchline.formulas.roll_outs.interrupted_series import interrupted_series
from touchline.formulas.roll_outs.measured import Measured
from touchline.formulas.roll_outs.panel import panel
from touchline.formulas.roll_outs.staggered_did import staggered_did
from touchline.formulas.roll_outs.synthetic_did import synthetic_did
from touchline.improvements.rules.launch import Launch
from touchline.improvements.rules.plan import SERIES, plan_digest
from touchline.improvements.rules.target import TargetMetric, change_words, interval_words
from touchline.improvements.rules.verdict import Verdict, WeekLevel
from touchline.improvements.rules.weekly import DAYS_A_WEEK, EVERYBODY, WeeklyCounts

MOST_WEEKS_BEFORE: Final = 52
FEWEST_TO_SHOW: Final = 10
"""Visits or answers of a week, for its level to be shown."""

METHODS: Final = {
    "collapsed-did": "Difference-in-differences, each group collapsed to one number",
    "staggered-did": "Staggered difference-in-differences, start by start",
    "synthetic-did": "Synthetic difference-in-differences",
    "interrupted-series": "Interrupted series with errors that persist, and placebo dates",
    "before-after": "Before and after",
}
DESIGNS: Final[dict[str, Design]] = {
    "collapsed-did": "differences",
    "staggered-did": "differences",
    "synthetic-did": "synthetic control",
    "interrupted-series": "interrupted series",
    "before-after": "before-after",
}
ASKED: Final[dict[str, CheckName]] = {
    "pre-trend": "before the launch",
    "placebo-date": "placebo",
    "placebo-dates": "placebo",
    "permutation": "placebo",
    "control-series": "unmoved control",
    "fixed-in-advance": "fixed in advance",
    "comparison": "before the launch",
}
"""What each check of a measurement answers, among those a grade asks for."""


@dataclass(frozen=True)
class OtherLaunch:
    """A launch of another improvement at the same touchpoint."""

    number: int
    title: str
    day: date


@dataclass(frozen=True)
class ReadFacts:
    """What was counted for one reading."""

    number: int
    target: TargetMetric
    launch: Launch
    counts: WeeklyCounts
    """Weeks begin with the launch; divided by the launch's groups where it has some."""
    data_until: datetime
    read: datetime
    unmoved: WeeklyCounts | None = None
    """A metric that the change cannot have moved, in the same weeks."""
    others: tuple[OtherLaunch, ...] = ()


def read_roll_out(facts: ReadFacts) -> Verdict:
    """The verdict of a launch that nobody was drawn for."""
    refusal = why_not_yet(facts) or _overlapping(facts)
    if refusal is not None:
        return refusal
    window = _window(facts)
    measured = _by_groups(facts, window) if facts.launch.scope == "groups" else _for_everyone(facts, window)
    weeks = _weeks(facts, window)
    if isinstance(measured, CannotSay):
        return replace(refused(facts, "cannot say", measured.sentence), weeks=weeks)
    checks = (*measured.checks, fixed_in_advance(facts.launch))
    grade = graded(DESIGNS[measured.method], outcomes(checks))
    outcome = outcome_of(measured.low, measured.high, facts.target)
    return Verdict(
        facts.number,
        outcome,
        sentence_of(outcome, (measured.effect, measured.low, measured.high), facts, grade),
        facts.read,
        facts.target.words,
        facts.target.unit,
        METHODS[measured.method],
        measured.effect,
        measured.low,
        measured.high,
        n=int(window.n.sum()),
        grade=grade.grade,
        checks=checks,
        weeks=weeks,
    )


def why_not_yet(facts: ReadFacts) -> Verdict | None:
    """What stands in the way of any reading; None where nothing does."""
    launch = facts.launch
    if plan_digest(launch.plan, launch.day, launch.scope) != launch.digest:
        return refused(
            facts,
            "cannot say",
            "The plan is not the one that was fixed at launch: its digest differs. A reading by a plan that was changed "
            "afterwards proves nothing.",
        )
    if facts.data_until.date() < launch.day:
        return refused(
            facts,
            "too early",
            f"There are no data after the launch on {_day(launch.day)}: they end on {_day(facts.data_until.date())}.",
        )
    if facts.counts.after < launch.plan.weeks:
        wanted = f" Visits count once they were followed for {facts.target.follow_up_days} days."
        return refused(
            facts,
            "too early",
            f"{facts.counts.after} of {launch.plan.weeks} weeks after the launch are in. The plan says to read once, when data "
            f"reach {_day(launch.plan.read_on or launch.day)}: looking earlier and stopping when it looks good finds effects "
            f"that are not there.{wanted if facts.target.follow_up_days else ''}",
        )
    return None


def outcome_of(low: float, high: float, target: TargetMetric) -> str:
    """What the decision rule says of an interval."""
    if low <= 0 <= high:
        return "not shown"
    return "works" if (low > 0) == target.is_better_up else "harms"


def sentence_of(outcome: str, interval: tuple[float, float, float], facts: ReadFacts, grade: Graded) -> str:
    """The answer in the words that its grade allows."""
    effect = change_words(interval[0], facts.target.unit)
    between = f"95% interval {interval_words(interval[1], interval[2], facts.target.unit)}"
    if outcome == "not shown":
        seen = facts.launch.plan.smallest_effect
        blind = (
            f" A change of {change_words(seen, facts.target.unit).lstrip('+')} or more would have been found in four of five cases."
            if seen
            else ""
        )
        return f"No effect on “{facts.target.words}” was shown: {effect}, {between}, which holds zero.{blind}"
    moved = "rose" if interval[0] > 0 else "fell"
    said = f"“{facts.target.words}” {moved} by {effect.lstrip('+−±')} ({between})."
    if grade.grade.letter == "D":
        return f"{said} That is a lead, not a cause. {grade.because}"
    return f"{said} The change {grade.grade.wording} it."


def outcomes(checks: Iterable[Check]) -> dict[CheckName, Outcome]:
    """Checks of a measurement by what a grade asks; one that failed outweighs one that passed."""
    found: dict[CheckName, Outcome] = {}
    for check in checks:
        name = ASKED[check.name]
        now: Outcome = NOT_DONE if check.passed is None else PASSED if check.passed else FAILED
        if now == FAILED or found.get(name, NOT_DONE) == NOT_DONE:
            found[name] = now
    return found


def fixed_in_advance(launch: Launch) -> Check:
    """Whether plan and decision rule were laid down before anybody could see what came of it."""
    late = (launch.fixed - launch.day).days
    if late <= 0:
        return Check(
            "fixed-in-advance",
            True,
            f"Plan and decision rule were fixed on {_day(launch.fixed)}, before there was anything to see.",
        )
    return Check(
        "fixed-in-advance",
        False,
        f"Plan and decision rule were fixed on {_day(launch.fixed)}, {late} {'day' if late == 1 else 'days'} after the launch: "
        "whoever fixed them could have seen what came of it.",
    )


def refused(facts: ReadFacts, outcome: str, sentence: str) -> Verdict:
    """A verdict without a number."""
    return Verdict(facts.number, outcome, sentence, facts.read)


def _overlapping(facts: ReadFacts) -> Verdict | None:
    end = facts.launch.day + timedelta(weeks=facts.launch.plan.weeks)
    within = [each for each in facts.others if facts.launch.day <= each.day < end]
    if not within:
        return None
    named = "; ".join(f"improvement {each.number}, “{each.title}”, on {_day(each.day)}" for each in within)
    return refused(
        facts,
        "cannot say",
        f"Another change was launched at the same touchpoint before the reading: {named}. What each of them did cannot be told "
        "apart; draw one of them by experiment, or launch them one after the other.",
    )


def _window(facts: ReadFacts) -> WeeklyCounts:
    """The weeks of the reading: up to a year before, without those before an earlier launch here, and those of the plan after."""
    counts = facts.counts
    earliest = max(counts.before - MOST_WEEKS_BEFORE, 0)
    earlier = [each.day for each in facts.others if each.day < facts.launch.day]
    if earlier:
        clear = (facts.launch.day - max(earlier)).days // DAYS_A_WEEK
        earliest = max(earliest, counts.before - clear)
    return counts.of_columns(earliest, counts.before + facts.launch.plan.weeks)


def _by_groups(facts: ReadFacts, window: WeeklyCounts) -> Measured | CannotSay:
    complete = window.named().complete()
    starts = [_start(facts.launch, group, window) for group in complete.groups]
    treated = sum(start is not None for start in starts)
    if len(complete.groups) < 2 or treated in (0, len(complete.groups)):
        return CannotSay(
            "one-side",
            f"{len(complete.groups)} {'value' if len(complete.groups) == 1 else 'values'} of “{facts.launch.group_key}” "
            f"{'was' if len(complete.groups) == 1 else 'were'} counted in every week, {treated} of them with the change. Both "
            "sides are needed to compare.",
        )
    found = panel(complete.groups, complete.levels(), starts)
    if len(found.dates) > 1:
        return staggered_did(found)
    return synthetic_did(found) if treated == 1 else collapsed_did(found)


def _for_everyone(facts: ReadFacts, window: WeeklyCounts) -> Measured | CannotSay:
    series = window.series()
    if facts.launch.plan.rung != SERIES:
        return before_after(series, window.before)
    return interrupted_series(series, window.before, _unmoved(facts, window), unmoved_words(facts.target))


def unmoved_words(target: TargetMetric) -> str:
    """What stands beside a launch for everyone, as something that it cannot have moved."""
    if target.kind == "purchase":
        return f"How often customers buy who never came to {target.touchpoint_name}"
    return "The score of all other touchpoints"


def _unmoved(facts: ReadFacts, window: WeeklyCounts) -> NDArray[np.float64] | CannotSay | None:
    """The control series over the same weeks, or why there is none that could tell."""
    if facts.unmoved is None:
        return None
    shift = window.first_week - facts.unmoved.first_week
    if shift < 0 or shift + window.weeks > facts.unmoved.weeks:
        return None
    beside = facts.unmoved.of_columns(shift, shift + window.weeks)
    series = beside.series()
    is_purchase = facts.target.kind == "purchase"
    a_week = float((beside.total if is_purchase else beside.n).sum()) / max(beside.weeks, 1)
    if not np.isfinite(series).all() or a_week < FEWEST_TO_SHOW:
        return CannotSay(
            "few-unmoved",
            f"{unmoved_words(facts.target)} cannot tell what would have happened anyway: it rests on {a_week:.1f} "
            f"{'purchases' if is_purchase else 'answers'} a week, and at least {FEWEST_TO_SHOW}, with some in every week, are needed.",
        )
    return series


def _start(launch: Launch, group: str, window: WeeklyCounts) -> int | None:
    """The first column in which a group has the change; None where it has not within the window."""
    for wave in launch.waves:
        if group in wave.groups:
            column = (wave.day - launch.day).days // DAYS_A_WEEK + window.before
            return column if column < window.weeks else None
    return None


def _weeks(facts: ReadFacts, window: WeeklyCounts) -> tuple[WeekLevel, ...]:
    """Levels by week, of those who have the change at the end and of the others."""
    is_divided = facts.launch.scope == "groups"
    with_change = [
        row
        for row, group in enumerate(window.groups)
        if not is_divided or (group != EVERYBODY and _start(facts.launch, group, window) is not None)
    ]
    without = [row for row, group in enumerate(window.groups) if row not in with_change and group != EVERYBODY]
    treated, others = _shown(window.of_rows(with_change)), _shown(window.of_rows(without))
    counted = window.n.sum(axis=0)
    return tuple(WeekLevel(window.day(at), treated[at], others[at], int(counted[at])) for at in range(window.weeks))


def _shown(counts: WeeklyCounts) -> list[float | None]:
    enough = counts.n.sum(axis=0) >= FEWEST_TO_SHOW
    return [float(level) if shown else None for level, shown in zip(counts.series(), enough, strict=True)]


def _day(day: date) -> str:
    return f"{day:%-d %B %Y}"
