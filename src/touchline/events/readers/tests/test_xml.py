from __future__ import annotations

from pathlib import Path

import pytest

from touchline.events.readers import xes, xml_elements
from touchline.events.readers.opening import open_sheet
from touchline.events.readers.sheet import UnreadableFileError

EVENT = (
    '<event><string key="concept:name" value="{}"/><date key="time:timestamp" value="2026-01-01T00:00:00Z"/></event>'
)


def log(inside: str, head: str = "") -> str:
    return f'<?xml version="1.0"?>{head}<log><trace>{inside}</trace></log>'


def read(path: Path, text: str) -> list[str | None]:
    path.write_text(text)
    return [cell for batch in open_sheet(path).batches for cell in batch.table.column("concept:name").to_pylist()]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            log(EVENT.format("&lol;"), '<!DOCTYPE log [<!ENTITY a "ha"><!ENTITY lol "&a;&a;&a;&a;&a;&a;&a;&a;">]>'),
            "line 1 holds an entity declaration",
        ),
        (
            log(EVENT.format("&x;"), '<!DOCTYPE log [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
            "line 1 holds an entity declaration",
        ),
        (
            log(EVENT.format("a"), '<!DOCTYPE log [<!ENTITY % x SYSTEM "http://192.0.2.1/x.dtd"> %x;]>'),
            "line 1 holds an entity declaration",
        ),
        (log("<event>" + "<list key='a'>" * 70 + "</list>" * 70 + "</event>"), "nested deeper than 64 levels"),
        (log(EVENT.format("a"))[:-20], "is no whole XML: line 1"),
        (log(EVENT.format("a")).replace("</trace>", "</tracee>"), "mismatched tag"),
        ("<?xml version='1.0' encoding='klingon'?><log/>", "encoding"),
        ("<log></log>", "without events"),
        ("<?xml version='1.0'?><feed><entry/></feed>", "XML of an unknown kind"),
        ("<!DOCTYPE html><html></html>", "is a web page"),
    ],
)
def test_harmful_and_broken_files_get_a_sentence(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(UnreadableFileError, match=sentence):
        read(tmp_path / "log.xes", text)


def test_a_document_type_alone_does_no_harm_and_is_not_fetched(tmp_path: Path) -> None:
    head = '<!DOCTYPE log SYSTEM "http://192.0.2.1/xes.dtd">'

    assert read(tmp_path / "log.xes", log(EVENT.format("Arrived &amp; waited"), head)) == ["Arrived & waited"]


def test_events_without_a_case_and_with_a_prefix_are_read(tmp_path: Path) -> None:
    text = f'<xes:log xmlns:xes="http://www.xes-standard.org/">{EVENT.format("Arrived")}</xes:log>'.replace(
        "<event", "<xes:event"
    ).replace("</event", "</xes:event")

    assert read(tmp_path / "log.xes", text) == ["Arrived"]


def test_a_long_case_is_read_bit_by_bit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xes, "_EVENTS_HELD", 10)
    monkeypatch.setattr(xml_elements, "BLOCK_BYTES", 1000)
    text = log("".join(EVENT.format(number) for number in range(300)))

    assert read(tmp_path / "log.xes", text) == [str(number) for number in range(300)]


def test_an_ocel_log_longer_than_an_element_may_be_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml_elements, "LINE_LIMIT_BYTES", 2000)
    event = '<event id="{}" type="Arrived" time="2026-01-01T00:00:00Z"><attributes/><objects/></event>\n'
    text = "".join(event.format(number) for number in range(200))
    path = tmp_path / "log.xml"
    path.write_text(f"<log><event-types><event-type name='Arrived'/></event-types><events>{text}</events></log>")

    assert sum(batch.table.num_rows for batch in open_sheet(path).batches) == 200
