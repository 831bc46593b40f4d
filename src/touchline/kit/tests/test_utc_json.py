from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from touchline.kit.utc_json import utc_text


def test_times_say_that_they_are_utc_and_amounts_stay_exact():
    told = [
        datetime(2026, 5, 31, 10, 0, 0, 1500),
        datetime(2026, 5, 31, tzinfo=UTC),
        date(2026, 5, 31),
        Decimal("0.10"),
    ]  # noqa: DTZ001

    assert json.loads(json.dumps(told, default=utc_text)) == [
        "2026-05-31T10:00:00.001Z",
        "2026-05-31T00:00:00.000Z",
        "2026-05-31",
        "0.10",
    ]


def test_what_has_no_form_is_refused():
    with pytest.raises(TypeError, match="object has no form in JSON"):
        json.dumps(object(), default=utc_text)
