"""From counts to what is said about sessions: shares with intervals, times, the cut proposed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from touchline.analyses.kinds.sessions import rules
from touchline.analyses.kinds.sessions.answer import Group, SessionsAnswer
from touchline.analyses.kinds.sessions.question import SECOND_US, Part, Tally, asked_of
from touchline.analyses.kinds.sessions.request import SessionsRequest
from touchline.analyses.questions.cluster_sums import share_of
from touchline.analyses.questions.reading import Reading
from touchline.formulas.evidence import is_enough
from touchline.formulas.median import median
from touchline.formulas.session_cut import bin_edges_s, session_cut

CHANNELS = "select distinct channel from kinds order by channel"
NO_CAMPAIGN = "no campaign"
PAUSES_FROM_S = (0, 1, 3, 10, 30, 60, 180, 600, 1800, 3600, 10_800, 43_200, 86_400, 604_800, 2_592_000)
"""Where the bars of the pauses begin, as people count time; the bins of the histogram are finer."""
PAUSES = (
    "1 s",
    "3 s",
    "10 s",
    "30 s",
    "1 min",
    "3 min",
    "10 min",
    "30 min",
    "1 h",
    "3 h",
    "12 h",
    "1 day",
    "7 days",
    "30 days",
)


def answer(reading: Reading, request: SessionsRequest) -> SessionsAnswer:
    """Count, and say how sure each figure is. Raises QuestionError."""
    question, calendar, first = asked_of(reading, request)
    part = reading.ask(question)
    overall = _group("", part.groups["overall"].get("", NOTHING))
    cut = session_cut(part.pauses.tolist())
    number = calendar.number
    open_from = number(question.end) if calendar.begins(number(question.end)) < question.end else None
    periods = [(first + at, part.groups["period"].get(str(at), NOTHING)) for at in range(len(question.periods))]
    is_one_year = calendar.first_day(periods[0][0]).year == calendar.first_day(periods[-1][0]).year

    def label(at: int) -> str:
        return calendar.label(calendar.first_day(at), with_year=not is_one_year)

    return SessionsAnswer(
        asked=request,
        unit=reading.unit,
        channels=question.channels,
        other_channels=tuple(
            each for (each,) in reading.workspace.store.rows(CHANNELS) if each not in question.channels
        ),
        key_events=tuple(step.name for step in question.keys)
        or tuple(name for name in rules.KEY_EVENTS if name in reading.known.events),
        overall=overall,
        bounced=share_of(_bounced(part.groups["overall"].get("", NOTHING))),
        seconds=median(np.repeat(*_columns(part))),
        by_period=tuple(_group(label(at), figures, is_provisional=at == open_from) for at, figures in periods),
        by_entry=_largest(part.groups["entry"], request.most, reading, "entry"),
        by_exit=_largest(part.groups["exit"], request.most, reading, "exit"),
        by_campaign=_largest(part.groups["campaign"], request.most, reading, "campaign"),
        by_device=_largest(part.groups["device"], request.most, reading, "device"),
        by_sender=part.own,
        cut=cut,
        between_cuts=_between(part, request.minutes * 60, cut.seconds),
        pauses=_pauses(part),
        data_until=f"{reading.data_until:%Y-%m-%d}",
        has_open_period=open_from is not None,
        first_from="" if calendar.begins(first) == question.begin else calendar.day(question.begin).isoformat(),
        open_sessions=part.open,
    )


NOTHING = np.zeros(10, np.int64)


def _group(name: str, figures: Any, *, is_provisional: bool = False) -> Group:
    sessions, views, timed, time_us = (int(each) for each in figures[:4])
    engaged = share_of(figures[4:])
    return Group(
        name=name,
        sessions=sessions,
        customers=engaged.clusters,
        engaged=engaged,
        views_per_session=views / sessions if is_enough(sessions) else None,
        mean_seconds=time_us / timed / SECOND_US if is_enough(timed) else None,
        timed=timed,
        is_provisional=is_provisional,
    )


def _bounced(figures: Any) -> Any:
    """Sums of the sessions that were not engaged: n − x in place of x."""
    x, n, clusters, x_squared, x_times_n, n_squared = (int(each) for each in figures[4:])
    return np.array([n - x, n, clusters, n_squared - 2 * x_times_n + x_squared, n_squared - x_times_n, n_squared])


def _columns(part: Part) -> Sequence[Any]:
    seconds = sorted(part.seconds)
    return np.array(seconds, np.float64), np.array([part.seconds[each] for each in seconds], np.int64)


def _largest(tally: Tally, most: int, reading: Reading, dimension: str) -> tuple[Group, ...]:
    names = sorted(tally, key=lambda name: (-int(tally[name][0]), name))[:most]
    return tuple(_group(name or NO_CAMPAIGN, tally[name]) for name in names)


def _between(part: Part, used_s: float, proposed_s: float | None) -> float | None:
    """Share of the pauses between two cuts, as fine as the histogram."""
    total = int(part.pauses.sum())
    if proposed_s is None or not total:
        return None
    edges = bin_edges_s()
    low, high = sorted((used_s, proposed_s))
    return int(part.pauses[(edges >= low) & (edges < high)].sum()) / total


def _pauses(part: Part) -> tuple[tuple[str, int], ...]:
    at = np.searchsorted(PAUSES_FROM_S[1:], bin_edges_s() * 1.0001, side="right") - 1
    counts = np.bincount(np.maximum(at, 0), weights=part.pauses, minlength=len(PAUSES))
    return tuple((name, int(count)) for name, count in zip(PAUSES, counts, strict=True))
