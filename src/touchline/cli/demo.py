"""The demo: write the demo company's files, import that folder as a user would, print the map."""

from __future__ import annotations

import shutil
from pathlib import Path

import click

from touchline.cli.session import Session
from touchline.engine.workspace import Settings, create_workspace
from touchline.journeys.facade import DEFAULT_JOURNEY_TOML
from touchline.verification.facade import DEMO_COMPANY, write_demo_exports

WORKSPACE, EXPORTS, TRUTH = "workspace", "exports", "truth"


def prepare_demo(session: Session, folder: Path, seed: int, customers: int) -> Session:
    """Leave a fresh demo under `folder` and return a session on its workspace. Raises ClickException with a sentence."""
    workspace = folder / WORKSPACE
    _clear(folder)
    console = session.console
    write_demo_exports(folder / EXPORTS, folder / TRUTH, seed=seed, customers=customers)
    files = sorted((folder / EXPORTS).iterdir())
    console.print(f"1. Wrote the files of {DEMO_COMPANY}, a shop that does not exist, to {folder / EXPORTS}/:")
    for file in files:
        console.print(f"   {file.name:<42}{file.stat().st_size / 1000:>9,.0f} kB")
    create_workspace(workspace, Settings(DEMO_COMPANY, "Europe/Berlin", "EUR"), DEFAULT_JOURNEY_TOML).close()
    demo = Session(workspace, console, interactive=False)
    console.print(f"2. touchline -w {workspace} import {folder / EXPORTS} --yes", soft_wrap=True)
    _run(demo, "import", [str(folder / EXPORTS), "--yes"])
    console.print(f"3. touchline -w {workspace} map", soft_wrap=True)
    _run(demo, "map", [])
    console.print(f"Which of its troubles costs most: touchline -w {workspace} pains", soft_wrap=True)
    return demo


def _run(session: Session, name: str, arguments: list[str]) -> None:
    """Run one of our own commands exactly as typed."""
    root = click.get_current_context().find_root().command
    command = root.get_command(click.Context(root), name) if isinstance(root, click.Group) else None
    if command is None:
        raise click.ClickException(f"The command {name} is missing from this installation.")
    context = command.make_context(name, arguments, obj=session)
    try:
        with context:
            command.invoke(context)
    except click.exceptions.Exit as ended:
        if ended.exit_code:
            raise


def _clear(folder: Path) -> None:
    """Start anew, but only over what a demo left there."""
    if not folder.exists():
        return
    foreign = {place.name for place in folder.iterdir()} - {WORKSPACE, EXPORTS, TRUTH}
    if foreign:
        raise click.ClickException(
            f"{folder} holds other things ({', '.join(sorted(foreign))}). Choose another with --folder."
        )
    for name in (WORKSPACE, EXPORTS, TRUTH):
        shutil.rmtree(folder / name, ignore_errors=True)
