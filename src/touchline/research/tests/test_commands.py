"""`touchline note` and what `touchline map` and its files say of notes."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from click.testing import CliRunner

from touchline import open as open_touchline
from touchline.cli.main import commands
from touchline.engine.workspace import open_workspace
from touchline.journeys.facade import ResearchNote
from touchline.overview.exports.html_file import write_html
from touchline.overview.exports.small_cells import without_small_cells
from touchline.overview.tests.sample import SAMPLE
from touchline.research.facade import add_research_note


@pytest.fixture
def run(shop):
    shop.close()

    def run(*arguments: str):
        return CliRunner().invoke(commands(), ["-w", str(shop.folder), *arguments], env={"COLUMNS": "200"})

    return run


def test_add_list_and_remove(run):
    added = run(
        "note",
        "add",
        "payment",
        "Card form not found",
        "--method",
        "usability_test",
        "--who",
        "P1",
        "--date",
        "2026-05-04",
    )
    run("note", "add", "Product page", "Wants to see the size [bold]")

    assert (added.exit_code, added.output) == (0, "Note 1 is on “Payment”.\n")
    listed = run("note", "list").output
    assert listed.splitlines() == [
        "Evidence grade E: each is a hypothesis, never counted.",
        "",
        "Product page",
        "  2. Wants to see the size [bold] (Other research)",
        "",
        "Payment",
        "  1. Card form not found (Usability test, P1, 2026-05-04)",
    ]
    assert "Product page" not in run("note", "list", "Payment").output
    assert run("note", "remove", "1").output == "Removed note 1.\n"
    assert "There are no research notes here yet" in run("note", "list", "payment").output


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("add", "moon", "Slow"), "There is no touchpoint “moon”. There are: "),
        (("add", "payment", " "), "A note says what somebody said or did; this one is empty."),
        (("add", "payment", "Slow", "--method", "tarot"), "'tarot' is not one of 'interview', 'observation'"),
        (("list", "moon"), "There is no touchpoint “moon”."),
        (("remove", "7"), "There is no research note 7; it may have been removed."),
        (("place", "Moon", "payment"), "There is no research note on a step called “Moon”."),
    ],
)
def test_wrong_usage_is_a_sentence_and_code_two(run, arguments, sentence):
    answer = run("note", *arguments)

    assert (answer.exit_code, sentence in answer.output) == (2, True), answer.output


def test_the_map_says_how_many_notes_there_are_and_where(run, shop, notes_file):
    run("import", str(notes_file))

    words = " ".join(run("map", "--all").output.split())

    assert (
        "From research (evidence grade E: a hypothesis, never counted): Payment (2 notes), on no step: “Unboxing” (1 note)."
        in words
    )
    research = json.loads(run("map", "--all", "--json").output)["research"]
    assert [(note["touchpoint_id"], note["participant"], note["grade"], note["noted"]) for note in research] == [
        ("payment", "P2", "E", "2026-05-02"),
        ("payment", "P1", "E", "2019-03-01"),
        ("", "", "E", "2031-01-01"),
    ]


def test_files_leave_without_saying_who_spoke(tmp_path):

    note = ResearchNote(1, "payment", "Payment", "interview", "It <broke>", "P1", "Mia", None, "notes.csv", 2, "E")
    left = without_small_cells(replace(SAMPLE, research=(note,)))

    assert left.research == (replace(note, participant="", noted_by="", file="", line=None),)
    page = write_html(left)
    assert "From research (evidence grade E: a hypothesis, never counted)" in page
    assert "It &lt;broke&gt; <small>Interview</small>" in page
    assert without_small_cells(replace(SAMPLE, customers=9, research=(note,))).research == ()
    assert "From research" not in write_html(SAMPLE)


def test_python_has_the_notes_of_the_map(run, shop):

    workspace = open_workspace(shop.folder)
    add_research_note(workspace, "payment", "Slow", method="interview")
    workspace.close()

    with open_touchline(shop.folder) as touchline:
        (note,) = touchline.journey_map(everything=True).research

    assert (note.text, note.method, note.grade) == ("Slow", "interview", "E")
