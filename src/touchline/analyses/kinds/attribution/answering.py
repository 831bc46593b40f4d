"""Attribution: paths in, credit out."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import numpy as np
from numpy.typing import NDArray

from touchline.analyses.kinds.attribution.answer import AttributionAnswer, Credited, counted_days
from touchline.analyses.kinds.attribution.kernel import DAY_US, Found, Window, paths_of
from touchline.analyses.kinds.attribution.question import Contacts, Told
from touchline.analyses.kinds.attribution.request import AttributionRequest
from touchline.analyses.questions.matches import Matches
from touchline.analyses.questions.reading import Reading
from touchline.analyses.rules.problem import QuestionError
from touchline.analyses.rules.steps import Known
from touchline.formulas.attribution import (
    MARKOV,
    RULES,
    credit,
    interval,
    markov_shares,
    removal_effects,
    shares_drawn_again,
    transitions,
    weights,
)
from touchline.formulas.evidence import is_enough

MOST_NAMES = 12
"""The others are put together: a chain of hundreds of rare campaigns says nothing about any of them."""
OTHERS = "all others"

USUAL_CONVERSIONS = ("Order Completed", "Trial Started", "Signed Up", "Account Created")
TEN_THOUSANDTHS = 10_000


def usual(known: Known) -> AttributionRequest:
    """Orders, where there are any; else sign-ups. Left open where there are neither, so that one can be named."""
    found = next((name for name in USUAL_CONVERSIONS if name in known.events), "")
    return AttributionRequest(conversion=f"event:{found}" if found else "")


def answer(reading: Reading, request: AttributionRequest) -> AttributionAnswer:
    """Divide credit. Raises QuestionError where no conversion is named, or a step does not exist."""
    if not request.conversion:
        raise QuestionError(
            f"Nothing in the data is known to be a conversion ({', '.join(USUAL_CONVERSIONS)}). Say which step is one. "
            f"What occurs most: {', '.join(reading.known.names[:8])}.",
            "conversion",
        )
    told, folded = _folded(reading.ask(_contacts(reading, request)))
    found = paths_of(told.moments, _window(reading, request), len(told.names))
    refusal = _refusal(reading, request, told, found)
    paths = found.paths
    return AttributionAnswer(
        unit=reading.unit,
        conversion=reading.step(request.conversion, "conversion").name,
        by=request.by if not request.touches else "step",
        rule=request.rule,
        rules=RULES,
        lookback_days=request.lookback_days,
        half_life_days=request.half_life_days,
        conversions=found.conversions,
        touched=int(paths.converted.sum()),
        converters=len(np.unique(paths.person[paths.converted])),
        people=len(found.units),
        paths=len(paths.converted),
        undecided=found.undecided,
        credited=() if refusal else _credited(found, told, request),
        folded=folded,
        value=() if refusal else tuple((currency, float(worth.sum())) for currency, worth in _worths(found, told)),
        refusal=refusal,
    )


def _contacts(reading: Reading, request: AttributionRequest) -> Contacts:
    """Marketing is looked for from the lookback before the period, in every channel and on every device."""
    conversion = reading.step(request.conversion, "conversion")
    start = reading.scope.start and reading.scope.start - timedelta(days=request.lookback_days)
    earlier = replace(reading.scope, start=start)
    anywhere = replace(earlier, channels=(), devices=(), intent="")
    touched = reading.within(anywhere)
    converted = reading.within(earlier)
    steps = reading.steps(request.touches, "touches")
    return Contacts(
        events=touched.events(),
        conversions=converted.events() if conversion.is_event else converted.visits(),
        conversion=conversion,
        touches=Matches.of(touched, steps) if steps else None,
        first_stage=reading.definition.stages[0].id if reading.definition.stages else "",
        by=request.by,
    )


def _window(reading: Reading, request: AttributionRequest) -> Window:
    start, end = reading.scope.start, reading.scope.end
    until = reading.data_until
    if end is not None:
        until = min(until, datetime.combine(end, time.max))
    since = _microseconds(datetime.combine(start, time.min)) if start else 0
    return Window(since, _microseconds(until), request.lookback_days * DAY_US)


def _microseconds(moment: datetime) -> int:
    return (moment.replace(tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


def _folded(told: Told) -> tuple[Told, int]:
    """Keep the names with most touches; put the others together under one."""
    counts = np.bincount(told.moments.touch_name, minlength=len(told.names))
    if len(told.names) <= MOST_NAMES:
        return told, 0
    kept = np.sort(np.argsort(-counts, kind="stable")[: MOST_NAMES - 1])
    number = np.full(len(told.names), len(kept))
    number[kept] = np.arange(len(kept))
    moments = replace(told.moments, touch_name=number[told.moments.touch_name])
    names = (*(told.names[each] for each in kept), OTHERS)
    return replace(told, moments=moments, names=names), len(told.names) - len(kept)


def _credited(found: Found, told: Told, request: AttributionRequest) -> tuple[Credited, ...]:
    paths = found.paths
    moves = transitions(paths)[0]
    removal, markov = removal_effects(moves), markov_shares(moves)
    given = {rule: weights(paths, rule, request.half_life_days) for rule in RULES if rule != MARKOV}
    total = paths.converted.sum()
    by_rule = [markov * total if rule == MARKOV else credit(paths, given[rule]) for rule in RULES]
    shares = by_rule[RULES.index(request.rule)] / total
    lows, highs = interval(shares_drawn_again(paths, given.get(request.rule)))
    values = [
        (currency, markov * worth.sum() if request.rule == MARKOV else credit(paths, given[request.rule], worth))
        for currency, worth in _worths(found, told)
    ]
    converts = paths.converted[paths.path]
    rows = []
    for at, name in enumerate(told.names):
        met = paths.channel == at
        converters = len(np.unique(paths.person[paths.path[met & converts]]))
        can_say = is_enough(converters)
        rows.append(
            Credited(
                name=name,
                touches=int(met.sum()),
                people=len(np.unique(paths.person[paths.path[met]])),
                converters=converters,
                credit=tuple(float(each[at]) for each in by_rule),
                share=float(shares[at]) if can_say else None,
                low=float(lows[at]) if can_say else None,
                high=float(highs[at]) if can_say else None,
                value=tuple((currency, float(each[at])) for currency, each in values),
                removal=float(removal[at]) if can_say else None,
            )
        )
    chosen = RULES.index(request.rule)
    return tuple(sorted((row for row in rows if row.touches), key=lambda row: (-row.credit[chosen], row.name)))


def _worths(found: Found, told: Told) -> list[tuple[str, NDArray[np.float64]]]:
    """Currencies with the value of each path's conversion in it."""
    at = np.maximum(found.conversion, 0)
    return [
        (
            "" if currency == "?" else currency,
            np.where((found.conversion >= 0) & (found.currency[at] == number), found.value[at] / TEN_THOUSANDTHS, 0.0),
        )
        for number, currency in enumerate(told.currencies)
        if currency
    ]


def _refusal(reading: Reading, request: AttributionRequest, told: Told, found: Found) -> str:
    who = "account" if reading.unit == "account" else "customer"
    if not found.conversions:
        return f"No {who} has “{request.conversion}” in this scope. Ask for other days, or for all data."
    if not len(told.moments.touch_unit) and request.touches:
        return f"No {who} meets any of the steps that count as marketing in this scope. Ask for other days."
    if not len(told.moments.touch_unit):
        stage = reading.definition.stages[0].name if reading.definition.stages else "the first stage"
        return (
            f"No {who} has a marketing contact in this scope: no contact names a campaign, and none belongs to {stage} "
            "(visits without a campaign do not count). Import what names campaigns, such as web events with utm tags or "
            "e-mail clicks, or say which steps are marketing."
        )
    if not found.paths.converted.any():
        return (
            f"None of the {found.conversions:,} conversions of this scope has a marketing contact within "
            f"{counted_days(request.lookback_days)} before it. Ask for other days, or for a longer lookback."
        )
    return ""
