"""Sessions as people read them."""

from __future__ import annotations

from collections.abc import Sequence

from touchline.analyses.kinds.sessions.answer import Group, SessionsAnswer
from touchline.analyses.rules.presentation import Bars, Column, Figure, Lines, Presentation, Row, Series, Table
from touchline.ui.numbers import percent, whole

DAY_SECONDS = 86_400
CLOSE_ENOUGH = 0.2
"""A cut proposed within a fifth of the one in use says that the one in use is good."""
TIME_ON_SITE = (
    "Time on site is from the first to the last event of sessions with at least two events: how long the last page was "
    "looked at is not known."
)
LISTS = (
    ("entry", "Entry", "by_entry", "Where sessions begin"),
    ("exit", "Exit", "by_exit", "Where sessions end"),
    ("campaign", "Campaign", "by_campaign", "First campaign of the session"),
    ("device", "Device", "by_device", "Device"),
)


def present(answer: SessionsAnswer) -> Presentation:
    """Show an answer."""
    if not answer.overall.sessions:
        return Presentation(_nothing(answer))
    return Presentation(
        sentence=_sentence(answer),
        figures=figures(answer),
        charts=(_lines(answer), *([_pause_bars(answer)] if answer.cut.n else [])),
        tables=(
            _table(
                "periods",
                "Week of" if answer.asked.per == "week" else answer.asked.per.capitalize(),
                "Over time",
                answer.by_period,
                answer,
            ),
            *(_table(id_, head, caption, getattr(answer, name), answer) for id_, head, name, caption in LISTS),
            *([_pause_table(answer)] if answer.cut.n else []),
        ),
        cautions=_cautions(answer),
    )


def figures(answer: SessionsAnswer) -> tuple[Figure, ...]:
    """The figures over all sessions."""
    overall, n = answer.overall, answer.overall.customers
    engaged, bounced, seconds = overall.engaged, answer.bounced, answer.seconds
    return (
        Figure("sessions", "Sessions", overall.sessions, "count", n),
        Figure("engaged", "Engaged", engaged.value, "share", n, engaged.low, engaged.high),
        Figure("bounced", "Bounced", bounced.value, "share", n, bounced.low, bounced.high),
        Figure(
            "time",
            "Time on site, median",
            _days(seconds.value),
            "days",
            seconds.n,
            _days(seconds.low),
            _days(seconds.high),
        ),
        Figure("views", "Pages or screens per session", overall.views_per_session, "number", n),
    )


def _nothing(answer: SessionsAnswer) -> str:
    said = f"There are no sessions by {' or '.join(answer.channels)} in these days."
    others = ", ".join(answer.other_channels)
    return f"{said} There are events by {others} (--channel)." if others else said


def _sentence(answer: SessionsAnswer) -> str:
    overall = answer.overall
    return (
        f"{whole(overall.sessions)} sessions by {' or '.join(answer.channels)} of {whole(overall.customers)} {answer.unit}s; "
        f"{percent(overall.engaged.value)} were engaged, {percent(answer.bounced.value)} bounced."
    )


def _lines(answer: SessionsAnswer) -> Lines:
    shares = [each.engaged for each in answer.by_period]
    series = Series(
        "engaged",
        tuple(each.value for each in shares),
        tuple(each.low for each in shares),
        tuple(each.high for each in shares),
        tuple(each.clusters for each in shares),
    )
    over = sum(not each.is_provisional for each in answer.by_period)
    return Lines(
        "engaged-lines",
        f"Engaged sessions by {answer.asked.per}",
        tuple(each.name for each in answer.by_period),
        (series,),
        "share",
        "periods",
        provisional_from=over if over < len(shares) else None,
    )


def _table(id_: str, heading: str, caption: str, groups: Sequence[Group], answer: SessionsAnswer) -> Table:
    rows = tuple(
        Row(
            (
                each.name,
                each.sessions,
                each.customers,
                each.engaged.value,
                each.engaged.low,
                each.engaged.high,
                each.views_per_session,
                _days(each.mean_seconds),
            ),
            n=each.customers,
            is_provisional=each.is_provisional,
        )
        for each in groups
    )
    columns = (
        Column(heading),
        Column("sessions", "count"),
        Column(f"{answer.unit}s", "count"),
        Column("engaged", "share"),
        Column("low", "share"),
        Column("high", "share"),
        Column("pages", "number"),
        Column("mean time", "days"),
    )
    return Table(id_, caption, columns, rows)


def _pause_bars(answer: SessionsAnswer) -> Bars:
    counts = tuple(count for _, count in answer.pauses)
    labels = tuple(name for name, _ in answer.pauses)
    return Bars(
        "pause-bars",
        "Pauses between events, by how long they are at least",
        labels,
        (Series("pauses", counts),),
        "count",
        "pauses",
    )


def _pause_table(answer: SessionsAnswer) -> Table:
    rows = tuple(Row((name, count)) for name, count in answer.pauses)
    return Table(
        "pauses",
        "Pauses between events",
        (Column("From"), Column("pauses", "count")),
        rows,
        _proposal(answer),
    )


def _proposal(answer: SessionsAnswer) -> str:
    cut, minutes = answer.cut, answer.asked.minutes
    if cut.seconds is None:
        return f"{cut.reason} {minutes} minutes is in use."
    proposed = max(round(cut.seconds / 60), 1)
    if abs(proposed - minutes) <= CLOSE_ENOUGH * minutes:
        return f"The pauses have their valley at {proposed} minutes, which speaks for the {minutes} in use."
    touched = percent(answer.between_cuts, 1)
    return (
        f"The pauses have their valley at {proposed} minutes: --minutes {proposed} fits these customers better than the "
        f"{minutes} in use. {touched} of the pauses lie between the two."
    )


def _cautions(answer: SessionsAnswer) -> tuple[str, ...]:
    said = [
        TIME_ON_SITE,
        _proposal(answer),
    ]
    named = ", ".join(answer.key_events) or "none that occurs"
    said.append(
        f"Engaged: longer than {answer.asked.engaged_seconds} seconds, or a key event ({named}), or two pages or screens."
    )
    if answer.by_sender:
        said.append(f"{whole(answer.by_sender)} sessions are as the sender counted them.")
    if answer.first_from:
        said.append(f"The first {answer.asked.per} is counted from {answer.first_from} on.")
    if answer.has_open_period:
        said.append(f"The last {answer.asked.per} is not over: the data shown end on {answer.data_until}.")
    return tuple(said)


def _days(seconds: float | None) -> float | None:
    return None if seconds is None else seconds / DAY_SECONDS
