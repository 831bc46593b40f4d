"""How a funnel is shown."""

from __future__ import annotations

from itertools import accumulate

from touchline.analyses.kinds.funnel.answer import FunnelAnswer, Lead, StepTaken
from touchline.analyses.kinds.funnel.words import (
    CANNOT_SAY,
    interval,
    people,
    ratio_words,
    share_words,
    time_interval,
    way_words,
)
from touchline.analyses.rules.presentation import Bars, Column, Figure, Presentation, Row, Series, Table
from touchline.formulas.proportion import Proportion
from touchline.ui.numbers import whole

MOST_COLUMNS = 5
"""A table of groups with more steps than this shows the first and the last."""

A_LEAD = (
    "What they did differently is a lead, not a cause: who means to go on may do other things for that reason. Try it in "
    "an experiment before you believe it."
)


def present(answer: FunnelAnswer) -> Presentation:
    """Show a funnel."""
    return Presentation(
        sentence=_sentence(answer),
        figures=_figures(answer),
        charts=(_bars(answer), *_group_bars(answer)),
        tables=(
            _step_table(answer),
            *_named_table(answer),
            _time_table(answer),
            *_group_table(answer),
            *_lead_table(answer),
        ),
        cautions=tuple(_cautions(answer)),
    )


def _sentence(answer: FunnelAnswer) -> str:
    if not answer.entered:
        if answer.order == "any":
            return f"None of the steps occurs for any of the {people(answer)} in this scope."
        return f"Nobody took the first step, {answer.steps[0].name}, in this scope."
    through = answer.through
    share = "too few for a share" if through.value is None else share_words(through.value)
    return f"{whole(through.count)} of {whole(through.of)} {people(answer)} ({share}) {way_words(answer)}."


def _figures(answer: FunnelAnswer) -> tuple[Figure, ...]:
    through, whole_way = answer.through, answer.whole
    middle, mean = whole_way.median, whole_way.mean
    return (
        Figure("through", "Got through", through.value, "share", through.of, through.low, through.high),
        Figure("entered", "Entered", answer.entered, "count", answer.entered),
        Figure("median-time", "Median time to get through", middle.value, "days", middle.n, middle.low, middle.high),
        Figure("mean-time", "Mean time to get through", mean.value, "days", mean.n, mean.low, mean.high),
    )


def _bars(answer: FunnelAnswer) -> Bars:
    steps = answer.steps
    series = Series(
        f"Of all who entered ({people(answer)})",
        tuple(step.of_first.value for step in steps),
        lows=tuple(step.of_first.low for step in steps),
        highs=tuple(step.of_first.high for step in steps),
        n=tuple(step.reached for step in steps),
    )
    return Bars("steps-bars", "How far they get", tuple(_name(step) for step in steps), (series,), "share", "steps")


def _step_table(answer: FunnelAnswer) -> Table:
    open_before = [0, *accumulate(step.still_open for step in answer.steps)]
    rows = tuple(
        Row(
            (
                _name(step),
                step.reached,
                step.of_first.value,
                step.of_before.value if at else None,
                interval(step.of_before) if at else CANNOT_SAY,
                None if at == len(answer.steps) - 1 or step.optional else step.still_open,
            ),
            n=step.reached,
            is_provisional=open_before[at] > 0,
        )
        for at, step in enumerate(answer.steps)
    )
    columns = (
        Column("Step"),
        Column(people(answer).capitalize(), "count"),
        Column("Of all", "share"),
        Column("Of step before", "share"),
        Column("95% interval"),
        Column("Open", "count"),
    )
    return Table("steps", "Steps", columns, rows, _step_note(answer))


def _step_note(answer: FunnelAnswer) -> str:
    said = []
    if answer.still_open:
        said.append("Open: it is their last step so far, and they still have time.")
    if any(step.optional for step in answer.steps):
        said.append(
            "? marks an optional step: it stops nobody, and the step behind it is compared with the one before it."
        )
    return " ".join(said)


def _named_table(answer: FunnelAnswer) -> tuple[Table, ...]:
    if not answer.named:
        return ()
    rows = tuple(Row((name, taken.count, taken.value, interval(taken)), n=taken.count) for name, taken in answer.named)
    columns = (Column("Step"), Column(people(answer).capitalize(), "count"), Column("Of all", "share"), Column("95%"))
    return (Table("each", "Each step, in whatever place", columns, rows),)


