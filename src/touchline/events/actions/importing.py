"""Importing files and folders: each file by itself, so that one that cannot be read never stops the others."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from touchline.engine.store import DiskFullError, Store, StoreError
from touchline.engine.workspace import Workspace
from touchline.events.actions.correcting import import_corrected
from touchline.events.actions.exporting import is_quarantine_export
from touchline.events.actions.files import files_of, looks_like_table
from touchline.events.actions.recognising import Proposal, plan_for, propose_for
from touchline.events.intake.report import DONE, FAILED, IGNORED, INTERRUPTED, REPLACED, UNDECIDED, FileReport
from touchline.events.intake.reporting import known_report
from touchline.events.intake.run import ChunksMovedError, OnProgress, Plan, ShouldStop, run_import
from touchline.events.intake.running import is_running
from touchline.events.mapping import Mapping, MappingError
from touchline.events.questions.imports import import_with, same_content_read_otherwise
from touchline.events.readers.opening import open_sheet
from touchline.events.readers.sheet import UnreadableFileError

_log = logging.getLogger(__name__)
Choose = Callable[[Proposal], Mapping | None]


def import_files(
    workspace: Workspace,
    paths: Sequence[Path],
    *,
    accept_proposals: bool = False,
    choose: Choose | None = None,
    on_progress: OnProgress | None = None,
    should_stop: ShouldStop | None = None,
) -> list[FileReport]:
    """Import files and folders; one report per file, in order. Nothing a file holds raises.

    A file no named source recognises is read through the mapping saved for its header; without one, through what
    `choose` makes of the proposal (None: leave the file), or the proposal itself with `accept_proposals`. What was
    chosen is remembered for the header. `should_stop` is asked between chunks; a stopped import ends the list.
    """
    importer = _Importer(workspace, accept_proposals, choose, on_progress, should_stop)
    reports: list[FileReport] = []
    for file, from_folder in files_of([Path(path) for path in paths]):
        if from_folder and not looks_like_table(file):
            reports.append(FileReport(file, IGNORED, error=f"{file} was left: its ending is not that of a table."))
            continue
        reports.append(importer.import_one(file))
        if importer.stopped:
            break
    return reports


def save_mapping(workspace: Workspace, header_key: str, mapping: Mapping) -> None:
    """Remember a mapping for every file with this header."""
    with workspace.store.transaction() as writer:
        writer.execute("delete from mappings where header_key = ?", [header_key])
        writer.execute("insert into mappings values (?, ?, ?)", [header_key, mapping.to_json(), _now()])


class _Importer:
    """What holds for all files of one call."""

    def __init__(
        self,
        workspace: Workspace,
        accept_proposals: bool,
        choose: Choose | None,
        on_progress: OnProgress | None,
        should_stop: ShouldStop | None,
    ) -> None:
        self._workspace = workspace
        self._accept, self._choose = accept_proposals, choose
        self._on_progress, self._should_stop = on_progress, should_stop
        self.stopped = False

    def import_one(self, file: Path) -> FileReport:
        """Import one file; whatever is wrong with it stands in the report."""
        try:
            report = self._import(file)
        except (UnreadableFileError, MappingError) as error:
            return FileReport(file, FAILED, error=str(error))
        except DiskFullError as error:
            self.stopped = True
            return FileReport(file, FAILED, error=str(error))
        except StoreError:
            raise
        except OSError as error:
            return FileReport(file, FAILED, error=f"{file} cannot be read: {error.strerror or error}.")
        except Exception as error:
            _log.debug("Where it happened", exc_info=error)
            fault = f"the fault is Touchline's ({type(error).__name__}: {error}). Please report it."
            return FileReport(file, FAILED, error=f"{file} could not be imported to its end, and {fault}")
        self.stopped = report.status == INTERRUPTED
        return report

    def _import(self, file: Path) -> FileReport:
        sheet = open_sheet(file)
        if is_quarantine_export(sheet.columns):
            return import_corrected(self._workspace, sheet)
        proposal = propose_for(self._workspace, sheet)
        mapping = self._decided(proposal)
        if proposal.source is None and mapping is None:
            return _left(proposal, self._accept, asked=self._choose is not None)
        plan = plan_for(sheet, proposal, mapping, self._workspace.settings)
        store = self._workspace.store
        found = import_with(store, plan.fingerprint)
        if found is not None and found.status == DONE:
            return known_report(store, found, file, plan.title)
        if found is not None and is_running(store.path, found.import_id):
            return FileReport(file, FAILED, error=f"{file} is being imported just now; its rows are on their way.")
        try:
            return run_import(store, self._replacing(plan), self._on_progress, self._should_stop)
        except ChunksMovedError:
            if found is not None:
                take_out(store, found.import_id)
            return self._import(file)

    def _decided(self, proposal: Proposal) -> Mapping | None:
        if proposal.source is not None or proposal.remembered:
            return proposal.mapping
        usable = proposal.proposal is not None and not proposal.proposal.problem
        mapping = proposal.mapping if self._accept and usable else None
        if self._choose is not None:
            mapping = self._choose(proposal)
        if mapping is not None:
            save_mapping(self._workspace, proposal.header_key, mapping)
        return mapping

    def _replacing(self, plan: Plan) -> Plan:
        """Take out what the same file gave when it was read through another mapping."""
        content = plan.fingerprint.split()[0]
        earlier = same_content_read_otherwise(self._workspace.store, content, plan.fingerprint)
        for import_id in earlier:
            take_out(self._workspace.store, import_id)
        said = ("It was imported before with another mapping; those events were replaced.",) if earlier else ()
        return replace(plan, notes=plan.notes + said)


def _left(proposal: Proposal, accepted: bool, *, asked: bool) -> FileReport:
    """What is said of a file without a mapping; one whose proposal cannot be used even when accepted has failed."""
    problem = proposal.proposal.problem if proposal.proposal is not None else ""
    no_choice = (
        "no named source knows its columns. Look at the mapping proposed for them in a terminal or on the import page, or "
        "take it as it is with --yes."
    )
    why = problem or ("you did not take the mapping proposed for its columns." if asked else no_choice)
    status = FAILED if problem and accepted else UNDECIDED
    return FileReport(proposal.file, status, error=f"{proposal.file} was left: {why}", notes=proposal.notes)


def take_out(store: Store, import_id: int) -> None:
    """Take back what an import stored, and say so in its record. Links the user switched off stay off."""
    with store.transaction() as writer:
        writer.execute(
            "insert into revisions select nextval('event_seq'), who, id from events where import_id = ?", [import_id]
        )
        for table in ("events", "series", "research_notes", "quarantine"):
            writer.execute(f"delete from {table} where import_id = ?", [import_id])
        writer.execute("delete from links where import_id = ? and active", [import_id])
        writer.execute("update imports set status = ? where import_id = ?", [REPLACED, import_id])


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
