from datetime import datetime

import pyarrow as pa
import pytest

from touchline.customers.facade import links_of, redo_link, resolve, undo_link
from touchline.engine.workspace import Settings, create_workspace

DAY = datetime.fromisoformat("2026-03-01")


@pytest.fixture
def workspace(tmp_path):
    workspace = create_workspace(tmp_path / "shop", Settings("Shop"), "")
    yield workspace
    workspace.close()


def add_people(workspace, **identifiers):
    with workspace.store.transaction() as writer:
        for name, (number, type_) in identifiers.items():
            writer.execute("insert into identifiers values (?, ?, ?)", [number, type_, name])


def link(workspace, a, b, *, line=1):
    with workspace.store.transaction() as writer:
        writer.execute(
            "insert into links values (?, ?, 'same row', 'table', 1, ?, ?, true)",
            [a, b, line, DAY],
        )


def profile(workspace, event, who, properties, time=DAY):
    with workspace.store.transaction() as writer:
        writer.execute(
            "insert into kinds select 1, 'Profile Updated', 'other', null, null, 'table' where not exists (from kinds)"
        )
        writer.execute(
            "insert into events (seq, id, time, received, who, kind, properties, import_id, line)"
            " values (nextval('event_seq'), ?, ?, ?, ?, 1, ?, 1, ?)",
            [event, time, time, who, properties, event],
        )


def identities(workspace):
    return workspace.store.table("select * from identities order by all")


def traits(workspace):
    return workspace.store.rows("select customer, key, value from traits order by all")


def revised(workspace):
    return workspace.store.rows("select who from revisions order by seq")


def test_identifiers_become_customers_and_later_links_name_the_customers_they_changed(workspace):
    add_people(workspace, ada=(1, "user_id"), mail=(2, "email"), bob=(3, "user_id"))
    first = resolve(workspace)
    link(workspace, 1, 2)

    second = resolve(workspace)

    assert (first.added, first.changed.tolist()) == (3, [])
    assert (second.added, second.changed.tolist()) == (0, [1, 2])
    assert identities(workspace).to_pylist() == [
        {"identifier": 1, "customer": 1},
        {"identifier": 2, "customer": 1},
        {"identifier": 3, "customer": 3},
    ]
    assert revised(workspace) == [(1,), (2,)]


def test_nothing_new_changes_nothing(workspace):
    add_people(workspace, ada=(1, "user_id"), mail=(2, "email"))
    link(workspace, 1, 2)
    resolve(workspace)

    again = resolve(workspace)

    assert (again.added, again.changed.tolist(), revised(workspace)) == (0, [], [])


def test_undoing_a_link_gives_exactly_the_state_without_it(workspace):
    add_people(workspace, ada=(1, "user_id"), mail=(2, "email"), phone=(3, "phone"))
    link(workspace, 2, 3)
    resolve(workspace)
    without = identities(workspace)
    link(workspace, 1, 2)
    resolve(workspace)
    with_it = identities(workspace)

    undone = undo_link(workspace, 2, 1)

    assert undone.changed.tolist() == [1, 2]
    assert identities(workspace).equals(without)
    assert [(each.a.value, each.b.value, each.active) for each in links_of(workspace, 2)] == [
        ("ada", "mail", False),
        ("mail", "phone", True),
    ]
    redo_link(workspace, 1, 2)
    assert identities(workspace).equals(with_it)


def test_a_link_that_was_undone_stays_undone_when_a_file_brings_it_again(workspace):
    add_people(workspace, ada=(1, "user_id"), mail=(2, "email"))
    link(workspace, 1, 2)
    undo_link(workspace, 1, 2)

    link(workspace, 1, 2, line=7)
    resolve(workspace)

    assert [row["customer"] for row in identities(workspace).to_pylist()] == [1, 2]


def test_an_identifier_that_was_erased_leaves_and_its_customer_is_rebuilt(workspace):
    add_people(workspace, ada=(1, "user_id"), mail=(2, "email"))
    link(workspace, 1, 2)
    resolve(workspace)
    with workspace.store.transaction() as writer:
        writer.execute("delete from identifiers where identifier = 1")

    assert resolve(workspace).changed.tolist() == [1, 2]
    assert identities(workspace).to_pylist() == [{"identifier": 2, "customer": 2}]


def test_a_browser_that_turns_out_to_be_public_leaves_and_comes_back_when_a_link_is_undone(workspace):
    add_people(workspace, kiosk=(1, "anonymous_id"), **{f"u{number}": (number, "user_id") for number in range(2, 8)})
    for person in range(2, 7):
        link(workspace, person, 1)
    resolve(workspace)
    link(workspace, 7, 1)
    shared = resolve(workspace)
    without = [row["identifier"] for row in identities(workspace).to_pylist()]
    back = undo_link(workspace, 1, 7)

    assert (shared.changed.tolist(), without) == ([1], [2, 3, 4, 5, 6, 7])
    assert identities(workspace).to_pylist()[0] == {"identifier": 1, "customer": 1}
    assert back.changed.tolist() == [1]


def test_traits_are_the_latest_values_of_the_whole_customer(workspace):
    add_people(workspace, ada=(1, "user_id"), mail=(2, "email"))
    profile(workspace, 11, 1, '{"country": "DE", "tags": ["vip", "new"], "age": 31}', DAY.replace(day=2))
    profile(workspace, 12, 2, '{"country": "AT", "gone": null}', DAY.replace(day=1))
    resolve(workspace)
    apart = traits(workspace)
    link(workspace, 1, 2)
    resolve(workspace)
    together = traits(workspace)
    profile(workspace, 13, 2, '{"country": "CH"}', DAY.replace(day=3))
    resolve(workspace)

    assert apart == [(1, "age", "31"), (1, "country", "DE"), (1, "tags", '["vip","new"]'), (2, "country", "AT")]
    assert together == [(1, "age", "31"), (1, "country", "DE"), (1, "tags", '["vip","new"]')]
    assert traits(workspace) == [(1, "age", "31"), (1, "country", "CH"), (1, "tags", '["vip","new"]')]


def test_the_types_are_the_vocabularys():
    from touchline.customers.rules.guards import TYPES
    from touchline.events.vocabulary import IDENTIFIER_TYPES

    assert TYPES == IDENTIFIER_TYPES


def test_staged_tables_can_be_empty(workspace):
    assert resolve(workspace).added == 0
    assert identities(workspace).equals(
        pa.table({"identifier": pa.array([], pa.int32()), "customer": pa.array([], pa.int32())})
    )
