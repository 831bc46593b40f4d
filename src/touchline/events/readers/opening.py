"""Open any file as a sheet: the content decides the format, the name only where the content leaves it open."""

from __future__ import annotations

import re
from pathlib import Path

from touchline.events.readers.delimited import open_delimited
from touchline.events.readers.encoding import SAMPLE_BYTES
from touchline.events.readers.json_document import open_json
from touchline.events.readers.jsonl import open_jsonl
from touchline.events.readers.ocel_json import looks_like_ocel, open_ocel_json
from touchline.events.readers.ocel_xml import open_ocel_xml
from touchline.events.readers.parquet import open_parquet
from touchline.events.readers.raw import check_is_file, raw_blocks
from touchline.events.readers.report import is_report, open_report
from touchline.events.readers.sheet import Sheet, UnreadableFileError
from touchline.events.readers.xes import open_xes

ENDINGS = (
    ".csv", ".tsv", ".txt", ".tab", ".jsonl", ".ndjson", ".json", ".xlsx", ".xlsm", ".parquet", ".pq", ".gz",
    ".xes", ".xml", ".xmlocel", ".jsonocel", ".ocel", ".sqlite", ".sqlite3", ".db",
)  # fmt: skip
"""Files of a folder that are tried; others are named and left."""
_REPORT_BEGINS_BYTES = 64 * 1024
_BYTE_ORDER_MARK = re.compile(rb"^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)")
_BEGINS_XML = re.compile(rb"\s*<(?:\?xml|!--|!DOCTYPE|html\b|(?:\w+:)?log\b)", re.IGNORECASE)
_OCEL_XML = re.compile(rb"<(?:event-types|object-types)\b|<object\b[^>]*\btype=")
_LOG = re.compile(rb"<(?:\w+:)?log\b")
_BEGINS_OBJECTS = re.compile(rb"\s*(?:\[\s*)?\{")

_KNOWN_BINARY = (
    (b"\xd0\xcf\x11\xe0", "is an old or password-protected Excel file; save it as .xlsx without a password"),
    (b"%PDF", "is a PDF; export the table behind it as CSV"),
    (b"\x89PNG", "is a picture"),
    (b"\xff\xd8\xff", "is a picture"),
    (b"7z\xbc\xaf", "is a 7z archive; unpack it first"),
    (b"Rar!", "is a RAR archive; unpack it first"),
)


def open_sheet(path: Path) -> Sheet:
    """Open a CSV, TSV, XLSX, JSON, JSON lines, Parquet, XES or OCEL file.

    Raises UnreadableFileError with a sentence naming the file, what was found and what was expected.
    """
    check_is_file(path)
    start = next((block.data for block in raw_blocks(path, SAMPLE_BYTES)), b"")
    for magic, sentence in _KNOWN_BINARY:
        if start.startswith(magic):
            raise UnreadableFileError(f"{path} {sentence}.")
    if start.startswith(b"PAR1"):
        return open_parquet(path)
    if start.startswith(b"PK\x03\x04"):
        from touchline.events.readers.xlsx import open_xlsx  # openpyxl takes a tenth of a second to import

        return open_xlsx(path)
    if start.startswith(b"SQLite format 3\0"):
        from touchline.events.readers.ocel_sqlite import open_ocel_sqlite  # few have one; sqlite3 takes time to import

        return open_ocel_sqlite(path)
    return _open_text(path, start)


def _open_text(path: Path, start: bytes) -> Sheet:
    endings = [ending.lower() for ending in path.suffixes]
    if ".xlsx" in endings[-1:] or ".parquet" in endings[-1:]:
        raise UnreadableFileError(f"{path} is not a {endings[-1][1:].upper()} file, whatever its name says.")
    named_json = any(ending in (".jsonl", ".ndjson", ".json") for ending in endings)
    written = _BYTE_ORDER_MARK.sub(b"", start).replace(b"\0", b"")  # without the zeros of UTF-16
    if _BEGINS_XML.match(written):
        return _open_xml(path, written)
    if written.lstrip().startswith(b"{") and looks_like_ocel(written):
        return open_ocel_json(path)
    if _BEGINS_OBJECTS.match(written) or (named_json and written.lstrip().startswith(b"[")):
        return open_json(path)
    if named_json:
        return open_jsonl(path)
    if is_report(written[:_REPORT_BEGINS_BYTES].decode("utf-8", "replace")):
        return open_report(path)
    return open_delimited(path)


def _open_xml(path: Path, start: bytes) -> Sheet:
    if _LOG.search(start) is None:
        if b"<html" in start.lower() or b"<!doctype html" in start.lower():
            raise UnreadableFileError(f"{path} is a web page; export the table behind it as CSV.")
        raise UnreadableFileError(f"{path} is XML of an unknown kind; of XML, XES and OCEL 2.0 logs can be read.")
    return open_ocel_xml(path) if _OCEL_XML.search(start) else open_xes(path)
