"""Questions about journeys: one shape for all kinds of them."""

from pathlib import Path


def _of_itself(kind: Path) -> str:
    """The first line of what a folder of `kinds` says it is."""
    with (kind / "__init__.py").open(encoding="utf-8") as file:
        return file.readline().strip().strip('"')


COMMANDS = {
    kind.name.replace("_", "-"): _of_itself(kind)
    for kind in Path(__file__).with_name("kinds").iterdir()
    if kind.is_dir() and not kind.name.startswith("_")
}
"""What `touchline --help` says of each command: loading them all takes a second."""
