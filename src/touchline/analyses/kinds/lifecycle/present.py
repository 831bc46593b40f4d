"""Lifecycle as people read it."""

from __future__ import annotations

from touchline.analyses.kinds.lifecycle.answer import LifecycleAnswer
from touchline.analyses.rules.calendar import plural
from touchline.analyses.rules.presentation import Bars, Column, Figure, Lines, Presentation, Row, Series, Table
from touchline.ui.numbers import percent, whole

STATES = ("new", "returning", "resurrecting", "dormant")


def present(answer: LifecycleAnswer) -> Presentation:
    """Show an answer."""
    if not answer.n:
        return Presentation(f"Nobody had {answer.step_name} in these {plural(answer.asked.per)}.")
    return Presentation(
        sentence=_sentence(answer),
        figures=figures(answer),
        charts=(_bars(answer), _lines(answer)),
        tables=(_table(answer),),
        cautions=_cautions(answer),
    )


def figures(answer: LifecycleAnswer) -> tuple[Figure, ...]:
    """The shares over all periods that are over."""
    period = answer.asked.per
    named = (
        ("kept", f"Active again the {period} after", answer.kept),
        ("new", "New, of those active", answer.new),
        ("returning", "Returning, of those active", answer.returning),
        ("resurrecting", "Resurrecting, of those active", answer.resurrecting),
    )
    return tuple(
        Figure(id_, name, each.value, "share", each.clusters, each.low, each.high) for id_, name, each in named
    )


def _sentence(answer: LifecycleAnswer) -> str:
    over = [each for each in answer.moments if not each.is_provisional]
    began = f"{whole(answer.n)} {answer.unit}s were active."
    if not over:
        return f"{began} No {answer.asked.per} is over yet."
    last, period = over[-1], answer.asked.per
    if not last.active:
        return f"{began} Nobody was in the last whole {period} ({last.label})."
    said = (
        f"{began} Of {whole(last.active)} in the last whole {period} ({last.label}) {whole(last.new)} were new, "
        f"{whole(last.returning)} returning and {whole(last.resurrecting)} resurrecting"
    )
    if last.kept.value is None:
        return f"{said}."
    return f"{said}; of those of the {period} before, {percent(last.kept.value)} were active again."


def _bars(answer: LifecycleAnswer) -> Bars:
    series = tuple(
        Series(
            name,
            tuple(getattr(each, name) for each in answer.moments),
            n=tuple(getattr(each, name) for each in answer.moments),
        )
        for name in STATES
    )
    labels = tuple(each.label for each in answer.moments)
    return Bars("state-bars", f"{answer.unit.capitalize()}s by {answer.asked.per}", labels, series, "count", "states")


def _lines(answer: LifecycleAnswer) -> Lines:
    kept = [each.kept for each in answer.moments]
    series = Series(
        "active again",
        tuple(each.value for each in kept),
        tuple(each.low for each in kept),
        tuple(each.high for each in kept),
        tuple(each.of for each in kept),
    )
    over = sum(not each.is_provisional for each in answer.moments)
    return Lines(
        "kept-lines",
        f"Of those active in one {answer.asked.per}, active again in the next",
        tuple(each.label for each in answer.moments),
        (series,),
        "share",
        "states",
        provisional_from=over if over < len(kept) else None,
    )


def _table(answer: LifecycleAnswer) -> Table:
    period = answer.asked.per
    rows = tuple(
        Row(
            (
                each.label,
                each.active,
                each.new,
                each.returning,
                each.resurrecting,
                each.dormant,
                each.kept.value,
                each.kept.low,
                each.kept.high,
            ),
            n=each.active + each.dormant,
            is_provisional=each.is_provisional,
        )
        for each in answer.moments
    )
    columns = (
        Column("Week of" if period == "week" else period.capitalize()),
        *(Column(name, "count") for name in ("active", *STATES)),
        Column("again", "share"),
        Column("low", "share"),
        Column("high", "share"),
    )
    return Table(
        "states",
        f"{answer.unit.capitalize()}s by {period}{_year(answer)}",
        columns,
        rows,
        f"new: never active before; returning: active in the {period} before too; resurrecting: active before that; "
        f"dormant: active in the {period} before, not in this one; again: returning out of returning and dormant.",
    )


def _cautions(answer: LifecycleAnswer) -> tuple[str, ...]:
    period, said = answer.asked.per, []
    if answer.has_open_period:
        said.append(
            f"The last {period} is not over (the data shown end on {answer.data_until}): some of its dormant may still come."
        )
    if answer.is_from_the_start:
        said.append(f"The data begin on {answer.data_from}: in the first {period} everybody looks new.")
    return tuple(said)


def _year(answer: LifecycleAnswer) -> str:
    first, last = answer.moments[0].first_day[:4], answer.moments[-1].first_day[:4]
    return f", {first}" if first == last else ""
