"""Variants on offer: what pages read, what servers are answered, and what is kept of it."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from touchline.collection.actions.offers import announce_offers, insert_offer, withdraw_offer
from touchline.collection.rules.variants import VariantOffer
from touchline.formulas.experiments.assignment import arm_of, bucket_of
from touchline.formulas.experiments.sample_ratio import sample_ratio

OFFER = VariantOffer("reassurance", "00112233aabbccdd", (("control", 5_000), ("change", 9_000)))
NOW = "2026-03-01"
EXPOSURES = """
select e.properties ->> '$.experiment_id', e.properties ->> '$.variation_id', i.type, i.value
from events e join kinds k using (kind) join identifiers i on i.identifier = e.who
where k.name = 'Experiment Viewed' order by e.seq
"""


@pytest.fixture
def offering(collecting):
    """A workspace that asks for consent and has one experiment on offer."""
    with collecting.workspace.store.transaction() as writer:
        insert_offer(writer, OFFER, NOW)
    announce_offers(collecting.workspace)
    return collecting


def settings_of(collecting):
    return collecting.ask("GET", f"/v1/projects/{collecting.token}/settings").json["touchline"]


def asked(collecting, **body):
    return collecting.post("/v1/variant", {"experiment": "reassurance", "consent": True, **body})


def test_pages_read_what_they_need_for_the_sum(offering):
    assert settings_of(offering)["variants"] == {
        "reassurance": {"salt": "00112233aabbccdd", "arms": [["control", 5_000], ["change", 9_000]]}
    }


def test_what_is_taken_off_is_gone_at_once(offering):
    with offering.workspace.store.transaction() as writer:
        withdraw_offer(writer, "reassurance", NOW)
    announce_offers(offering.workspace)

    assert settings_of(offering)["variants"] == {}
    assert asked(offering, userId="42").json == {"experiment": "reassurance", "variant": None, "reason": "not_running"}


def test_a_server_is_answered_and_the_exposure_is_kept_once(offering):
    first, again = asked(offering, userId="42"), asked(offering, userId=42)
    anonymous = asked(offering, anonymousId="device-7")

    assert first.json == again.json == {"experiment": "reassurance", "variant": "control", "reason": ""}
    arm = arm_of(OFFER.salt, OFFER.arms, "device-7")
    assert anonymous.json["variant"] == arm
    assert offering.rows(EXPOSURES) == [
        ("reassurance", "control", "user_id", "42"),
        ("reassurance", arm, "anonymous_id", "device-7"),
    ]


def test_who_is_not_included_meets_nothing(offering):
    assert bucket_of(OFFER.salt, "kim") == 9_668
    assert asked(offering, userId="kim").json["reason"] == "not_included"
    assert offering.rows(EXPOSURES) == []


def test_without_consent_nobody_is_in_it_where_it_is_asked_for(offering):
    refused = {"experiment": "reassurance", "variant": None, "reason": "no_consent"}

    assert asked(offering, userId="42", consent=False).json == refused
    assert asked(offering, userId="42", consent=True).json["variant"] == "control"
    assert len(offering.rows(EXPOSURES)) == 1


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"{", "invalid_json"),
        (b"[]", "invalid_json"),
        (b'{"experiment": 3}', "invalid_json"),
        (b'{"experiment": "reassurance"}', "nobody_named"),
        (b'{"experiment": "reassurance", "userId": "  "}', "nobody_named"),
        (json.dumps({"userId": "x" * 513}).encode(), "nobody_named"),
        (b'{"userId": ' + b"9" * 5000 + b"}", "invalid_json"),
        (b'{"userId": "\\ud800"}', "invalid_json"),
    ],
)
def test_what_cannot_be_read_is_said(offering, body, code):
    assert offering.post("/v1/variant", body).code == code


def test_a_stranger_is_told_nothing(offering):
    assert offering.post("/v1/variant", {"experiment": "reassurance", "userId": "42"}, token="nobody").status == 401
    assert offering.ask("GET", "/v1/variant").status == 405


def test_arms_are_drawn_as_planned_and_apart_from_each_other():
    arms = (("control", 5_000), ("change", 10_000))
    first = [arm_of("0123456789abcdef", arms, f"customer-{number}") for number in range(20_000)]
    second = [arm_of("fedcba9876543210", arms, f"customer-{number}") for number in range(20_000)]

    assert sample_ratio(list(Counter(first).values()), [1, 1]).p > 0.001
    assert sample_ratio(list(Counter(zip(first, second, strict=True)).values()), [1, 1, 1, 1]).p > 0.001
