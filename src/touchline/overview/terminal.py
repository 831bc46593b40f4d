"""The map in the terminal: one line per touchpoint, readable at 80 columns, and without colour as well as with it."""

from __future__ import annotations

from typing import Final

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from touchline.journeys.facade import ExperienceScore, JourneyMap, StageMeasures, TouchpointMeasures
from touchline.overview.pains import NONE_STANDS_OUT, pain_in_words
from touchline.overview.research import where_in_words
from touchline.overview.rules import Tone, tone_of
from touchline.overview.seen import is_seen, unseen_in_words
from touchline.overview.sentences import attribution, measured_from
from touchline.overview.tiles import Tile, money_tile, tile
from touchline.overview.wording import BLANK, counted, span
from touchline.ui.numbers import compact, duration, percent, signed, whole

_STYLES: Final = {
    Tone.MUCH_BETTER: "bold cyan",
    Tone.BETTER: "cyan",
    Tone.MEAN: "default",
    Tone.WORSE: "yellow",
    Tone.MUCH_WORSE: "bold yellow",
}
_MARKS: Final = {"high": "▲", "low": "▼", "": "●"}
_HOLLOW: Final = "○"
_WIDEST_TABLE: Final = 100
_LONGEST_QUOTE_CHARACTERS: Final = 130


def print_map(console: Console, journey_map: JourneyMap) -> None:
    """Print the whole map."""
    console.print(Text(f"{journey_map.workspace}: {journey_map.name}", "bold"), soft_wrap=True)
    _print_sentence(console, journey_map.scope_in_words)
    _print_sentence(console, measured_from(journey_map))
    if not journey_map.customers:
        for sentence in (journey_map.staleness.verdict, *journey_map.notes, _what_next(journey_map)):
            _print_sentence(console, sentence)
        return
    _print_headline(console, journey_map)
    console.print(_table(journey_map), width=min(console.width, _WIDEST_TABLE))
    _print_sentence(console, _key(journey_map))
    _print_pains(console, journey_map)
    _print_quotes(console, journey_map)
    for sentence in _below(journey_map):
        _print_sentence(console, sentence)


def _what_next(journey_map: JourneyMap) -> str:
    if journey_map.staleness.data_until is None:
        return "Next: touchline import FILE_OR_FOLDER"
    if journey_map.unmapped.kinds:
        outside = f"{percent(journey_map.unmapped.share.value)} of all events belong to no touchpoint."
        return f"{outside} See which, and make touchpoints of them: touchline journey unmapped"
    return "Nobody is in this scope. All data: touchline map --all"


def _print_headline(console: Console, journey_map: JourneyMap) -> None:
    if not journey_map.headline:
        return
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True, justify="right", style="bold")
    table.add_column()
    money = [money_tile(journey_map.pains)] if journey_map.pains else []
    for shown in [*money, *map(tile, journey_map.headline)]:
        table.add_row(shown.name, f"{shown.value} {shown.unit}".strip(), _beside(shown))
    console.print(Padding(table, (1, 0)))


def _beside(shown: Tile) -> str:
    arrow = {"rise": "▲ ", "fall": "▼ "}.get(shown.direction, "")
    change = f"{arrow}{shown.change} vs before" if arrow else shown.change
    return ", ".join(part for part in (change, shown.band, shown.rests_on, shown.beside) if part)


def _table(journey_map: JourneyMap) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="dim", expand=True)
    table.add_column("", ratio=1, no_wrap=True, overflow="ellipsis")
    for head in ("People", "Reach", "Felt", "80% band", "n", "Success", "To next"):
        table.add_column(head, justify="right", no_wrap=True)
    for stage in journey_map.stages:
        seen = [touchpoint for touchpoint in stage.touchpoints if is_seen(touchpoint)]
        if seen:
            table.add_row(*_stage(stage), style="bold")
            for touchpoint in seen:
                table.add_row(*_touchpoint(touchpoint))
    return table


