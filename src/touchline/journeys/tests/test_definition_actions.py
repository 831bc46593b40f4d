from dataclasses import replace

import pytest

from touchline.engine.workspace import Settings, create_workspace
from touchline.journeys.facade import (
    DEFAULT_JOURNEY_TOML,
    JourneyFileError,
    Pattern,
    UnmappedKind,
    adopt_unmapped,
    default_definition,
    load_definition,
    save_definition,
    save_definition_text,
)


@pytest.fixture
def workspace(tmp_path):
    workspace = create_workspace(tmp_path / "shop", Settings("Shop"), DEFAULT_JOURNEY_TOML)
    yield workspace
    workspace.close()


def test_a_new_workspace_has_the_default_journey_also_without_its_file(workspace):
    with_file = load_definition(workspace)
    workspace.journey_file.unlink()

    assert with_file == load_definition(workspace) == default_definition()


def test_what_is_saved_is_read_back(workspace):
    definition = replace(default_definition(), name="Buying boots", gap_days=45.0)

    save_definition(workspace, definition)

    assert load_definition(workspace) == definition
    assert "# a journey ends when nothing happens" in workspace.journey_file.read_text("utf-8")


def test_a_mistake_is_refused_and_nothing_is_written(workspace):
    with pytest.raises(JourneyFileError, match="line 1"):
        save_definition_text(workspace, "name = ")

    assert workspace.journey_file.read_text("utf-8") == DEFAULT_JOURNEY_TOML
    assert [path.name for path in workspace.folder.iterdir() if path.name.startswith(".journey")] == []


def test_a_file_that_is_no_text_gets_a_sentence(workspace):
    workspace.journey_file.write_bytes(b"\xff\xfe\x00")

    with pytest.raises(JourneyFileError, match=r"journey\.toml cannot be read.*UTF-8"):
        load_definition(workspace)


def test_unmapped_kinds_become_touchpoints_named_by_label_page_or_name(workspace):
    kinds = [
        UnmappedKind("Contact", "store", None, "In der Filiale", 40, 30),
        UnmappedKind("Contact", "phone", None, "In der Filiale", 4, 3),
        UnmappedKind("Page Viewed", "web", "/quiz", None, 20, 10),
        UnmappedKind("Wait", "other", None, None, 9, 9),
    ]

    added = adopt_unmapped(workspace, kinds, "service").touchpoints_of("service")[-3:]

    assert [(each.id, each.name, each.patterns) for each in added] == [
        ("in-der-filiale", "In der Filiale", (Pattern(label=("In der Filiale",)),)),
        ("quiz", "/quiz", (Pattern(event=("Page Viewed",), page=("/quiz",)),)),
        ("wait", "Wait", (Pattern(event=("Wait",)),)),
    ]
    assert load_definition(workspace).touchpoints_of("service")[-3:] == added


def test_adopting_into_a_stage_that_is_not_there_says_which_are(workspace):
    with pytest.raises(JourneyFileError, match='no stage "sevice"; expected one of awareness, consideration'):
        adopt_unmapped(workspace, [], "sevice")
