"""What was rejected is corrected and sent again: stored once, at the time at which it came."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest

from touchline.collection.actions.redriving import RejectionError, dismiss, dismiss_all, redrive, redrive_all
from touchline.collection.questions.rejections import RejectionFilter, count_rejections, rejections
from touchline.collection.rules.redriving import in_words

VIEW = {"type": "track", "event": "Product Viewed", "messageId": "m-1"}
NAMED = {**VIEW, "userId": "42"}
CAME = datetime.fromisoformat("2026-03-01T09:30:00")
EVERYTHING = RejectionFilter(waiting=False)


def rejected(collecting, *calls, **envelope):
    """Send calls as a batch and give what is in the log then, in the order in which they came."""
    assert collecting.post("/v1/batch", {"batch": list(calls), **envelope}).status == 200
    collecting.settle()
    return rejections(collecting.workspace.store, EVERYTHING)[::-1]


def test_a_corrected_event_is_stored_and_resolved(collecting):
    (found,) = rejected(collecting, VIEW)

    done = redrive(collecting.workspace, found.id, json.dumps(NAMED))

    assert (done.outcome, done.sentence) == ("stored", "It is stored.")
    assert collecting.rows("select name from events join kinds using (kind)") == [("Product Viewed",)]
    (after,) = rejections(collecting.workspace.store, EVERYTHING)
    assert after.outcome == "stored"
    assert after.resolved is not None
    assert count_rejections(collecting.workspace.store, RejectionFilter()) == 0


def test_its_time_is_that_at_which_it_came(collecting):
    (found,) = rejected(collecting, VIEW)
    with collecting.workspace.store.transaction() as writer:
        writer.execute("update rejections set received = ?", [CAME])

    redrive(collecting.workspace, found.id, json.dumps(NAMED))

    assert collecting.stored("select time from events") == CAME


def test_the_clock_of_its_batch_still_corrects_its_own(collecting):
    call = {**VIEW, "timestamp": "2020-01-01T00:00:00Z"}
    (found,) = rejected(collecting, call, sentAt="2020-01-01T00:01:00Z")
    with collecting.workspace.store.transaction() as writer:
        writer.execute("update rejections set received = ?", [CAME])

    redrive(collecting.workspace, found.id, json.dumps({**json.loads(found.content), "userId": "42"}))

    assert collecting.stored("select time from events") == CAME - timedelta(minutes=1)


def test_a_single_call_keeps_the_type_of_its_address(collecting):
    assert collecting.post("/v1/track", {"userId": "42"}).status == 200
    collecting.settle()
    (found,) = rejections(collecting.workspace.store, EVERYTHING)
    assert json.loads(found.content) == {"userId": "42", "type": "track"}

    redrive(collecting.workspace, found.id, json.dumps({**json.loads(found.content), "event": "Coupon Applied"}))

    assert collecting.rows("select name from events join kinds using (kind)") == [("Coupon Applied",)]


def test_a_correction_that_is_still_wrong_is_kept_with_its_new_reason(collecting):
    (found,) = rejected(collecting, VIEW)

    done = redrive(collecting.workspace, found.id, json.dumps({**NAMED, "event": " "}))

    assert done.outcome == "refused"
    assert done.sentence == "It is rejected still. A track call needs `event`, the name of what happened."
    (after,) = rejections(collecting.workspace.store, RejectionFilter())
    assert (after.code, json.loads(after.content)["userId"]) == ("no_event_name", "42")
    assert collecting.stored() == 0


def test_nothing_that_is_typed_breaks_it(collecting):
    (found,) = rejected(collecting, VIEW)

    for content in ("", "no JSON", "[]", "null", '"text"', "{", "\x00", "\ud800", "[" * 2000, '{"type": "track"}'):
        assert redrive(collecting.workspace, found.id, content).outcome == "refused", content
    assert collecting.stored() == 0


def test_a_value_that_could_not_be_read_can_be_corrected_too(collecting):
    order = {"type": "track", "userId": "42", "event": "Order Completed", "properties": {"total": "a lot"}}
    (found,) = rejected(collecting, order)
    assert found.code == "unreadable"

    redrive(collecting.workspace, found.id, found.content.replace('"a lot"', "59.9"))

    assert collecting.stored("select value::double from events") == 59.9


def test_an_event_that_arrived_meanwhile_is_not_counted_twice(collecting):
    (found,) = rejected(collecting, VIEW)
    collecting.post("/v1/track", NAMED)
    assert collecting.stored() == 1

    assert redrive(collecting.workspace, found.id, json.dumps(NAMED)).outcome == "known"
    assert collecting.stored() == 1


def test_what_was_dealt_with_is_not_sent_again(collecting):
    first, second = rejected(collecting, VIEW, VIEW)
    redrive(collecting.workspace, first.id, json.dumps(NAMED))
    dismiss(collecting.workspace, second.id)

    with pytest.raises(RejectionError, match=f"The rejected event {first.id} was stored already, on 20"):
        redrive(collecting.workspace, first.id, json.dumps(NAMED))
    with pytest.raises(RejectionError, match="was dismissed already"):
        dismiss(collecting.workspace, second.id)
    with pytest.raises(RejectionError, match="There is no rejected event 99"):
        redrive(collecting.workspace, 99)
    assert redrive_all(collecting.workspace, EVERYTHING) == []


def test_all_that_a_filter_finds_are_sent_again_by_todays_rules(collecting):
    found = rejected(collecting, VIEW, {**VIEW, "messageId": "m-2"}, {"type": "nonsense", "userId": "42"})
    with collecting.workspace.store.transaction() as writer:  # as if the rule that refused the first two had been wrong
        writer.execute("""update rejections set content = replace(content, '"track"', '"track","userId":"42"')""")

    done = redrive_all(collecting.workspace, RejectionFilter(code="no_user_anon_id"))

    assert in_words(done) == "2 sent again: 2 stored."
    assert {each.rejection_id for each in done} == {found[0].id, found[1].id}
    assert [each.code for each in rejections(collecting.workspace.store, RejectionFilter())] == ["unknown_type"]
    assert collecting.stored() == 2
    assert in_words(redrive_all(collecting.workspace, RejectionFilter())) == "1 sent again: 1 rejected still."


def test_the_same_fact_twice_among_those_sent_again_is_stored_once(collecting):
    first, second = rejected(collecting, VIEW, VIEW)
    with collecting.workspace.store.transaction() as writer:
        writer.execute("""update rejections set content = replace(content, '"track"', '"track","userId":"42"')""")

    done = redrive_all(collecting.workspace, EVERYTHING)

    assert [(each.rejection_id, each.outcome) for each in done] == [(first.id, "stored"), (second.id, "known")]
    assert collecting.stored() == 1


def test_dismissing_by_filter_leaves_the_others(collecting):
    rejected(collecting, VIEW, VIEW, {"type": "nonsense", "userId": "42"})

    assert dismiss_all(collecting.workspace, RejectionFilter(code="no_user_anon_id")) == 2
    assert count_rejections(collecting.workspace.store, RejectionFilter()) == 1


def test_sending_again_counts_under_the_key_it_came_by(collecting):
    (found,) = rejected(collecting, VIEW)

    redrive(collecting.workspace, found.id, json.dumps(NAMED))

    assert collecting.rows("select imported, skipped from imports") == [(1, 0)]


def test_a_batch_that_was_put_aside_whole_is_stored_whole(collecting):
    (found,) = rejected(collecting, VIEW)
    batch = {"sentAt": "2026-03-01T09:00:00Z", "batch": [NAMED, {**NAMED, "messageId": "m-2"}]}

    assert redrive(collecting.workspace, found.id, json.dumps(batch)).outcome == "stored"
    assert collecting.stored() == 2


def test_a_call_with_a_batch_of_its_own_is_still_one_call(collecting):
    (found,) = rejected(collecting, VIEW)

    redrive(collecting.workspace, found.id, json.dumps({**NAMED, "batch": [{"type": "nonsense"}]}))

    assert collecting.stored() == 1


def test_what_came_by_a_key_that_is_gone_stays_in_the_log(collecting):
    (found,) = rejected(collecting, VIEW)
    with collecting.workspace.store.transaction() as writer:
        writer.execute("update rejections set key_id = 99")

    done = redrive(collecting.workspace, found.id, json.dumps(NAMED))

    assert done.sentence == "It is rejected still. The way on which it came does not exist any more."
    assert [each.key_name for each in rejections(collecting.workspace.store, RejectionFilter())] == [None]


def test_sent_again_from_several_places_at_once_each_is_stored_once(collecting):
    rejected(collecting, *({**VIEW, "messageId": f"m-{number}"} for number in range(20)))
    with collecting.workspace.store.transaction() as writer:
        writer.execute("""update rejections set content = replace(content, '"track"', '"track","userId":"42"')""")

    with ThreadPoolExecutor(4) as pool:
        done = [
            each
            for all_ in pool.map(lambda _: redrive_all(collecting.workspace, EVERYTHING), range(4))
            for each in all_
        ]

    assert sorted(each.rejection_id for each in done) == list(range(1, 21))
    assert {each.outcome for each in done} == {"stored"}
    assert collecting.stored() == 20
