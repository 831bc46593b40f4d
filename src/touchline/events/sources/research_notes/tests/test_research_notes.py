"""interviews.csv: eight rows. R-5 has no words, R-6 no day that can be read; R-7 stands there twice, corrected."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from touchline.events.rules import Observation
from touchline.events.sources.research_notes import SOURCE

FILE = Path(__file__).parent / "interviews.csv"


@pytest.fixture
def notes(read_file):
    return read_file(SOURCE, FILE)


def test_every_row_is_a_note_or_waits_and_none_is_an_event_or_a_figure(notes) -> None:
    assert [note.key for note in notes.observations] == ["R-1", "R-2", "R-3", "R-4", "R-7", "R-7"]
    assert [refused.reason for refused in notes.refused] == [
        "Note is empty, expected what was said or seen.",
        "Date: found “some day”, expected a date and time such as 2026-08-01 14:30:00 +0200.",
    ]
    assert (notes.events, notes.points) == ([], [])


def test_a_row_in_full_its_score_left_behind(notes) -> None:
    assert notes.observations[0] == Observation(
        key="R-1",
        line=2,
        called="Basket",
        method="interview",
        text="Looks for the delivery price before going on\nI never know what it costs\nuntil the very end.",
        participant="P3",
        noted_by="Mia",
        noted=date(2026, 5, 4),
    )


def test_columns_of_figures_are_named_as_left() -> None:
    assert SOURCE.left_out(("Step", "Note", "Score", "Importance (1-5)", "Discount")) == (
        "Not read: “Score”, “Importance (1-5)”. An opinion is no number; a note is evidence in words, never counted.",
    )
    assert SOURCE.left_out(("Step", "Note", "Method")) == ()


def test_methods_days_and_steps_as_people_write_them(notes) -> None:
    assert [(note.called, note.method, note.noted) for note in notes.observations[1:]] == [
        ("basket", "observation", date(2026, 5, 6)),
        ("Unboxing", "other", None),
        ("", "workshop", date(2026, 5, 12)),
        ("Payment", "usability_test", date(2026, 5, 13)),
        ("Payment", "usability_test", date(2026, 5, 13)),
    ]


def test_without_an_id_the_words_are_the_key(read_rows) -> None:
    row = {"Touchpoint": "Basket", "Note": "Slow", "Method": "Workshop"}

    first, again, other = read_rows(SOURCE, row, row, row | {"Participant": "P1"}).observations

    assert first.key == again.key != other.key


@pytest.mark.parametrize(
    ("header", "is_ours"),
    [
        ("Touchpoint,Note,Method", True),
        ("stage,quote,participant,date", True),
        ("Step,Insight,Researcher,Score", True),
        ("Touchpoint,Note", False),  # any table may have these two
        ("Touchpoint,Method,Participant", False),
        ("Note,Method,Participant", False),
        ("Touchpoint,Quote,Participant,E-mail", False),  # customers who answered
        ("Step,Quote,Who,Order ID,Score", False),
    ],
)
def test_which_tables_are_research_notes(header: str, is_ours: bool) -> None:
    assert (SOURCE.recognises(tuple(header.split(","))) >= 0.5) is is_ours
