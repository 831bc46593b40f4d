"""What scores say beside pain points, in the terminal."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from touchline.pains.rules.pain import Pains
from touchline.pains.scores import DRIVERS_NOTE, shown_moment, shown_survey


def print_scores(console: Console, pains: Pains) -> None:
    """Print moments of truth and what goes together with overall answers, or why that cannot be said."""
    console.print(Text("\nMoments of truth", "bold"))
    if pains.moments:
        _print_moments(console, pains)
    else:
        console.print(Text(pains.moments_why or "Too few scores to say."))
    console.print(Text("\nWhat goes together with the overall answer", "bold"))
    if not pains.drivers:
        console.print(Text(pains.drivers_why or "Surveys were not looked at when this was computed."))
        return
    for survey in map(shown_survey, pains.drivers):
        console.print(Text(f"“{survey.overall}”: {survey.sentence}"))
        table = _table("Question", "Share of what is explained", "95% interval")
        for each in survey.drivers:
            table.add_row(Text(each.question), each.share, each.span)
        if survey.drivers:
            console.print(table)
    console.print(Text(DRIVERS_NOTE, "dim"))


def _print_moments(console: Console, pains: Pains) -> None:
    table = _table(
        "Touchpoint", "Ten points of score move buying by", "Customers a month", "Among the first five", "Kind"
    )
    for moment in map(shown_moment, pains.moments):
        name = f"{moment.name} (moment of truth)" if moment.is_labelled else moment.name
        table.add_row(Text(name), moment.moves, moment.reach, moment.chance, moment.kind)
    console.print(table)


def _table(first: str, *others: str) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column(first, overflow="fold")
    for head in others:
        table.add_column(head, justify="right")
    return table
