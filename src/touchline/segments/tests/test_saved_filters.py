import pytest

from touchline.engine.workspace import Settings, create_workspace
from touchline.segments.facade import FilterError, delete_filter, save_filter, saved_filters


@pytest.fixture
def workspace(tmp_path):
    workspace = create_workspace(tmp_path / "shop", Settings("Shop"), "")
    yield workspace
    workspace.close()


def test_filters_are_kept_by_name_in_alphabetical_order(workspace):
    save_filter(workspace, "Regulars", "orders >= 3")
    save_filter(workspace, "  at   risk ", 'scored("nps", at_most=6)')

    assert [(found.name, found.expression) for found in saved_filters(workspace)] == [
        ("at risk", 'scored("nps", at_most=6)'),
        ("Regulars", "orders >= 3"),
    ]


def test_the_same_name_replaces_whatever_its_case(workspace):
    save_filter(workspace, "Regulars", "orders >= 3")
    save_filter(workspace, "REGULARS", "orders >= 5")

    assert [(found.name, found.expression) for found in saved_filters(workspace)] == [("REGULARS", "orders >= 5")]


def test_deleting_forgets_and_says_when_there_is_nothing_to_forget(workspace):
    save_filter(workspace, "Regulars", "orders >= 3")

    delete_filter(workspace, "regulars")

    assert saved_filters(workspace) == []
    with pytest.raises(FilterError, match="No filter is called “regulars”"):
        delete_filter(workspace, "regulars")


@pytest.mark.parametrize(
    ("name", "expression"), [("", "orders > 1"), ("x" * 81, "orders > 1"), ("a\x00b", "orders > 1"), ("ok", "orders >")]
)
def test_a_filter_that_cannot_be_read_or_named_is_not_kept(workspace, name, expression):
    with pytest.raises(FilterError):
        save_filter(workspace, name, expression)

    assert saved_filters(workspace) == []
