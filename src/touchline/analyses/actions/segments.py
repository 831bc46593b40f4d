"""Segments out of questions: the customers of one part of an answer, kept by name and counted again with new data."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeAlias
from urllib.parse import parse_qs, urlencode

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from touchline.analyses.kinds.catalogue import kind_named
from touchline.analyses.rules.problem import QuestionError, what_exists
from touchline.engine.remembering import data_version
from touchline.engine.workspace import Workspace

MAX_NAME_CHARACTERS = 80

Texts: TypeAlias = Mapping[str, Sequence[str]]
FindMembers: TypeAlias = Callable[[str, Texts, str], NDArray[np.int64]]
"""Kind, question as texts, part -> customers."""

KEPT = """
select s.name, s.kind, s.asked, s.part, s.words, s.made, s.counted,
  (select count(*) from segment_members m where m.name = s.name)
from segments s order by s.made, s.name
"""


@dataclass(frozen=True)
class Segment:
    """A segment kept by name."""

    name: str
    kind: str
    asked: str
    """The question as a query string."""
    part: str
    words: str
    """Who they are: 'customers who ...'."""
    made: datetime
    counted: str
    customers: int


def kept_segments(workspace: Workspace) -> list[Segment]:
    """Every segment, the oldest first."""
    return [Segment(*row) for row in workspace.store.rows(KEPT)]


def keep_segment(workspace: Workspace, name: str, kind: str, given: Texts, part: str, find: FindMembers) -> Segment:
    """Keep the customers of a part of a question; one of that name (case does not count) is replaced.

    Raises QuestionError.
    """
    name = " ".join(name.split())
    if not 0 < len(name) <= MAX_NAME_CHARACTERS or not name.isprintable():
        raise QuestionError(f"A segment's name has 1 to {MAX_NAME_CHARACTERS} characters, none of them invisible.")
    words = _words(kind, part)
    members = find(kind, given, part)
    asked = urlencode([(key, text) for key, texts in given.items() for text in texts if text])
    made = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
    version = data_version(workspace)
    with workspace.store.transaction() as writer:
        writer.execute("delete from segments where lower(name) = lower(?)", [name])
        writer.execute("delete from segment_members where lower(name) = lower(?)", [name])
        writer.execute(
            "insert into segments values (?, ?, ?, ?, ?, ?, ?)", [name, kind, asked, part, words, made, version]
        )
        with writer.staged("found", pa.table({"customer": members})):
            writer.execute("insert into segment_members select ?, customer::integer from found", [name])
    return Segment(name, kind, asked, part, words, made, version, len(members))


def delete_segment(workspace: Workspace, name: str) -> None:
    """Forget a segment. Raises QuestionError when none has that name."""
    with workspace.store.transaction() as writer:
        if not writer.value("select count(*) from segments where lower(name) = lower(?)", [name]):
            raise QuestionError(what_exists("segment", name, [each.name for each in kept_segments(workspace)]))
        writer.execute("delete from segments where lower(name) = lower(?)", [name])
        writer.execute("delete from segment_members where lower(name) = lower(?)", [name])


def count_again(workspace: Workspace, find: FindMembers) -> None:
    """Bring the members of every segment up to date with the data.

    In the order in which they were made: a segment can only name older ones. One whose question can no longer be
    answered (a touchpoint is gone) keeps nobody until it can.
    """
    kept = kept_segments(workspace)
    version = data_version(workspace) if kept else ""
    for segment in kept:
        if segment.counted == version:
            continue
        try:
            members = find(segment.kind, parse_qs(segment.asked), segment.part)
        except QuestionError:
            members = np.empty(0, dtype=np.int64)
        with workspace.store.transaction() as writer:
            writer.execute("delete from segment_members where name = ?", [segment.name])
            with writer.staged("found", pa.table({"customer": members})):
                writer.execute("insert into segment_members select ?, customer::integer from found", [segment.name])
            writer.execute("update segments set counted = ? where name = ?", [version, segment.name])


def _words(kind: str, part: str) -> str:
    parts = dict(kind_named(kind).parts)
    if part not in parts:
        raise QuestionError(what_exists("part of this question", part, parts))
    return parts[part]
