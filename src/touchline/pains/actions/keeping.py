"""Keeping a computation until the data change, and every claim it makes for longer."""

from __future__ import annotations

from typing import Final

import msgspec

from touchline.engine.workspace import Workspace
from touchline.pains.rules.kept import Run, claims_a_loss

MOST_SCOPES: Final = 24
"""Computations kept beside that of all visits; those of longest ago make room for new ones, with their claims."""
LEFT_OUT: Final = "select asked from pain_runs where asked <> '' order by computed desc, asked offset ?"


def keep_run(workspace: Workspace, asked: str, version: str, run: Run) -> None:
    """Put a computation in the place of the one before it; claims that still hold are dated anew."""
    result = msgspec.json.encode(run).decode()
    with workspace.store.transaction(by_itself=True) as writer:
        writer.execute("delete from pain_runs where asked = ?", [asked])
        writer.execute("insert into pain_runs values (?, ?, ?, ?)", [asked, version, run.computed, result])
        for pain in run.pains:
            if not pain.is_supported:
                continue
            writer.execute("delete from pain_claims where asked = ? and pain = ?", [asked, pain.id])
            writer.execute(
                "insert into pain_claims values (?, ?, ?, ?, ?, ?)",
                [
                    asked,
                    pain.id,
                    pain.first_seen,
                    run.computed,
                    claims_a_loss(pain),
                    msgspec.json.encode(pain).decode(),
                ],
            )
        for table in ("pain_claims", "pain_runs"):
            writer.execute(f"delete from {table} where asked in ({LEFT_OUT})", [MOST_SCOPES])
