"""What was assumed, as it was set."""

from __future__ import annotations

from touchline.engine.workspace import Workspace
from touchline.value.rules.assumptions import Setting

LATEST = """
select name, value, note, set from value_assumptions
qualify row_number() over (partition by name order by number desc) = 1 order by name
"""
EVER = "select name, value, note, set from value_assumptions order by number"


def settings(workspace: Workspace) -> list[Setting]:
    """The latest setting of each assumption that was ever set."""
    return [Setting(*row) for row in workspace.store.rows(LATEST)]


def settings_ever(workspace: Workspace) -> list[Setting]:
    """Every setting there was, the oldest first."""
    return [Setting(*row) for row in workspace.store.rows(EVER)]
