"""What is sent to a page by hand: an answer or a refusal, never a fault of ours."""

from __future__ import annotations

import pytest

PAGES = (
    "/",
    "/import",
    "/quarantine",
    "/quarantine.csv",
    "/journey/settings",
    "/boards",
    "/help",
    "/questions",
    "/map.csv",
)


@pytest.mark.parametrize("address", PAGES)
def test_head_is_answered_where_get_is(client, address):
    assert client.head(address).status_code == client.get(address).status_code == 200
    assert client.put(address).status_code == 405


@pytest.mark.parametrize("cells", ["[]", "5", "null", '"x"', "[" * 100_000, "{", '{"a": 1}'])
def test_a_correction_of_no_row_is_refused(client, cells):
    answer = client.post("/quarantine", {"import": "1", "line": "1", "cells": cells})

    assert answer.status_code in (302, 404)
