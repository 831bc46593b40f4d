"""Writing the case down: every figure with its interval, in the words its evidence allows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal

from touchline.analyses.facade import Bars, Lines, Series
from touchline.documents.facade import Document, Fact, Grid, Said, Section
from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.money_at_stake import Amount
from touchline.formulas.worth_fixing import WorthFixing
from touchline.improvements.rules.case import Case
from touchline.improvements.rules.improvement import STATUSES, Improvement
from touchline.improvements.rules.launch import Launch
from touchline.improvements.rules.plan import MeasurementPlan
from touchline.improvements.rules.target import change_words, interval_words, level_words
from touchline.improvements.rules.verdict import Verdict
from touchline.ui.numbers import compact_money, percent

VALUE_PAGE: Final = "/value"
WORTH_PAGE: Final = "/help/algorithms/money-at-stake"
PROMISES_PAGE: Final = "/help/algorithms/promises"
PLAN_PAGE: Final = "/help/algorithms/measurement-plan"
CHECK_WORDS: Final = {True: "passed", False: "failed", None: "not done"}


def written_case(case: Case) -> Document:
    """The page."""
    improvement = case.improvement
    read = case.verdict if case.verdict is not None and case.verdict.is_read else None
    grade = read.grade if read else case.grade
    return Document(
        title=improvement.title,
        sentence=read.sentence if read else case.headline,
        grade=grade.letter if grade else "",
        wording=grade.wording if grade else "",
        about=_about(case),
        sections=tuple(_sections(case)),
    )


def amount_words(amount: Amount, currency: str) -> str:
    """An 80 % interval: 'between €1.2k and €5.4k'."""
    return f"between {compact_money(amount.low, currency)} and {compact_money(amount.high, currency)}"


def realised_words(verdict: Verdict) -> str:
    """What was realised a month: an amount with its interval, a range only where evidence allows no more; '' where nothing."""
    if verdict.realised is None:
        return ""
    between = amount_words(verdict.realised, verdict.currency)
    if not verdict.money_may_be_summed:
        return f"a range only, {between}"
    return f"{compact_money(verdict.realised.median, verdict.currency)}, {between}"


def effort_words(days: float | None) -> str:
    """Days of work."""
    if days is None:
        return "not said yet"
    return f"{days:g} {'day' if days == 1 else 'days'} of work"


def _sections(case: Case) -> Iterator[Section]:
    improvement = case.improvement
    if case.verdict is not None and case.launch is not None:
        yield _verdict(case, case.verdict, case.launch)
    state = tuple(Said(each.sentence, each.link) for each in case.current_state)
    yield Section("state", "Where we are", said=state or (Said("Nothing was measured yet."),), quotes=case.quotes)
    yield _money(case)
    yield Section(
        "proposal",
        "What we propose",
        said=tuple(Said(each) for each in (improvement.summary,) if each),
        facts=tuple(_effort(improvement, case.currency)),
        points=tuple(_points(improvement)),
    )
    yield _plan(case)
    if case.assumptions:
        yield Section("assumptions", "What amounts rest on", said=(Said(" ".join(case.assumptions), VALUE_PAGE),))


def _about(case: Case) -> str:
    improvement = case.improvement
    parts = [
        f"Improvement {improvement.number}" if improvement.number else "",
        STATUSES[improvement.status],
        f"owner {improvement.owner}" if improvement.owner else "no owner yet",
        f"next review {improvement.next_review:%-d %B %Y}" if improvement.next_review else "",
        f"data until {case.data_until}" if case.data_until else "",
    ]
    return " · ".join(filter(None, parts))


def _money(case: Case) -> Section:
    pain = f"/pains/{case.improvement.pain_id}#what-it-costs" if case.improvement.pain_id else ""
    loss, promised, currency = case.loss_a_month, case.promised_a_month, case.currency
    if isinstance(loss, CannotSay):
        return Section("money", "What it costs, and what a fix brings", said=(Said(loss.sentence, pain),))
    if not case.is_firm:
        lead = f"A lead, not a cause: a range only, {amount_words(loss, currency)} a month (80% interval). It enters no sum."
        return Section("money", "What it costs, and what a fix brings", said=(Said(lead, pain),))
    is_conditional = case.grade is not None and case.grade.money == "amount if causal"
    note = f"{'if causal; ' if is_conditional else ''}80% {amount_words(loss, currency)}"
    facts = [Fact("It costs a month", compact_money(loss.median, currency), pain, note)]
    said = []
    if isinstance(promised, Amount):
        low, high = case.improvement.removes
        note = f"80% {amount_words(promised, currency)}; it takes {low:.0%} to {high:.0%} of it away"
        facts.append(Fact("The fix brings a month", compact_money(promised.median, currency), PROMISES_PAGE, note))
    if isinstance(case.worth, WorthFixing):
        facts += _worth(case.worth, currency)
    else:
        said.append(Said(case.worth.sentence))
    chart = _money_chart(loss, promised, currency) if isinstance(promised, Amount) else None
    return Section("money", "What it costs, and what a fix brings", tuple(facts), tuple(said), chart=chart)


def _worth(worth: WorthFixing, currency: str) -> Iterator[Fact]:
    yield Fact(
        "Net over the horizon",
        compact_money(worth.net.median, currency),
        VALUE_PAGE,
        f"80% {amount_words(worth.net, currency)}",
    )
    yield Fact("Chance that it pays", percent(worth.chance_to_pay), WORTH_PAGE, "of net above zero")
    middle, late = worth.payback.median_months, worth.payback.late_months
    when = "not within the horizon" if middle is None else f"{middle:.0f} months"
    sure = "in one draw of ten later than the horizon" if late is None else f"in nine draws of ten within {late:.0f}"
    yield Fact("Paid back after", when, VALUE_PAGE, sure)
    yield Fact(
        "Knowing first is worth",
        compact_money(worth.perfect_information, currency),
        WORTH_PAGE,
        "at most: a test before the fix that costs more is not worth it",
    )


def _money_chart(loss: Amount, promised: Amount, currency: str) -> Bars:
    return Bars(
        "money",
        f"Money a month, {currency}" if currency else "Money a month",
        ("What it costs", "What the fix brings back"),
        (
            Series(
                "Median",
                (round(loss.median), round(promised.median)),
                (round(loss.low), round(promised.low)),
                (round(loss.high), round(promised.high)),
            ),
        ),
        "count",
        "",
    )


def _effort(improvement: Improvement, currency: str) -> Iterator[Fact]:
    cost = "not said yet" if improvement.cost is None else compact_money(improvement.cost, currency)
    running = compact_money(improvement.running_cost_a_month, currency)
    yield Fact("Cost, once", cost, "", f"and {running} a month" if improvement.running_cost_a_month else "")
    yield Fact("Effort", effort_words(improvement.effort_days))


def _points(improvement: Improvement) -> Iterator[str]:
    yield from (f"Option: {each}" for each in improvement.options)
    yield from (f"Risk: {each}" for each in improvement.risks)
    if improvement.law:
        yield f"Law or standard: {improvement.law}"


def _plan(case: Case) -> Section:
    plan = case.plan
    title = "How it will be measured"
    if isinstance(plan, CannotSay):
        return Section("plan", title, said=(Said(plan.sentence),))
    return Section(
        "plan",
        title,
        facts=tuple(_plan_facts(plan, case.improvement.touchpoint_id)),
        said=tuple(_plan_said(plan, case.launch)),
        grid=_rungs(plan),
    )


def _plan_facts(plan: MeasurementPlan, touchpoint: str) -> Iterator[Fact]:
    level = "" if plan.baseline is None else f"now {level_words(plan.baseline, plan.unit)}"
    yield Fact("Target metric", plan.target, f"/?touchpoint={touchpoint}", level)
    yield Fact("Measured by", plan.name, PLAN_PAGE, _until(plan))
    smallest = "cannot be said" if plan.smallest_effect is None else _size(plan.smallest_effect, plan.unit)
    expected = "" if plan.expected_effect is None else f"expected: {change_words(plan.expected_effect, plan.unit)}"
    yield Fact("Smallest change it would see", smallest, PLAN_PAGE, expected)


def _until(plan: MeasurementPlan) -> str:
    when = f", read on {plan.read_on:%-d %B %Y}" if plan.read_on else " after the launch"
    return f"{plan.weeks} weeks{when}"


def _plan_said(plan: MeasurementPlan, launch: Launch | None) -> Iterator[Said]:
    if plan.can_see_what_is_expected is False:
        yield Said("What is expected is smaller than what it would see: an answer may stay out even if the fix works.")
    yield Said(f"Decision rule, fixed in advance. {plan.decision_rule}")
    yield Said(f"If nobody is held back. {plan.certainty_lost}")
    if launch is not None:
        yield Said(f"Launched for {launch.words}. Fixed on {launch.fixed:%-d %B %Y}; digest {launch.digest[:16]}.")


def _rungs(plan: MeasurementPlan) -> Grid:
    return Grid(
        "Ways to measure it, the most certain first",
        ("Way", "Grade at best", "Sees changes from", "Weeks", "What it takes"),
        tuple(
            (
                each.name,
                each.best_grade,
                _size(each.smallest_effect, plan.unit)
                if each.is_available and each.smallest_effect is not None
                else "–",
                str(each.weeks) if each.is_available and each.weeks else "–",
                each.why if each.is_available else f"Not available: {each.why}",
            )
            for each in plan.offers
        ),
    )


def _verdict(case: Case, verdict: Verdict, launch: Launch) -> Section:
    unit = verdict.unit
    facts = []
    if verdict.effect is not None and verdict.low is not None and verdict.high is not None:
        link = f"/improvements/{verdict.improvement}#weeks"
        facts.append(
            Fact(
                "Change measured",
                change_words(verdict.effect, unit),
                link,
                f"95% {interval_words(verdict.low, verdict.high, unit)}",
            )
        )
        if verdict.any_time_low is not None and verdict.any_time_high is not None:
            held = interval_words(verdict.any_time_low, verdict.any_time_high, unit)
            facts.append(Fact("However often one looks", held, link, "95% interval that holds at any time"))
    if verdict.grade is not None:
        facts.append(
            Fact("Evidence grade", verdict.grade.letter, "/help/algorithms/evidence-grade", verdict.grade.wording)
        )
    facts += _promised_and_realised(verdict, launch)
    said = [Said(each) for each in (verdict.sentence, verdict.money_sentence, verdict.method) if each]
    checks = Grid(
        "Checks of this reading",
        ("Check", "Result", "What it says"),
        tuple((each.name.replace("-", " "), CHECK_WORDS[each.passed], each.sentence) for each in verdict.checks),
    )
    method = f"Verdict: {verdict.heading.lower()}"
    return Section(
        "verdict",
        method,
        tuple(facts),
        tuple(said),
        grid=checks if verdict.checks else None,
        chart=weeks_chart(verdict, launch),
    )


def _promised_and_realised(verdict: Verdict, launch: Launch) -> Iterator[Fact]:
    if launch.promised is not None:
        currency = launch.promised_currency
        yield Fact(
            "Promised a month",
            compact_money(launch.promised.median, currency),
            "/improvements/ledger",
            f"80% {amount_words(launch.promised, currency)}",
        )
    if verdict.realised is not None and verdict.grade is not None:
        currency = verdict.currency
        is_firm = verdict.money_may_be_summed
        value = compact_money(verdict.realised.median, currency) if is_firm else "a range only"
        note = f"80% {amount_words(verdict.realised, currency)}"
        yield Fact("Realised a month", value, "/improvements/ledger", note)


def weeks_chart(verdict: Verdict, launch: Launch) -> Lines | None:
    """The target week by week, with the change and without; None where fewer than two weeks were counted."""
    if len(verdict.weeks) < 2:
        return None
    labels = tuple(f"{each.week:%-d %b}" for each in verdict.weeks)
    series = [
        Series(
            "With the change",
            tuple(each.with_change for each in verdict.weeks),
            n=tuple(each.n for each in verdict.weeks),
        )
    ]
    if any(each.without is not None for each in verdict.weeks):
        series.append(Series("Without", tuple(each.without for each in verdict.weeks)))
    kind: Literal["share", "score"] = "share" if launch.plan.unit == "share" else "score"
    return Lines(
        "weeks", f"{launch.plan.target}, by week; launched {launch.day:%-d %b %Y}", labels, tuple(series), kind, "weeks"
    )


def _size(change: float, unit: str) -> str:
    return change_words(change, unit).lstrip("+−±")
