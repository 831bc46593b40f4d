from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchline.events.intake.identifiers import normalise_identifier
from touchline.events.intake.pages import path_of, paths_of
from touchline.events.vocabulary import IDENTIFIER_TYPES


def normalised(type_: str, value: str) -> str | None:
    found: list[str | None] = normalise_identifier(type_, pa.array([value])).to_pylist()
    return found[0]


@pytest.mark.parametrize(
    ("type_", "found", "expected"),
    [
        ("email", "  Ada@Example.ORG ", "ada@example.org"),
        ("email", "mailto:ada@example.org", "ada@example.org"),
        ("phone", "+44 (0)20 7946-0958", "+442079460958"),
        ("phone", "0044 20 7946 0958", "+442079460958"),
        ("phone", "'+44 20 7946 0958", "+442079460958"),
        ("phone", "020 7946 0958", "02079460958"),
        ("user_id", " 42 ", "42"),
        ("user_id", "17850.0", "17850"),
        ("order_id", "#1001", "1001"),
        ("anonymous_id", "507f191e-810c", "507f191e-810c"),
        ("external_id", "Customer-7", "Customer-7"),
    ],
)
def test_one_spelling(type_: str, found: str, expected: str) -> None:
    assert normalised(type_, found) == expected


@pytest.mark.parametrize(
    "value",
    ["", " ", "null", "NULL", "-1", "0", "0000", "00-00", "none", "N/A", "anonymous", "undefined", "-", "???", "nan"],
)
@pytest.mark.parametrize("type_", IDENTIFIER_TYPES)
def test_placeholders_name_nobody(type_: str, value: str) -> None:
    assert normalised(type_, value) is None


@pytest.mark.parametrize(
    "value",
    [
        "none@example.org",
        "test@shop.example",
        "noreply@shop.example",
        "no email",
        "a b@c.example",
        "@x.example",
        "null@x",
    ],
)
def test_addresses_of_nobody(value: str) -> None:
    assert normalised("email", value) is None


@pytest.mark.parametrize("value", ["12345", "0000000000", "1111111", "1234567890123456", "unknown"])
def test_numbers_of_nobody(value: str) -> None:
    assert normalised("phone", value) is None


@given(st.sampled_from(IDENTIFIER_TYPES), st.text(max_size=20))
def test_normalising_twice_changes_nothing(type_: str, value: str) -> None:
    once = normalised(type_, value)

    assert once is None or normalised(type_, once) == once


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("https://shop.example/products/shirt/?utm_source=x#top", "/products/shirt"),
        ("//shop.example/cart", "/cart"),
        ("https://shop.example", "/"),
        ("/", "/"),
        ("cart/", "/cart"),
        ("?q=shirt", "/"),
        ("", None),
    ],
)
def test_the_path_of_a_page(page: str, expected: str | None) -> None:
    assert path_of(page) == expected


def test_paths_of_a_column() -> None:
    pages = pa.chunked_array([["/a?x=1", None], ["/a/", "/b"]])

    assert paths_of(pages).to_pylist() == ["/a", None, "/a", "/b"]
