"""Research notes enter no figure: what the workspace says is the same with them and without them, but for the notes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from touchline.events.facade import import_files, retry_quarantined
from touchline.events.intake.report import Correction
from touchline.formulas.evidence_grade import OPINION
from touchline.journeys.facade import data_span, load_definition
from touchline.overview.facade import measured_map
from touchline.research.facade import (
    ResearchError,
    add_research_note,
    place_research_notes,
    remove_research_note,
    research_notes_on,
)
from touchline.research.tests.tables import NOTES, bring_in
from touchline.segments.facade import Scope

COUNTED = ("events", "kinds", "series", "identifiers", "links", "visits", "responses", "traits", "revisions")


def tables(workspace) -> dict[str, list]:
    return {name: workspace.store.rows(f"from {name} order by all") for name in COUNTED}


def shown(workspace) -> list[tuple[str, str, str]]:
    return [(step, note.called, note.text) for step, note in research_notes_on(workspace)]


def test_no_figure_and_no_table_that_is_counted_changes(shop, notes_file):
    before = measured_map(shop, Scope())
    stored, span = tables(shop), data_span(shop)

    (report,) = import_files(shop, [notes_file])
    add_research_note(shop, "payment", "One more", method="workshop")
    after = measured_map(shop, Scope())

    assert (report.source, report.rows, report.imported, report.quarantined) == ("research_notes", 4, 3, 1)
    assert (tables(shop), data_span(shop)) == (stored, span)
    waiting = "Rows in quarantine, not counted: 1."
    assert replace(after, research=(), computed=before.computed, notes=before.notes) == before
    assert after.notes == (*before.notes, waiting)
    assert [note.touchpoint_id for note in after.research] == ["payment", "payment", "payment", ""]
    assert {note.grade for note in after.research} == {"E"}


def test_the_grade_of_an_opinion_allows_a_hypothesis_and_no_figure():
    assert (OPINION.letter, OPINION.wording, OPINION.has_figures, OPINION.has_money) == (
        "E",
        "hypothesis",
        False,
        False,
    )


def test_a_score_beside_a_note_is_left_behind_and_the_import_says_so(shop, notes_file):
    (report,) = import_files(shop, [notes_file])

    said = " ".join(report.notes)
    assert "Not read: “Score”. An opinion is no number; a note is evidence in words, never counted." in said
    assert "never joined with customers" in said


def test_notes_in_the_order_of_the_map_the_latest_first_and_personal_data_masked(shop, notes_file):
    import_files(shop, [notes_file])

    assert shown(shop) == [
        ("Payment", "payment", "Call me on [phone] about it"),
        ("Payment", "Payment", "Could not find the card form"),
        ("", "Unboxing", "Too much plastic"),
    ]


def test_a_row_without_words_is_corrected_in_quarantine(shop, notes_file):
    (report,) = import_files(shop, [notes_file])

    done = retry_quarantined(shop, report.import_id, [Correction("Note", "Looks for the size")])

    assert (done.imported, done.quarantined, done.skipped) == (1, 0, 0)
    [product] = [each for each in load_definition(shop).touchpoints if each.name == "Product page"]
    assert ("Product page", "Product page", "Looks for the size") in shown(shop)
    assert product.id in {note.touchpoint_id for note in measured_map(shop, Scope()).research}


def test_the_same_notes_again_add_nothing_and_a_changed_one_keeps_its_step(shop, tmp_path):
    head = "Note ID,Step,Note,Method\n"
    bring_in(shop, tmp_path / "a.csv", head + "1,Unboxing,Too much plastic,Workshop\n2,Payment,Slow,Workshop\n")
    assert place_research_notes(shop, "Unboxing", "payment") == (1, "Payment")

    report = bring_in(
        shop, tmp_path / "b.csv", head + "1,Unboxing,Far too much plastic,Workshop\n2,Payment,Slow,Workshop\n"
    )

    assert (report.imported, report.updated, report.skipped) == (1, 1, 1)
    assert shown(shop) == [("Payment", "Unboxing", "Far too much plastic"), ("Payment", "Payment", "Slow")]


def test_a_removed_note_is_erased_and_stays_away(shop, notes_file, tmp_path):
    import_files(shop, [notes_file])
    [(_, first), *_] = research_notes_on(shop, "payment")

    remove_research_note(shop, first.number)
    bring_in(shop, tmp_path / "longer.csv", NOTES + "Payment,New,Workshop,,Tom,,\n")

    assert [text for _, _, text in shown(shop)] == ["Could not find the card form", "New", "Too much plastic"]
    assert shop.store.value("select text || participant from research_notes where removed") == ""
    with pytest.raises(ResearchError, match=f"There is no research note {first.number}; it may have been removed"):
        remove_research_note(shop, first.number)


def test_notes_of_a_step_of_their_own_are_put_on_one_by_hand(shop, notes_file):
    import_files(shop, [notes_file])

    assert place_research_notes(shop, "Unboxing", "Payment") == (1, "Payment")

    assert {step for step, _, _ in shown(shop)} == {"Payment"}
    with pytest.raises(ResearchError, match="“Payment” are on the touchpoint of that name already"):
        place_research_notes(shop, "Payment", "product")
    with pytest.raises(ResearchError, match="no research note on a step called “Moon”"):
        place_research_notes(shop, "Moon", "payment")


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"step": "moon"}, "There is no touchpoint “moon”. There are: "),
        (
            {"method": "tarot"},
            "There is no method “tarot”. There are: interview, observation, workshop, usability_test, other.",
        ),
        ({"text": ""}, "this one is empty"),
    ],
)
def test_what_cannot_be_noted_gets_a_sentence(shop, asked, sentence):
    told = {"step": "payment", "text": "Slow"} | asked

    with pytest.raises(ResearchError, match=sentence):
        add_research_note(shop, told.pop("step"), told.pop("text"), **told)
    assert shown(shop) == []
