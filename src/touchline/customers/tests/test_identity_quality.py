"""The quality of identities on a small world counted by hand."""

import json

import pytest

from touchline.customers.facade import (
    QualityError,
    identity_quality,
    judge,
    links_of,
    pairs_to_judge,
    resolve,
    undo_link,
)
from touchline.customers.rules.quality import share_figure
from touchline.engine.workspace import Settings, create_workspace
from touchline.events.facade import import_files
from touchline.formulas.proportion import share

MONTH = "2026-03"


def called(kind, **more):
    return {"type": kind, "timestamp": "2026-03-01T10:00:00Z", **more}


def ordered(email, order, **more):
    return called("track", event="Order Completed", properties={"order_id": order, "email": email}, **more)


WORLD = [
    # ada: a browser, an account and a mailbox; two orders
    called("page", anonymousId="tab-a"),
    called("identify", userId="ada", anonymousId="tab-a", traits={"email": "ada@x.org"}),
    ordered("ada@x.org", "1", userId="ada"),
    ordered("ada@x.org", "2", userId="ada"),
    # bob: an order first under one mailbox, then under another
    ordered("bob@x.org", "3"),
    ordered("rob@x.org", "3"),
    # the office's mailbox stands beside two accounts: it joins neither
    called("identify", userId="cem", traits={"email": "office@x.org"}),
    called("identify", userId="dora", traits={"email": "office@x.org"}),
    # the family's tablet
    called("page", anonymousId="tab-f"),
    called("identify", userId="cem", anonymousId="tab-f"),
    called("identify", userId="dora", anonymousId="tab-f"),
    # a call centre's number beside six mailboxes
    *[called("identify", traits={"email": f"{name}@y.org", "phone": "+49 30 1234567"}) for name in "uvwxyz"],
    # a till: one mailbox on sixteen browsers
    *[called("identify", anonymousId=f"till-{n}", traits={"email": "till@x.org"}) for n in range(16)],
]


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    workspace = create_workspace(tmp_path_factory.mktemp("quality") / "shop", Settings("Shop"), "")
    file = workspace.folder.parent / "calls.jsonl"
    file.write_text("".join(json.dumps({"messageId": str(n), **call}) + "\n" for n, call in enumerate(WORLD)))
    assert [(report.status, report.quarantined) for report in import_files(workspace, [file])] == [("done", 0)]
    resolve(workspace)
    yield workspace
    workspace.close()


@pytest.fixture(scope="module")
def quality(shop):
    return identity_quality(shop, MONTH)


def test_customers_by_size(quality):
    # ada 5 (account, mailbox, browser, two orders); bob 3; cem, dora, office, tab-f, the phone, six mailboxes, the till
    # and its sixteen browsers 1 each
    assert [(band.label, band.customers) for band in quality.sizes if band.customers] == [
        ("1", 28),
        ("3", 1),
        ("4–5", 1),
    ]
    assert (quality.customers, quality.identifiers) == (30, 36)


def test_guards_say_what_they_refused(quality):
    assert [(each.guard, each.type, each.identifiers) for each in quality.refused] == [
        ("crowd", "phone", 1),
        ("till", "email", 1),
        ("conflict", "email", 1),
        ("shared device", "anonymous_id", 1),
    ]
    assert [(each.value, each.guard, each.linked_to) for each in quality.refused_examples] == [
        ("till@x.org", "till", 16),
        ("+49301234567", "crowd", 6),
        ("office@x.org", "conflict", 2),
        ("tab-f", "shared device", 2),
    ]


def test_headlines_with_strong_identifiers_only(quality):
    found = {each.name: (each.now.value, each.strong_only.value) for each in quality.headlines}
    shares = {each.name: (each.now, each.strong_only) for each in quality.headlines if each.now.unit == "share"}

    # with events: ada, bob, cem, dora, the tablet, the six mailboxes, the till. With strong identifiers only, the browser
    # of ada's first page and bob's second mailbox are customers of their own
    assert found["Customers"] == (12, 14)
    assert found["Customers with an order"] == (2, 3)
    assert shares["Ordered at all"] == (share_figure(share(2, 12)), share_figure(share(3, 14)))
    assert found["Customers who answered NPS"] == (0, 0)


