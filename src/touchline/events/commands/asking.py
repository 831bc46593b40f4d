"""The proposed mapping of an unknown table: shown, corrected and taken in the terminal."""

from __future__ import annotations

from rich.console import Console
from rich.prompt import Prompt

from touchline.engine.workspace import Settings
from touchline.events import facade
from touchline.events.commands.tables import WIDTH, table_of
from touchline.events.facade import Mapping, Proposal
from touchline.events.mapping.roles import ROLES


def ask_for_mapping(console: Console, proposal: Proposal, settings: Settings) -> Mapping | None:
    """Show the mapping until it is taken (yes) or the file left (no); 'ROLE=COLUMN' corrects it."""
    proposed = proposal.proposal
    if proposed is None or proposal.mapping is None:
        return proposal.mapping
    console.print(f"\n{proposal.file.name} is no export known by name. Proposed:", markup=False, width=WIDTH)
    _print_mapping(console, proposed)
    chosen: dict[str, str] = {}
    while (answer := _answer(console).strip()).casefold() not in ("n", "no"):
        role, equals, column = (part.strip() for part in answer.partition("="))
        if answer.casefold() in ("y", "yes") and not proposed.problem:
            return proposed.mapping
        if not equals:
            _print_help(console, proposal, proposed.problem)
            continue
        others = {name: each for name, each in chosen.items() if not column or each != column}
        try:
            proposed = facade.correct_mapping(
                proposal.mapping, others | {_role_meant(role): column}, proposal.columns, proposal.sample, settings
            )
        except facade.MappingError as error:
            console.print(f"{error} Type ? for all roles and columns.", markup=False, width=WIDTH)
            continue
        chosen = others | {_role_meant(role): column}
        _print_mapping(console, proposed)
    return None


def _answer(console: Console) -> str:
    try:
        return Prompt.ask("Import it like this? yes, no, ROLE=COLUMN to correct it, or ? for help", console=console)
    except EOFError:
        return "no"


def _role_meant(written: str) -> str:
    """The role of a title as shown, or of its short name; what is neither is told by the correction."""
    titles = {role.title.casefold(): role.name for role in ROLES.values()}
    return titles.get(written.casefold(), written.casefold())


def _print_help(console: Console, proposal: Proposal, problem: str) -> None:
    roles = ", ".join(role.title for role in ROLES.values())
    example = f"Event name={proposal.columns[0]}"
    for sentence in (
        problem,
        f"ROLE=COLUMN says what a column is, for example {example}. ROLE= alone leaves a role without a column.",
        f"Roles: {roles}.",
        f"Columns: {', '.join(proposal.columns)}.",
    ):
        if sentence:
            console.print(sentence, markup=False, width=WIDTH)


def _print_mapping(console: Console, proposed: facade.MappingProposal) -> None:
    table = table_of("role", "column", "sure", "for example", numbers=())
    for role in proposed.roles:
        shown = role.column or f"always {role.constant or 'the file name'}"
        table.add_row(role.title, shown, f"{role.confidence:.0%}", ", ".join(role.samples[:2]))
    console.print(table, width=WIDTH)
    taken = {role.column for role in proposed.roles}
    others = [column for column in proposed.columns if column not in taken]
    without_role = f"Without a role: {', '.join(others)}." if others else ""
    for sentence in (without_role, *proposed.statements[1:], proposed.problem):  # the first one is the table in words
        if sentence:
            console.print(sentence, markup=False, width=WIDTH)
