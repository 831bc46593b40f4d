"""products.csv: two products with their totals, behind a byte-order mark."""

from __future__ import annotations

from pathlib import Path

from touchline.events.sources.woocommerce_products import SOURCE, UNDATED_TOTALS

FILE = Path(__file__).parent / "products.csv"
HEADER = "Product title,SKU,Items sold,N. Revenue,Orders,Category,Variations,Status,Stock"


def test_fixture_has_every_header_in_order_behind_a_byte_order_mark() -> None:
    assert FILE.read_text(encoding="utf-8").splitlines()[0] == f"\ufeff{HEADER}"
    assert ",".join(SOURCE.columns) == HEADER


def test_no_row_is_taken_over_and_each_says_why(read_file) -> None:
    results = read_file(SOURCE, FILE)

    assert [(skipped.line, skipped.reason) for skipped in results.skipped] == [(2, UNDATED_TOTALS), (3, UNDATED_TOTALS)]
    assert (results.events, results.points, results.refused) == ([], [], [])


def test_the_sentence_says_what_to_export_instead() -> None:
    assert "export Analytics, Orders instead" in UNDATED_TOTALS
