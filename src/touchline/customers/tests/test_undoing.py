"""Taking a link back gives exactly what would be without it; putting it on again exactly what was."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from touchline.customers.facade import UnknownLinkError, redo_link, resolve, undo_link
from touchline.customers.rules.guards import TYPES
from touchline.engine.workspace import Settings, create_workspace

WRITTEN = ("identifiers", "links", "identities", "refused_identifiers", "link_switches", "revisions")


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    workspace = create_workspace(tmp_path_factory.mktemp("undoing") / "shop", Settings("Shop"), "")
    yield workspace
    workspace.close()


def fill(workspace, types, links):
    with workspace.store.transaction() as writer:
        for table in WRITTEN:
            writer.execute(f"delete from {table}")
        writer.execute("delete from meta where key like 'identities.%'")
        writer.execute(
            "insert into identifiers select number, type, type || number"
            " from (select unnest(range(1, len($types) + 1)) as number, unnest($types) as type)",
            {"types": types},
        )
        for line, (a, b) in enumerate(links):
            writer.execute("insert into links values (?, ?, 'typed', 'table', 1, ?, '2026-03-01', true)", [a, b, line])
    resolve(workspace)


def state(workspace):
    return (
        workspace.store.rows("select * from identities order by all"),
        workspace.store.rows("select * from refused_identifiers order by all"),
    )


worlds = st.integers(2, 9).flatmap(
    lambda count: st.tuples(
        st.lists(st.sampled_from(TYPES), min_size=count, max_size=count),
        st.lists(st.tuples(st.integers(1, count), st.integers(1, count)), min_size=1, max_size=12),
    )
)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(worlds, st.data())
def test_undoing_one_of_any_links_is_the_state_without_it(workspace, world, data):
    types, links = world
    a, b = data.draw(st.sampled_from(links))
    fill(workspace, types, [link for link in links if set(link) != {a, b}])
    without = state(workspace)
    fill(workspace, types, links)
    before = state(workspace)

    undo_link(workspace, b, a)
    undone = state(workspace)
    redo_link(workspace, a, b)

    assert undone == without
    assert state(workspace) == before


def test_each_switch_is_kept_with_its_time_and_twice_the_same_is_one(workspace):
    fill(workspace, ["user_id", "email"], [(1, 2)])

    undo_link(workspace, 2, 1)
    undo_link(workspace, 1, 2)
    redo_link(workspace, 1, 2)

    assert workspace.store.rows("select a, b, active, time is not null from link_switches order by time") == [
        (1, 2, False, True),
        (1, 2, True, True),
    ]


def test_a_link_that_never_was_cannot_be_undone(workspace):
    fill(workspace, ["user_id", "email"], [])

    with pytest.raises(UnknownLinkError, match=r"There is no link between the identifiers 1 and 2\."):
        undo_link(workspace, 1, 2)
