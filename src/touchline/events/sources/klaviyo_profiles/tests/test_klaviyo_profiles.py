"""profiles.csv: Ada with everything, Ben without the consent's time, Cy left, Dee never joined, a visitor, and three odd
rows. Berlin: UTC + 2."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from touchline.events.sources.cells import UNDATED
from touchline.events.sources.klaviyo_profiles import SOURCE

FILE = Path(__file__).parent / "profiles.csv"
HEADER = (
    "Email,Klaviyo ID,First Name,Last Name,City,State / Region,Country,Zip Code,Source,Email Marketing Consent,"
    "Profile Created On,Date Added"
)


@pytest.fixture
def profiles(read_file):
    return read_file(SOURCE, FILE)


def of(results, klaviyo_id: str, name: str = "Profile Updated"):
    [event] = [event for event in results.named(name) if event.identifiers["anonymous_id"] == klaviyo_id]
    return event


def test_fixture_has_every_header_in_order_and_then_the_accounts_own_fields() -> None:
    assert FILE.read_text(encoding="utf-8").startswith(f"{HEADER},")
    assert ",".join(SOURCE.columns) == HEADER


def test_what_became_of_every_row(profiles) -> None:
    assert Counter(event.name for event in profiles.events) == {
        "Profile Updated": 6,  # eight rows, one without anybody, one unreadable
        "Email Subscribed": 2,  # Ada, Ben; Fay's file has no time at all
    }
    assert [(refused.line, refused.reason) for refused in profiles.refused] == [
        (8, "Email is empty, expected an e-mail address, or a Klaviyo ID."),
        (
            9,
            "Profile Created On: found “the other day”, expected a date and time such as 2026-08-01 14:30:00 +0200.",
        ),
    ]


def test_a_profile_is_joined_by_address_phone_external_id_and_klaviyo_id(profiles) -> None:
    assert of(profiles, "01A").identifiers == {
        "email": "ada@example.org",
        "phone": "+919812345678",
        "external_id": "C-1",
        "anonymous_id": "01A",
    }


def test_a_visitor_nobody_can_name_has_only_the_klaviyo_id(profiles) -> None:
    assert of(profiles, "01E").identifiers == {"anonymous_id": "01E"}


def test_a_subscription_is_dated_by_the_consent_and_else_by_the_date_added(profiles) -> None:
    ada, ben = of(profiles, "01A", "Email Subscribed"), of(profiles, "01B", "Email Subscribed")

    assert (ada.time, ada.properties) == (datetime(2026, 6, 30, 7, 0, tzinfo=UTC), {})
    assert (ben.time, ben.properties) == (datetime(2026, 7, 2, 8, 0, tzinfo=UTC), {"time_stated": False})
    assert ada.channel == "email"


def test_consent_is_a_fact_and_never_a_made_up_date(profiles) -> None:
    consents = {event.identifiers["anonymous_id"]: event.properties.get("email_consent") for event in profiles.events}

    assert consents["01C"] == "unsubscribed"
    assert consents["01D"] == "never_subscribed"
    assert profiles.named("Unsubscribed") == []


def test_the_latest_time_of_the_profile_is_its_time(profiles) -> None:
    assert of(profiles, "01A").time == datetime(2026, 7, 1, 8, 0, tzinfo=UTC)
    assert of(profiles, "01D").time == datetime(2026, 6, 4, 8, 0, tzinfo=UTC)
    assert of(profiles, "01F").time == UNDATED


def test_own_fields_become_facts_but_not_those_about_home_and_birth(profiles) -> None:
    assert of(profiles, "01A").properties == {
        "country": "India",
        "region": "MH",
        "city": "Pune",
        "source": "Footer form",
        "email_consent": "subscribed",
        "favourite_room": "Study",
    }
    assert not any(word in repr(profiles.events) for word in ("Quill", "411001", "1990"))


def test_reading_again_gives_the_same_keys(read_file, profiles) -> None:
    keys = [event.key for event in profiles.events]

    assert [event.key for event in read_file(SOURCE, FILE).events] == keys
    assert len(set(keys)) == len(keys)
