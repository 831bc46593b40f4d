"""What a second group does differently in a funnel: second minus first."""

from __future__ import annotations

from touchline.analyses.kinds.funnel.answer import FunnelAnswer, TimeTaken
from touchline.analyses.kinds.funnel.words import (
    NOISE,
    change_words,
    people,
    points_interval,
    share_words,
    time_interval,
)
from touchline.analyses.rules.presentation import Bars, Column, Figure, Presentation, Row, Series, Table, Value
from touchline.formulas.evidence import Change
from touchline.formulas.mean import mean_change
from touchline.formulas.proportion import Proportion
from touchline.formulas.proportion import difference as share_difference
from touchline.ui.numbers import MINUS, duration, signed, whole


def difference(first: FunnelAnswer, second: FunnelAnswer) -> Presentation:
    """Compare two funnels of the same steps."""
    through = share_difference(second.through, first.through)
    return Presentation(
        sentence=_sentence(first, second, through),
        figures=(
            Figure(
                "through-change",
                "Got through: second minus first",
                through.difference,
                "points",
                min(first.through.of, second.through.of),
                through.low,
                through.high,
            ),
        ),
        charts=(_bars(first, second),),
        tables=(_share_table(first, second), _time_table(first, second)),
        cautions=_cautions(first, second),
    )


def _sentence(first: FunnelAnswer, second: FunnelAnswer, change: Change) -> str:
    counted = f"{whole(second.through.count)} of {whole(second.through.of)} {people(second)} got through"
    if change.difference is None or first.through.value is None or second.through.value is None:
        return f"{counted} here: too few in one of the two groups to compare."
    shares = (
        f"{counted} here ({share_words(second.through.value)}), of the first group {share_words(first.through.value)}"
    )
    if change.is_noise:
        return f"{shares}: {NOISE}."
    return f"{shares}: {signed(change.difference * 100, 1)} points."


def _pairs(first: FunnelAnswer, second: FunnelAnswer) -> list[tuple[str, Proportion, Proportion]]:
    steps = [
        (f"to {two.name}" if first.order != "any" else two.name, one.of_before, two.of_before)
        for one, two in zip(first.steps[1:], second.steps[1:], strict=True)
    ]
    return [*steps, ("in all", first.through, second.through)]


def _share_table(first: FunnelAnswer, second: FunnelAnswer) -> Table:
    rows = []
    for name, one, two in _pairs(first, second):
        change = share_difference(two, one)
        cells: tuple[Value, ...] = (
            name,
            one.value,
            two.value,
            change.difference,
            points_interval(change),
            change_words(change, "more", "fewer"),
        )
        rows.append(Row(cells, n=min(one.of, two.of)))
    columns = (
        Column("Went on"),
        Column("First", "share"),
        Column("Second", "share"),
        Column("Difference", "points"),
        Column("95% interval"),
        Column("Verdict"),
    )
    return Table("difference", "Of the step before, second minus first", columns, tuple(rows))


def _time_table(first: FunnelAnswer, second: FunnelAnswer) -> Table:
    pairs = zip([*first.times, first.whole], [*second.times, second.whole], strict=True)
    rows = tuple(_time_row(one, two) for one, two in pairs)
    columns = (
        Column("From the step before"),
        Column("Mean, first", "days"),
        Column("Mean, second", "days"),
        Column("Difference"),
        Column("95% interval"),
    )
    return Table(
        "time-difference", "How long it takes, second minus first", columns, rows if len(rows) > 2 else rows[-1:]
    )


def _time_row(one: TimeTaken, two: TimeTaken) -> Row:
    change = mean_change(two.sample, one.sample)
    words = change_words(change, "longer", "shorter")
    if change.difference is not None and not change.is_noise:
        words = f"{duration(abs(change.difference))} {words}"
    return Row(
        (two.name, one.mean.value, two.mean.value, words, _signed_interval(change)), n=min(one.mean.n, two.mean.n)
    )


def _signed_interval(change: Change) -> str:
    if change.low is None or change.high is None:
        return time_interval(None, None)
    return f"{_signed(change.low)} to {_signed(change.high)}"


def _signed(days: float) -> str:
    return f"{'+' if days > 0 else MINUS}{duration(abs(days))}"


def _bars(first: FunnelAnswer, second: FunnelAnswer) -> Bars:
    series = tuple(
        Series(
            name,
            tuple(step.of_first.value for step in answer.steps),
            lows=tuple(step.of_first.low for step in answer.steps),
            highs=tuple(step.of_first.high for step in answer.steps),
            n=tuple(step.reached for step in answer.steps),
        )
        for name, answer in (("First group", first), ("Second group", second))
    )
    labels = tuple(step.name for step in second.steps)
    return Bars("difference-bars", "How far they get, of all who entered", labels, series, "share", "difference")


def _cautions(first: FunnelAnswer, second: FunnelAnswer) -> tuple[str, ...]:
    if not (first.still_open or second.still_open):
        return ()
    said = (
        f"Some have not had the time yet: {whole(first.still_open)} of the first group and {whole(second.still_open)} of "
        "the second may still get through."
    )
    return (said,)
