"""docs/reference/commands.md: every command with its arguments and options, from click itself."""

from __future__ import annotations

from collections.abc import Iterator

import click

from touchline.cli.main import commands


def text() -> str:
    """Return the page."""
    root = commands()
    lines = [
        "# Commands",
        "",
        "Generated from the code by `make docs`.",
        "",
        "Exit codes: 0 done; 1 the data or the store cannot be used as asked; 2 wrong usage; 130 interrupted.",
        "Set `NO_COLOR` for plain output. Options of `touchline` itself stand before the command's name.",
        "",
        *_section(root, ["touchline"]),
    ]
    for path, command in _walk(root, ["touchline"]):
        lines += _section(command, path)
    return "\n".join(lines).rstrip() + "\n"


def _walk(group: click.Group, path: list[str]) -> Iterator[tuple[list[str], click.Command]]:
    context = click.Context(group)
    for name in sorted(group.list_commands(context)):
        command = group.get_command(context, name)
        assert command is not None, name
        yield [*path, name], command
        if isinstance(command, click.Group):
            yield from _walk(command, [*path, name])


def _section(command: click.Command, path: list[str]) -> list[str]:
    context = click.Context(command, info_name=" ".join(path))
    usage = " ".join([" ".join(path), *command.collect_usage_pieces(context)])
    lines = [f"## {' '.join(path)}", "", (command.help or "").strip(), "", f"    {usage}", ""]
    options = [option.get_help_record(context) for option in command.params if isinstance(option, click.Option)]
    if shown := [record for record in options if record]:
        lines += ["| option | meaning |", "|---|---|"]
        lines += [f"| `{name}` | {meaning.replace('|', '/')} |" for name, meaning in shown]
        lines.append("")
    return lines


PAGES = {"commands.md": text}
