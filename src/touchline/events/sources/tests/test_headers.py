from __future__ import annotations

from touchline.events.sources.headers import canonical_names, likeness, normalised

COLUMNS = {"Cancelled at": ("Canceled at",), "Lineitem sku": (), "#": ()}


def test_spellings_of_one_column_are_one() -> None:
    assert normalised(" Lineitem_SKU ") == normalised("lineitem sku")
    assert normalised("compare-at") == normalised("compare at")
    assert normalised("#") == "#"


def test_known_columns_get_their_canonical_name_and_others_keep_theirs() -> None:
    assert canonical_names(["canceled_at", "Lineitem SKU", "#", "Why?"], COLUMNS) == {
        "canceled_at": "Cancelled at",
        "Lineitem SKU": "Lineitem sku",
        "#": "#",
        "Why?": "Why?",
    }


def test_two_spellings_in_one_file_do_not_hide_each_other() -> None:
    assert canonical_names(["Cancelled at", "Canceled at"], COLUMNS) == {
        "Cancelled at": "Cancelled at",
        "Canceled at": "Canceled at",
    }


def test_likeness_needs_the_required_columns_and_grows_with_the_rest() -> None:
    assert likeness(["Lineitem sku"], COLUMNS, ("Cancelled at",)) == 0
    assert likeness([], COLUMNS, ()) == 0
    assert likeness(["Canceled at", "Colour"], COLUMNS, ("Cancelled at",)) == 0.5 + 0.25 / 3 + 0.25 / 2
    assert likeness(["Canceled at", "Lineitem sku", "#"], COLUMNS, ("Cancelled at",)) == 1
