from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal

import pytest

from touchline.kit.utc_json import utc_text


def test_times_say_that_they_are_utc_and_amounts_stay_exact():
    told = {
        "stored": datetime.fromisoformat("2026-05-31T10:00:00.001500"),
        "with zone": datetime.fromisoformat("2026-05-31T02:00:00+02:00"),
        "day": date(2026, 5, 31),
        "amount": Decimal("0.10"),
    }

    assert json.loads(json.dumps(told, default=utc_text)) == {
        "stored": "2026-05-31T10:00:00.001Z",
        "with zone": "2026-05-31T00:00:00.000Z",
        "day": "2026-05-31",
        "amount": "0.10",
    }


def test_what_has_no_form_is_refused():
    with pytest.raises(TypeError, match="object has no form in JSON"):
        json.dumps(object(), default=utc_text)
