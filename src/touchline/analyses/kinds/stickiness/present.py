"""Stickiness as people read it."""

from __future__ import annotations

from touchline.analyses.kinds.stickiness.answer import Ratios, StickinessAnswer
from touchline.analyses.rules.calendar import plural
from touchline.analyses.rules.presentation import Bars, Column, Figure, Lines, Presentation, Row, Series, Table
from touchline.formulas.clustered import ClusteredShare
from touchline.ui.numbers import percent, whole

NAMES = (
    ("day-of-week", "DAU/WAU", "day_of_week"),
    ("day-of-month", "DAU/MAU", "day_of_month"),
    ("week-of-month", "WAU/MAU", "week_of_month"),
)


def present(answer: StickinessAnswer) -> Presentation:
    """Show an answer."""
    if not answer.n:
        return Presentation(f"Nobody had {answer.step_name} in these {plural(answer.asked.per)}.")
    return Presentation(
        sentence=_sentence(answer),
        figures=tuple(_figure(id_, name, ratio_of(answer.overall, field)) for id_, name, field in NAMES),
        charts=(_lines(answer), *([_bars(answer)] if answer.active_days else [])),
        tables=(_ratio_table(answer), *([_days_table(answer)] if answer.active_days else [])),
        cautions=_cautions(answer),
    )


def ratio_of(ratios: Ratios, field: str) -> ClusteredShare:
    """One of the shares by the name of its field."""
    found: ClusteredShare = getattr(ratios, field)
    return found


def _sentence(answer: StickinessAnswer) -> str:
    overall = answer.overall.day_of_month
    began = f"{whole(answer.n)} {answer.unit}s were active."
    if overall.value is None:
        began += " The data are too short or too few for a share of 28 days."
    else:
        began += f" On a usual day {percent(overall.value, 1)} of those active within 28 days are active."
    if answer.active_days and answer.active_days[0].value is not None:
        once = answer.active_days[0].value
        began += f" In the last whole {answer.asked.per} {percent(once)} were active on one day only."
    return began


def _figure(id_: str, name: str, share: ClusteredShare) -> Figure:
    return Figure(id_, name, share.value, "share", share.clusters, share.low, share.high)


def _lines(answer: StickinessAnswer) -> Lines:
    series = []
    for _, name, field in NAMES[:2]:
        shares = [ratio_of(each.ratios, field) for each in answer.stretches]
        series.append(
            Series(
                name,
                tuple(each.value for each in shares),
                tuple(each.low for each in shares),
                tuple(each.high for each in shares),
                tuple(each.clusters for each in shares),
            )
        )
    over = sum(not each.is_provisional for each in answer.stretches)
    return Lines(
        "ratio-lines",
        f"Active users of a day, of those of a week and of 28 days, by {answer.asked.per}",
        tuple(each.label for each in answer.stretches),
        tuple(series),
        "share",
        "ratios",
        provisional_from=over if over < len(answer.stretches) else None,
    )


def _ratio_table(answer: StickinessAnswer) -> Table:
    rows = []
    for each in answer.stretches:
        ratios, shown = each.ratios, each.ratios.day_of_month
        means = (ratios.daily, ratios.weekly, ratios.monthly)
        shares = (ratios.day_of_week.value, shown.value, shown.low, shown.high)
        n = max(ratios.day_of_week.clusters, shown.clusters)
        rows.append(Row((each.label, *means, *shares), n=n, is_provisional=each.is_provisional))
    period = answer.asked.per
    columns = (
        Column("Week of" if period == "week" else period.capitalize()),
        Column("DAU", "count"),
        Column("WAU", "count"),
        Column("MAU", "count"),
        Column("DAU/WAU", "share"),
        Column("DAU/MAU", "share"),
        Column("low", "share"),
        Column("high", "share"),
    )
    note = (
        f"DAU, WAU and MAU: {answer.unit}s active on a day, and within 7 and 28 days up to it; means over the days of the "
        f"{period}. Low and high are a 95% interval of DAU/MAU."
    )
    return Table("ratios", f"Active {answer.unit}s by {period}", columns, tuple(rows), note)


def _bars(answer: StickinessAnswer) -> Bars:
    days = answer.active_days
    series = Series(
        f"{answer.unit}s",
        tuple(each.value for each in days),
        tuple(each.low for each in days),
        tuple(each.high for each in days),
        tuple(each.count for each in days),
    )
    labels = tuple(str(number) for number in range(1, len(days) + 1))
    return Bars("day-bars", _days_caption(answer), labels, (series,), "share", "days")


def _days_table(answer: StickinessAnswer) -> Table:
    rows = tuple(
        Row((str(number), each.count, each.value, each.low, each.high), n=each.count)
        for number, each in enumerate(answer.active_days, start=1)
    )
    columns = (
        Column("Active days"),
        Column(f"{answer.unit}s", "count"),
        Column("share", "share"),
        Column("low", "share"),
        Column("high", "share"),
    )
    return Table("days", _days_caption(answer), columns, rows)


def _days_caption(answer: StickinessAnswer) -> str:
    which = f"week of {answer.counted_in}" if answer.asked.per == "week" else answer.counted_in
    return f"On how many days {answer.unit}s were active in the {which}"


def _cautions(answer: StickinessAnswer) -> tuple[str, ...]:
    if not answer.has_open_period:
        return ()
    period = answer.asked.per
    return (f"The last {period} is not over: only its days up to {answer.data_until} are counted, whole days only.",)
