"""Accounts and members out of group calls, order companies and profiles, counted by hand."""

import json
from datetime import datetime

import pytest

from touchline.customers.facade import account, accounts, accounts_of, members_of, resolve, undo_link
from touchline.engine.workspace import Settings, create_workspace
from touchline.events.facade import import_files

CALLS = [
    # ada joins Initech by its id, which a later call gives a name; bob by another spelling of the id
    {"type": "group", "userId": "ada", "groupId": "IN-7", "timestamp": "2026-03-01T10:00:00Z"},
    {"type": "group", "userId": "ada", "groupId": "IN-7", "traits": {"name": "Initech GmbH"}, "timestamp": "2026-03-02T10:00:00Z"},
    {"type": "group", "userId": "bob", "groupId": " in-7 ", "timestamp": "2026-03-05T10:00:00Z"},
    # cem is only known by what the profile says: the name that IN-7 goes by, as an object
    {"type": "identify", "userId": "cem", "traits": {"company": {"name": "Initech GmbH"}}, "timestamp": "2026-03-06T10:00:00Z"},
    # dora changed from Acme to Initech, and is a member of both
    {"type": "track", "event": "Demo Booked", "userId": "dora", "context": {"groupId": "Acme"}, "timestamp": "2026-03-01T12:00:00Z"},
    {"type": "group", "userId": "dora", "groupId": "IN-7", "timestamp": "2026-03-08T10:00:00Z"},
    # eve was taken off
    {"type": "group", "userId": "eve", "groupId": "Acme", "timestamp": "2026-03-01T12:00:00Z"},
    {"type": "track", "event": "Account Removed User", "userId": "eve", "context": {"groupId": "Acme"}, "timestamp": "2026-03-09T12:00:00Z"},
    # people who write anything into a company field are no colleagues
    {"type": "group", "userId": "fay", "groupId": "N/A", "timestamp": "2026-03-01T12:00:00Z"},
    {"type": "identify", "userId": "gus", "traits": {"company": "Private"}, "timestamp": "2026-03-01T12:00:00Z"},
]  # fmt: skip

MARCH = [datetime.fromisoformat(f"2026-03-0{day} 10:00") for day in range(1, 10)]


@pytest.fixture
def workspace(tmp_path):
    workspace = create_workspace(tmp_path / "shop", Settings("Shop"), "")
    yield workspace
    workspace.close()


def collect(workspace, calls, name="calls.jsonl"):
    file = workspace.folder.parent / name
    file.write_text("".join(json.dumps({"messageId": f"{name}-{n}", **call}) + "\n" for n, call in enumerate(calls)))
    assert [report.status for report in import_files(workspace, [file])] == ["done"]
    resolve(workspace)


def members(workspace):
    found, _ = accounts(workspace)
    return {each.name: sorted(member.member for member in members_of(workspace, each.number)) for each in found}


def test_accounts_have_the_members_that_calls_and_profiles_name(workspace):
    collect(workspace, CALLS)

    found, total = accounts(workspace)

    assert total == 2
    assert [(each.name, each.keys, each.members) for each in found] == [
        ("Initech GmbH", ("in-7", "initech gmbh"), 4),
        ("Acme", ("acme",), 1),
    ]
    assert members(workspace) == {"Initech GmbH": ["ada", "bob", "cem", "dora"], "Acme": ["dora"]}
    assert (found[0].first_seen, found[0].last_seen) == (MARCH[0], MARCH[7])


def test_every_membership_has_its_reason_and_the_latest_is_the_main_one(workspace):
    collect(workspace, CALLS)
    initech = accounts(workspace, "initech")[0][0].number
    by_name = {each.member: each for each in members_of(workspace, initech)}

    dora = accounts_of(workspace, by_name["dora"].customer)

    assert [(each.reason, each.source, each.since) for each in map(by_name.get, ("ada", "cem"))] == [
        ("Account Joined", "segment_jsonl", MARCH[0]),
        ("Profile Updated", "profile", MARCH[5]),
    ]
    assert [(each.account_name, each.reason, each.main) for each in dora] == [
        ("Initech GmbH", "Account Joined", True),
        ("Acme", "Demo Booked", False),
    ]


def test_accounts_that_came_bit_by_bit_are_those_that_came_at_once(workspace, tmp_path):
    for first in range(0, len(CALLS), 4):
        collect(workspace, CALLS[first : first + 4], f"{first}.jsonl")
    bit_by_bit = members(workspace)
    whole = create_workspace(tmp_path / "whole", Settings("Shop"), "")
    collect(whole, CALLS)

    assert members(whole) == bit_by_bit
    whole.close()


def test_an_event_that_says_otherwise_later_is_forgotten(workspace):
    joined = {"messageId": "1", "type": "group", "userId": "ada", "timestamp": "2026-03-01T10:00:00Z"}
    collect(workspace, [joined | {"groupId": "Acme"}], "first.jsonl")
    collect(workspace, [joined | {"groupId": "Initech"}], "corrected.jsonl")

    assert members(workspace) == {"Initech": ["ada"]}


def test_two_people_who_turn_out_to_be_one_are_one_member(workspace):
    calls = [
        {"type": "group", "userId": "ada", "groupId": "Acme", "timestamp": "2026-03-01T10:00:00Z"},
        {"type": "group", "userId": "", "groupId": "Acme", "traits": {"email": "a@x.org"}, "timestamp": "2026-03-02T10:00:00Z"},
    ]  # fmt: skip
    collect(workspace, calls)
    apart = members(workspace)
    collect(
        workspace,
        [{"type": "identify", "userId": "ada", "traits": {"email": "a@x.org"}, "timestamp": "2026-03-03T10:00:00Z"}],
        "later.jsonl",
    )
    together = members(workspace)
    user, mailbox = (row[0] for row in workspace.store.rows("select identifier from identifiers order by type desc"))
    undo_link(workspace, user, mailbox)

    assert (apart, together) == ({"Acme": ["a@x.org", "ada"]}, {"Acme": ["a@x.org"]})
    assert members(workspace) == apart


def test_an_account_nobody_named_is_none(workspace):
    collect(workspace, CALLS)

    assert account(workspace, 999) is None
    assert accounts(workspace, "no such firm") == ([], 0)
    assert account(workspace, accounts(workspace, "INITECH")[0][0].number).name == "Initech GmbH"