def _stage(stage: StageMeasures) -> tuple[Text | str, ...]:
    going_on = "" if stage.goes_on.value is None else f"{percent(stage.goes_on.value)} go on"
    score = stage.experience
    return (
        stage.name,
        compact(stage.customers),
        percent(stage.reach.value),
        _felt(score),
        _band(score),
        whole(score.n),
        going_on,
    )


def _touchpoint(touchpoint: TouchpointMeasures) -> tuple[Text | str, ...]:
    score = touchpoint.experience
    success, waiting = touchpoint.functional.success.value, touchpoint.functional.time_taken.median_days
    return (
        f"  {touchpoint.name}",
        compact(touchpoint.customers),
        percent(touchpoint.reach.value),
        _felt(score),
        _band(score),
        whole(score.n),
        BLANK if success is None else percent(success),
        BLANK if waiting is None else duration(waiting),
    )


def _felt(score: ExperienceScore) -> Text:
    if score.difference is None:
        return Text(BLANK, "dim")
    mark = _HOLLOW if score.drawn == "hollow" else _MARKS[score.label]
    return Text(f"{mark} {signed(score.difference):>4}", _STYLES[tone_of(score.difference)])


def _band(score: ExperienceScore) -> str:
    return BLANK if score.low is None else span(score.low, score.high)


def _key(journey_map: JourneyMap) -> str:
    if journey_map.journey_mean is None:
        return f"Felt: too few answers to say ({counted(journey_map.journey_mean_n, 'answer')})."
    return (
        f"Felt: difference from the journey mean, {signed(journey_map.journey_mean, 1)} of −100 to +100 "
        f"(n = {whole(journey_map.journey_mean_n)}). ▲ high point, ▼ low point, ● not distinguishable, ○ mostly "
        f"estimated from its stage, {BLANK} too few answers. Success: visits that went on."
    )


def _print_pains(console: Console, journey_map: JourneyMap) -> None:
    """One line per pain: where, what, and what it costs."""
    pains = journey_map.pains
    if pains is None:
        return
    names = {touchpoint.id: touchpoint.name for touchpoint in journey_map.touchpoints}
    console.print(Text("\nWhere to act first", "bold"))
    for place, pain in enumerate(pains.pains, start=1):
        line = Text.assemble(
            (f"{place} {names.get(pain.touchpoint_id, pain.touchpoint_id)}: ", "dim"), pain_in_words(pain)
        )
        console.print(Padding(line, (0, 0, 0, 2)))
    if not pains.pains:
        console.print(Padding(Text(pains.why_no_total or NONE_STANDS_OUT), (0, 0, 0, 2)))
    _print_sentence(console, pains.about)


def _print_quotes(console: Console, journey_map: JourneyMap) -> None:
    quotes = [(stage.name, stage.quotes[0]) for stage in journey_map.stages if stage.quotes]
    if quotes:
        console.print(Text("\nIn their words", "bold"))
    for stage, quote in quotes:
        line = Text.assemble((f"{stage}: ", "dim"), f"“{_shortened(quote.text)}”")
        line.append(f" {attribution(quote)}", "dim")
        console.print(Padding(line, (0, 0, 0, 2)))


def _below(journey_map: JourneyMap) -> list[str]:
    sentences = ["", journey_map.staleness.verdict, *journey_map.staleness.changes]
    unmapped = journey_map.unmapped
    if unmapped.kinds:
        names = ", ".join(kind.label or kind.page or kind.name for kind in unmapped.kinds)
        sentences.append(f"Unmapped: {percent(unmapped.share.value)} of events; the most frequent are {names}.")
    sentences += filter(None, [unseen_in_words(journey_map), where_in_words(journey_map)])
    return [*sentences, *journey_map.notes]


def _print_sentence(console: Console, sentence: str) -> None:
    console.print(Text(sentence))


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_QUOTE_CHARACTERS else f"{text[:_LONGEST_QUOTE_CHARACTERS].rstrip()}…"
