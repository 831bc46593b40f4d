"""Read, save and extend the journey definition of a workspace."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources
from pathlib import Path

from touchline.engine.workspace import JOURNEY_FILE, Workspace
from touchline.events.facade import CHANNELS
from touchline.journeys.rules.definition import JourneyDefinition, Pattern, Touchpoint
from touchline.journeys.rules.editing import new_id
from touchline.journeys.rules.journey_file import JourneyFileError, read_journey
from touchline.journeys.rules.journey_writing import with_touchpoints, write_journey
from touchline.journeys.rules.map_parts import UnmappedKind
from touchline.journeys.rules.naming import touchpoint_of_kind

DEFAULT_JOURNEY_TOML = (resources.files("touchline.journeys") / "default_journey.toml").read_text("utf-8")


def default_definition() -> JourneyDefinition:
    """Return the definition every workspace starts with."""
    return read_journey(DEFAULT_JOURNEY_TOML, JOURNEY_FILE, CHANNELS)


def load_definition(workspace: Workspace) -> JourneyDefinition:
    """Read journey.toml; without one the default holds. Raises JourneyFileError with a sentence."""
    return _read(_text(workspace))


@lru_cache(maxsize=4)
def _read(text: str) -> JourneyDefinition:
    """A question reads the same text several times, 8 ms each."""
    return read_journey(text, JOURNEY_FILE, CHANNELS)


def save_definition(workspace: Workspace, definition: JourneyDefinition) -> None:
    """Write journey.toml, keeping its comments. Raises JourneyFileError, and writes nothing, when it would not read back."""
    try:
        before = _text(workspace)
    except JourneyFileError:
        before = ""
    save_definition_text(workspace, write_journey(definition, before))


def keep_definition(workspace: Workspace, file_name: str) -> None:
    """Keep a copy of journey.toml under another name in the workspace, to go back to."""
    _replace(workspace.folder / file_name, _text(workspace))


def save_definition_text(workspace: Workspace, text: str) -> JourneyDefinition:
    """Write journey.toml as the user typed it. Raises JourneyFileError, and writes nothing, when it has a mistake."""
    definition = read_journey(text, JOURNEY_FILE, CHANNELS)
    _replace(workspace.journey_file, text)
    return definition


def adopt_unmapped(workspace: Workspace, kinds: Sequence[UnmappedKind], stage_id: str) -> JourneyDefinition:
    """Make touchpoints of kinds of events that had none, one for each label, page or name, at the end of a stage.

    Raises JourneyFileError when the stage does not exist.
    """
    definition = load_definition(workspace)
    if stage_id not in {stage.id for stage in definition.stages}:
        known = ", ".join(stage.id for stage in definition.stages)
        raise JourneyFileError(f'{JOURNEY_FILE} has no stage "{stage_id}"; expected one of {known}.')
    patterns: dict[str, Pattern] = {}
    for kind in kinds:
        name, pattern = touchpoint_of_kind(kind)
        patterns.setdefault(name, pattern)
    taken = {touchpoint.id for touchpoint in definition.touchpoints}
    added = []
    for name, pattern in patterns.items():
        added.append(Touchpoint(new_id(name, taken), name, stage_id, (pattern,)))
        taken.add(added[-1].id)
    adopted = with_touchpoints(definition, added)
    save_definition(workspace, adopted)
    return adopted


def _text(workspace: Workspace) -> str:
    if not workspace.journey_file.exists():
        return DEFAULT_JOURNEY_TOML
    try:
        return workspace.journey_file.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise JourneyFileError(f"{JOURNEY_FILE} cannot be read: {error}. Expected a text file in UTF-8.") from None


def _replace(path: Path, text: str) -> None:
    """Write beside the file and swap, so that a crash leaves the old or the new one, whole."""
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, prefix=".journey", delete=False) as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    Path(file.name).replace(path)