def _time_table(answer: FunnelAnswer) -> Table:
    rows = tuple(
        Row(
            (
                time.name,
                time.median.n,
                time.median.value,
                time_interval(time.median.low, time.median.high),
                time.mean.value,
                time_interval(time.mean.low, time.mean.high),
            ),
            n=time.median.n,
        )
        for time in ([*answer.times, answer.whole] if len(answer.times) > 1 else [answer.whole])
    )
    columns = (
        Column("From the step before"),
        Column("n", "count"),
        Column("Median", "days"),
        Column("95% (median)"),
        Column("Mean", "days"),
        Column("95% (mean)"),
    )
    return Table("times", "How long it takes those who do", columns, rows)


def _group_table(answer: FunnelAnswer) -> tuple[Table, ...]:
    if not answer.split:
        return ()
    at = range(len(answer.steps)) if len(answer.steps) <= MOST_COLUMNS else (0, len(answer.steps) - 1)
    last = "Of the last step" if answer.split_at == "each" else "Got through"
    rows = tuple(
        Row(
            (group.value, *(group.reached[step] for step in at), group.through.value, interval(group.through)),
            n=max(group.reached),
        )
        for group in answer.groups
    )
    columns = (
        Column(answer.split.capitalize()),
        *(Column(f"{step + 1}. {answer.steps[step].name}", "count") for step in at),
        Column(last, "share"),
        Column("95%"),
    )
    note = {
        "first": "By the value at the first step.",
        "last": "By the value at the last step taken.",
        "each": "By the value at each step: one of the people may be in several rows.",
    }[answer.split_at]
    return (Table("split", f"By {answer.split}", columns, rows, note),)


def _group_bars(answer: FunnelAnswer) -> tuple[Bars, ...]:
    if not answer.groups:
        return ()
    through = [group.through for group in answer.groups]
    series = Series(
        "Of the last step" if answer.split_at == "each" else "Got through",
        tuple(each.value for each in through),
        lows=tuple(each.low for each in through),
        highs=tuple(each.high for each in through),
        n=tuple(each.of for each in through),
    )
    labels = tuple(group.value for group in answer.groups)
    return (Bars("split-bars", f"By {answer.split}", labels, (series,), "share", "split"),)


def _lead_table(answer: FunnelAnswer) -> tuple[Table, ...]:
    if not answer.leads:
        return ()
    rows = tuple(
        Row(
            (
                _lead_name(lead),
                _value(lead.through),
                _value(lead.others),
                lead.odds.value,
                f"{ratio_words(lead.odds.low)} to {ratio_words(lead.odds.high)}",
            ),
            n=lead.through.count + lead.others.count,
        )
        for lead in answer.leads
    )
    columns = (
        Column("On the way, or known of them"),
        Column("Got through", "share"),
        Column("Others", "share"),
        Column("Odds ratio", "number"),
        Column("95% interval"),
    )
    note = (
        f"{whole(answer.leads_looked_at)} things compared; of those shown at most one in ten is expected to be chance. "
        "An odds ratio above 1 goes with getting through, below 1 with dropping out."
    )
    return (Table("leads", "What those who got through did differently: a lead, not a cause", columns, rows, note),)


def _cautions(answer: FunnelAnswer) -> list[str]:
    said = []
    if answer.still_open:
        said.append(
            f"{whole(answer.still_open)} of the {whole(answer.entered)} who entered may still get through: their "
            f"{answer.window} were not over when the period or the data ended. The shares can only rise."
        )
    if answer.through_unbarred is not None:
        more = answer.through_unbarred - answer.through.count
        said.append(
            f"{', '.join(answer.excluded)} came between for {whole(more) if more else 'none'} of those who would have got "
            "through otherwise."
        )
    if answer.leads:
        said.append(A_LEAD)
    elif answer.leads_looked_at:
        said.append(
            f"{whole(answer.leads_looked_at)} other touchpoints, events and facts were compared: none differs between "
            "those who got through and the others by more than chance may explain."
        )
    return said


def _name(step: StepTaken) -> str:
    return f"{step.name}?" if step.optional else step.name


def _lead_name(lead: Lead) -> str:
    return f"event {lead.name}" if lead.about == "event" else lead.name


def _value(found: Proportion) -> float | None:
    return found.value
