"""How a file is to be read: with a mapping saved for its header, as a named source, or with a proposed mapping."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import pyarrow as pa

from touchline.engine.store import Store
from touchline.engine.workspace import Settings, Workspace
from touchline.events.actions.exporting import is_quarantine_export
from touchline.events.intake.producing import by_mapping, by_source
from touchline.events.intake.report import MAPPED_SOURCE
from touchline.events.intake.run import Plan
from touchline.events.mapping import SAMPLE_ROWS, Mapping, MappingProposal, header_key, propose_mapping
from touchline.events.mapping.sample import Sample
from touchline.events.mapping.statements import statements_of
from touchline.events.readers.jsonl import RAW_COLUMN
from touchline.events.readers.opening import open_sheet
from touchline.events.readers.raw import fingerprint
from touchline.events.readers.sheet import Sheet
from touchline.events.sources.catalogue import named_sources
from touchline.events.sources.protocol import Context, Source

SURE_FROM = 0.5
"""Confidence from which a named source reads a file; every required column present gives at least this."""


@dataclass(frozen=True)
class Proposal:
    """How a file would be read, for the user to look at before anything is stored."""

    file: Path
    title: str
    """The named source as its users call it, or 'Table'."""
    source: Source | None
    """None: the file is read through `mapping`."""
    confidence: float
    """0..1, of the source."""
    header_key: str
    """Under which a corrected mapping is remembered."""
    columns: tuple[str, ...]
    mapping: Mapping | None = None
    remembered: bool = False
    """The mapping is the one the user saved for this header."""
    proposal: MappingProposal | None = None
    """With the confidence and sample values of each role; None for a named source or a remembered mapping."""
    sample: pa.Table = field(default_factory=lambda: pa.table({}))
    """The first rows, as text."""
    notes: tuple[str, ...] = ()


def propose(workspace: Workspace, path: Path) -> Proposal:
    """Say how a file would be read. Raises UnreadableFileError when it is no table."""
    return propose_for(workspace, open_sheet(path))


def propose_for(workspace: Workspace, sheet: Sheet) -> Proposal:
    """As `propose`, for an open sheet, whose batches are not touched."""
    columns = tuple(name for name in sheet.columns if name != RAW_COLUMN)
    key = header_key(columns)
    if is_quarantine_export(columns):
        return Proposal(sheet.file, "Corrected rows", None, 1.0, key, columns, remembered=True)
    if (saved := saved_mapping(workspace.store, key)) is not None:
        return Proposal(
            sheet.file,
            "Table",
            None,
            1.0,
            key,
            columns,
            saved,
            remembered=True,
            sample=_sample(sheet),
            notes=sheet.notes,
        )
    source, confidence = _most_likely(sheet)
    if source is not None:
        return Proposal(sheet.file, source.title, source, confidence, key, columns, notes=sheet.notes)
    sample = _sample(sheet)
    proposal = propose_mapping(columns, sample, workspace.settings)
    return Proposal(
        sheet.file,
        "Table",
        None,
        0.0,
        key,
        columns,
        proposal.mapping,
        proposal=proposal,
        sample=sample,
        notes=sheet.notes,
    )


def plan_for(sheet: Sheet, proposal: Proposal, mapping: Mapping | None, settings: Settings) -> Plan:
    """Make the plan of an import; `mapping` is None for a named source."""
    context = Context(settings.zone, settings.currency, sheet.file.name, sheet.columns)
    content = fingerprint(sheet.file)
    source = proposal.source
    if mapping is None and source is not None:
        said = (source.joins_people, source.time_zone, *source.left_out(proposal.columns))
        read_as, produce = source.name, by_source(source)
        return Plan(sheet, source.name, source.title, f"{content} {read_as}", context, produce, sheet.notes + said)
    if mapping is None:
        raise ValueError(f"{sheet.file} has neither a source nor a mapping.")
    read_as = hashlib.sha256(mapping.to_json().encode()).hexdigest()[:16]
    sample = Sample.of(proposal.columns, proposal.sample, settings.time_zone)
    notes = sheet.notes + tuple(statements_of(mapping, sample, settings))
    return Plan(sheet, MAPPED_SOURCE, "Table", f"{content} {read_as}", context, by_mapping(mapping), notes)


def saved_mapping(store: Store, key: str) -> Mapping | None:
    """The mapping remembered for a header, or None."""
    written = store.value("select mapping from mappings where header_key = ? order by saved desc limit 1", [key])
    return None if written is None else Mapping.from_json(str(written))


def _most_likely(sheet: Sheet) -> tuple[Source | None, float]:
    candidates = [
        (source.recognises(sheet.columns), source) for source in named_sources() if sheet.format in source.formats
    ]
    confidence, source = max(candidates, key=lambda found: found[0], default=(0.0, None))
    return (source, confidence) if confidence >= SURE_FROM else (None, 0.0)


def _sample(sheet: Sheet) -> pa.Table:
    """The first rows; where the sheet has none at hand, by opening the file a second time: batches are read once."""
    if sheet.sample is not None:
        return sheet.sample
    again = open_sheet(sheet.file)
    for batch in islice(again.batches, 8):
        if batch.table.num_rows:
            table = batch.table.slice(0, SAMPLE_ROWS)
            return table.drop_columns([RAW_COLUMN]) if RAW_COLUMN in table.column_names else table
    return pa.table({name: pa.array([], pa.string()) for name in sheet.columns})
