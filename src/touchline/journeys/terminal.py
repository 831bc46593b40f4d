"""A proposed journey in the terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.table import Table

from touchline.journeys.rules.proposal import Placed, Proposal, ProposedStage
from touchline.ui.numbers import decimal, percent, whole

MOST_NAMED = 8


def print_proposal(
    console: Console, proposal: Proposal, touchpoint_names: Mapping[str, str], stage_names: Mapping[int, str]
) -> None:
    """Print stages with their touchpoints; an unsure end of a stage is a dashed line."""
    console.print(
        f"Proposed from {whole(proposal.moves)} moves of {whole(proposal.customers)} customers. Trophic incoherence "
        f"{decimal(proposal.incoherence, 2)} (0: all go one way, 1: there is none)."
    )
    table = Table("touchpoint", "id", "events", "level", "how sure", box=None, header_style="bold", pad_edge=False)
    for column in table.columns[2:4]:
        column.justify = "right"
    for number, stage in enumerate(proposal.stages, 1):
        table.add_row(f"{number}. {stage_names.get(number, stage.name)}", style="bold")
        for placed in stage.touchpoints:
            _add(table, placed, touchpoint_names)
        if number < len(proposal.stages):
            table.add_row(*_border(stage))
    console.print(table)
    if proposal.next_best:
        console.print(f"Nearly as good: {'; '.join(proposal.next_best)}.", soft_wrap=True)
    _say_names(console, "Left out, too rare or without anything before and after", proposal.left_out)
    _say_names(console, "Never seen in the data, so left behind when saved", proposal.unused)


def _add(table: Table, placed: Placed, names: Mapping[str, str]) -> None:
    touchpoint = placed.candidate.touchpoint
    new = " (new)" if placed.candidate.is_new else ""
    table.add_row(
        f"   {names.get(touchpoint.id, touchpoint.name)}{new}",
        touchpoint.id,
        whole(placed.candidate.events),
        decimal(placed.level, 2),
        _how_sure(placed),
    )


def _how_sure(placed: Placed) -> str:
    if placed.is_pinned:
        return "kept by you"
    if placed.is_unsure:
        return f"unsure: other stage in {percent(placed.moves_stage or 0.0, 0)}"
    if placed.may_swap:
        return f"order unsure: {percent(placed.swaps or 0.0, 0)}"
    return "sure"


def _border(stage: ProposedStage) -> tuple[str, ...]:
    if stage.border_is_unsure:
        return ("- - - - - - - -", "", "", "", f"end unsure: {percent(stage.border_flips or 0.0, 0)}")
    return ("────────────────",)


def _say_names(console: Console, what: str, names: Sequence[str]) -> None:
    if names:
        more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
        console.print(f"{what}: {', '.join(names[:MOST_NAMED])}{more}.", soft_wrap=True)
