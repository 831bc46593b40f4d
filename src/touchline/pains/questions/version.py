"""Whether a computation is still one of the data as they are."""

from __future__ import annotations

import hashlib

from touchline.engine.remembering import data_version
from touchline.engine.workspace import Workspace
from touchline.journeys.facade import load_definition, refresh
from touchline.pains.symptoms.catalogue import all_symptoms

BUILD = 2
"""Counts up when the same data would give other pains than before."""


def version_of(workspace: Workspace) -> str:
    """What a computation depends on: the data, the definition and this code. Raises JourneyFileError."""
    refresh(workspace)
    told = f"{BUILD} {data_version(workspace)} {load_definition(workspace)!r} {[each.name for each in all_symptoms()]}"
    return hashlib.sha256(told.encode()).hexdigest()