def test_the_audit_draws_joined_pairs_of_every_rule(shop, quality):
    assert [(each.rule, each.pairs) for each in quality.audit.rules] == [
        ("shared order_id", 1),
        ("user_id and anonymous_id", 1),
        ("user_id and email", 1),
    ]
    assert (quality.audit.sampled, quality.audit.judged, quality.audit.overall.value) == (3, 0, None)
    pairs = {pair.rule: pair for pair in pairs_to_judge(shop, MONTH, limit=9)}

    assert {rule: (pair.a.value, pair.b.value) for rule, pair in pairs.items()} == {
        "shared order_id": ("bob@x.org", "rob@x.org"),
        "user_id and anonymous_id": ("ada", "tab-a"),
        "user_id and email": ("ada", "ada@x.org"),
    }
    shared = pairs["shared order_id"]
    assert [(link.reason, link.active) for link in shared.links] == [("email and order_id on one row", True)] * 2
    assert (pairs["user_id and anonymous_id"].b.events, shared.a.events) == (1, 1)


def test_a_judgement_is_kept_counted_and_can_be_changed(shop):
    first, second, _ = pairs_to_judge(shop, MONTH, limit=9)

    judge(shop, first.key, "same", MONTH)
    judge(shop, second.key, "different", MONTH)
    judge(shop, second.key, "unknown", MONTH)

    audit = identity_quality(shop, MONTH).audit
    counts = {each.rule: (each.same, each.different, each.unknown) for each in audit.rules}
    assert (audit.sampled, audit.judged) == (3, 2)
    assert counts[first.rule] == (1, 0, 0)
    assert counts[second.rule] == (0, 0, 1)
    assert len(pairs_to_judge(shop, MONTH, limit=9)) == 1
    assert len(pairs_to_judge(shop, "2026-04", limit=9)) == 3
    with pytest.raises(QualityError, match="“perhaps” is no judgement"):
        judge(shop, first.key, "perhaps", MONTH)
    with pytest.raises(QualityError, match="is not in the sample of 2026-03"):
        judge(shop, "0" * 32, "same", MONTH)


def test_canaries_are_two_numbers_of_one_source_in_one_customer(tmp_path):
    workspace = create_workspace(tmp_path / "shop", Settings("Shop"), "")
    with workspace.store.transaction() as writer:
        for number, (type_, value) in enumerate(
            [("email", "a@x.org"), ("external_id", "7"), ("external_id", "8"), ("external_id", "9")], start=1
        ):
            writer.execute("insert into identifiers values (?, ?, ?)", [number, type_, value])
        for other, source in ((2, "crm"), (3, "crm"), (4, "survey")):
            writer.execute("insert into links values (1, ?, 'one row', ?, 1, 1, '2026-03-01', true)", [other, source])
    resolve(workspace)
    before = identity_quality(workspace, MONTH)
    undo_link(workspace, 1, 3)
    after = identity_quality(workspace, MONTH)

    (canary,) = before.canaries
    assert (canary.customer, canary.called, canary.type, canary.values, canary.rules) == (
        1, "a@x.org", "external_id", ("7", "8", "9"), ("email and external_id",),
    )  # fmt: skip
    assert before.canaries_by_rule == (("email and external_id", 1),)
    assert (after.canaries, after.undone, len(links_of(workspace, 1))) == ((), 1, 3)
    workspace.close()


def test_a_customer_over_an_alarm_size_is_named(tmp_path):
    workspace = create_workspace(tmp_path / "shop", Settings("Shop"), "")
    with workspace.store.transaction() as writer:
        writer.execute("insert into identifiers values (1, 'user_id', 'ada')")
        writer.execute("insert into identifiers select i + 2, 'anonymous_id', 'tab' || i from range(25) r(i)")
        writer.execute(
            "insert into links select 1, i + 2, 'one row', 'web', 1, i, timestamp '2026-03-01', true from range(25) r(i)"
        )
    quality = identity_quality(workspace, MONTH)

    (large,) = quality.alarms
    assert (large.called, large.names, large.browsers, large.orders, quality.alarms_total) == ("ada", 1, 25, 0, 1)
    workspace.close()
