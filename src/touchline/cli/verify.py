"""`touchline verify`: plant worlds, let them through the product, and print what came back beside what was planted."""

from __future__ import annotations

import secrets
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from touchline import __version__
from touchline.cli.session import Session

if TYPE_CHECKING:
    from touchline.verification.facade import Asked
    from touchline.verification.verify.run import Report

LARGEST_SEED = 1_000_000


@click.command("verify")
@click.option("--seeds", default=1, show_default=True, type=click.IntRange(1, 1000), help="How many worlds.")
@click.option(
    "--seed",
    type=click.IntRange(0, LARGEST_SEED),
    help="The first seed; the others follow it. Default: by lot, and printed.",
)
@click.option("--quick", is_flag=True, help="Smaller worlds, and only what takes less than a minute for one seed.")
@click.option("--row", "numbers", multiple=True, type=int, help="Only this quantity, by its number; may be repeated.")
@click.option(
    "--keep",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Keep what each seed shows in this file; stopped, the same command goes on from there.",
)
@click.pass_obj
def verify_command(
    session: Session, seeds: int, seed: int | None, quick: bool, numbers: tuple[int, ...], keep: Path | None
) -> None:
    """Plant worlds with known answers, let them through the product, and print what came back beside them.

    Seeds are drawn by lot unless --seed says one; effects, names and parts differ with every seed. Uses temporary workspaces
    only. Exit code 1 when a quantity is outside of its tolerance.
    """
    from touchline.verification.facade import (  # a second to load
        Asked,
        Keeping,
        KeptError,
        all_rows,
        asked_before,
        name_of,
        not_yet_covered,
        print_verified,
        verify,
    )  # fmt: skip

    known = {row.number for row in all_rows()}
    unknown = sorted(set(numbers) - known)
    if unknown:
        raise click.UsageError(
            f"--row {unknown[0]}: there is no such quantity yet; there are {', '.join(map(str, sorted(known)))}."
        )
    rows = [row for row in all_rows() if (not numbers or row.number in numbers) and (row.in_quick or not quick)]
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # as it comes it would leave worlds behind
    try:
        first = _first_seed(seed, asked_before(keep) if keep is not None else None)
        asked = Asked(first, seeds, quick, tuple(map(name_of, rows)), __version__)
        keeping = Keeping(keep, asked) if keep is not None else None
        with _shown(session.console) as report:
            found = verify(
                rows, [first + number for number in range(seeds)], is_quick=quick, report=report, keeping=keeping
            )
    except KeptError as problem:
        raise click.ClickException(str(problem)) from None
    again = f"touchline verify --seeds {seeds} --seed {first}{' --quick' if quick else ''}"
    print_verified(
        session.console,
        found,
        {} if numbers else not_yet_covered(),
        again + "".join(f" --row {number}" for number in numbers),
    )
    if quick and (left := sorted({row.title for row in all_rows() if not row.in_quick})) and not numbers:
        session.console.print(f"Left out of a quick run: {'; '.join(left)}.", soft_wrap=True)
    if not all(each.held for each in found):
        click.get_current_context().exit(1)


def _first_seed(wanted: int | None, before: Asked | None) -> int:
    """The one that was asked for, or that of the run to go on with, or one by lot."""
    if wanted is not None:
        return wanted
    return before.first_seed if before is not None else secrets.randbelow(LARGEST_SEED)


@contextmanager
def _shown(console: Console) -> Iterator[Report]:
    """A bar that says what is being looked at; it is gone when everything is done."""
    parts = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*parts, console=console, transient=True) as bar:
        task = bar.add_task("", total=None)

        def report(done: int, of: int, what: str) -> None:
            bar.update(task, completed=done, total=of, description=what)

        yield report
