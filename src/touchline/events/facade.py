"""Events: what other parts may ask of importers and of the vocabulary."""

from __future__ import annotations

from pathlib import Path

from touchline.engine.workspace import Workspace
from touchline.events.actions.exporting import export_quarantine, neutral
from touchline.events.actions.importing import Choose, import_files, save_mapping
from touchline.events.actions.recognising import Proposal, propose
from touchline.events.actions.retrying import retry_quarantined
from touchline.events.actions.watching import FolderWatch
from touchline.events.exports.feedback_records import write_feedback_records
from touchline.events.exports.ocel_json import write_ocel_json
from touchline.events.exports.ocel_sqlite import write_ocel_sqlite
from touchline.events.exports.ocel_xml import write_ocel_xml
from touchline.events.exports.parquet import write_parquet
from touchline.events.exports.stored import EventLog, StoredEvent, StoredIdentifier, StoredLink, StoredPoint
from touchline.events.exports.xes import write_xes
from touchline.events.exports.xml_text import attribute_text, element_text
from touchline.events.intake.collected import (
    COLLECTED_SOURCE,
    RECEIVED_BEFORE,
    CollectedCounts,
    begin_collecting,
    end_collecting,
    store_collected,
)
from touchline.events.intake.identifiers import spellings_of
from touchline.events.intake.report import (
    MAPPED_SOURCE,
    Correction,
    FileReport,
    ImportRecord,
    Progress,
    QuarantinedRow,
    QuarantinePage,
)
from touchline.events.mapping import ROLES, Mapping, MappingError, MappingProposal, RoleProposal, correct_mapping
from touchline.events.mapping.objects import propose_for_objects, read_collected_object
from touchline.events.questions.imports import all_imports
from touchline.events.questions.quarantine import quarantine_page
from touchline.events.readers.sheet import UnreadableFileError
from touchline.events.rules import Event, Refused, Skipped
from touchline.events.sources.catalogue import named_sources
from touchline.events.sources.cells import UNDATED
from touchline.events.sources.ga4_bigquery.collected import read_collected_hits
from touchline.events.sources.protocol import Context
from touchline.events.sources.segment_jsonl.collected import CollectedResult, read_collected_calls
from touchline.events.sources.shopify_orders.collected import ORDER_TOPICS, read_collected_order
from touchline.events.sources.stripe_payments.collected import read_collected_payment
from touchline.events.sources.zendesk_tickets.collected import read_collected_ticket
from touchline.events.vocabulary import (
    CHANNEL_NAMES,
    CHANNELS,
    DEVICES,
    EVENT_NAMES,
    IDENTIFIER_TYPES,
    NO_CONTACT,
    OBJECT_TYPES,
    RESEARCH_METHODS,
    RESEARCH_SOURCE,
    SCALES,
    SIGNALS,
)


def imports(workspace: Workspace) -> list[ImportRecord]:
    """Every import, the latest first. One whose process is gone counts as interrupted."""
    return all_imports(workspace.store)


def quarantined(workspace: Workspace, import_id: int | None = None, offset: int = 0, limit: int = 50) -> QuarantinePage:
    """Rows that wait for a correction, of one import or of all, by import and line."""
    return quarantine_page(workspace.store, import_id, offset, limit)


def source_title(source: str) -> str:
    """Return what people call a source, e.g. 'Zendesk tickets'; one that is no folder here keeps its name."""
    titles = {each.name: each.title for each in named_sources()} | {COLLECTED_SOURCE: "Collected live"}
    return titles.get(source, source.replace("_", " "))


def watch_folder(workspace: Workspace, folder: Path, *, accept_proposals: bool = False) -> FolderWatch:
    """Begin to watch a folder; nothing is looked at yet."""
    return FolderWatch(workspace, folder, accept_proposals=accept_proposals)


__all__ = [
    "CHANNELS",
    "CHANNEL_NAMES",
    "DEVICES",
    "EVENT_NAMES",
    "IDENTIFIER_TYPES",
    "MAPPED_SOURCE",
    "NO_CONTACT",
    "OBJECT_TYPES",
    "ORDER_TOPICS",
    "RECEIVED_BEFORE",
    "RESEARCH_METHODS",
    "RESEARCH_SOURCE",
    "ROLES",
    "SCALES",
    "SIGNALS",
    "UNDATED",
    "Choose",
    "CollectedCounts",
    "CollectedResult",
    "Context",
    "Correction",
    "Event",
    "EventLog",
    "FileReport",
    "FolderWatch",
    "ImportRecord",
    "Mapping",
    "MappingError",
    "MappingProposal",
    "Progress",
    "Proposal",
    "QuarantinePage",
    "QuarantinedRow",
    "Refused",
    "RoleProposal",
    "Skipped",
    "StoredEvent",
    "StoredIdentifier",
    "StoredLink",
    "StoredPoint",
    "UnreadableFileError",
    "attribute_text",
    "begin_collecting",
    "correct_mapping",
    "element_text",
    "end_collecting",
    "export_quarantine",
    "import_files",
    "imports",
    "neutral",
    "propose",
    "propose_for_objects",
    "quarantined",
    "read_collected_calls",
    "read_collected_hits",
    "read_collected_object",
    "read_collected_order",
    "read_collected_payment",
    "read_collected_ticket",
    "retry_quarantined",
    "save_mapping",
    "source_title",
    "spellings_of",
    "store_collected",
    "watch_folder",
    "write_feedback_records",
    "write_ocel_json",
    "write_ocel_sqlite",
    "write_ocel_xml",
    "write_parquet",
    "write_xes",
]
