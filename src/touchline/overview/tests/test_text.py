"""Text that SVG cannot wrap is wrapped here: it fits, and nothing is lost but what … stands for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchline.ui.drawing.text import shorten, text_width, wrap


def test_widths_are_those_of_inter():
    assert text_width("Will", 100) == pytest.approx(98 + 3 * 24)
    assert text_width("Will", 100, bold=True) == pytest.approx(102 + 3 * 26)


def test_text_breaks_at_spaces():
    assert wrap("Return and refund", 60, 11, most_lines=3, bold=True) == ["Return and", "refund"]


def test_what_does_not_fit_ends_in_an_ellipsis():
    assert wrap("It just said declined and then nothing", 80, 11, most_lines=2) == ["It just said", "declined and…"]
    assert shorten("Delivery tracking", 60, 11) == "Delivery t…"


@given(text=st.text(max_size=80), width=st.floats(30, 300), most_lines=st.integers(1, 5))
def test_every_line_fits_and_words_keep_their_order(text, width, most_lines):
    broken = wrap(text, width, 11, most_lines=most_lines)

    assert len(broken) <= most_lines
    assert all(text_width(line, 11) <= width for line in broken)
    kept = "".join("".join(broken).split())
    if "…" not in kept:
        assert kept == "".join(text.split())


@pytest.mark.parametrize("text", ["L" * 200_000, "W " * 100_000, "é" * 200_000])
def test_the_time_taken_does_not_grow_with_what_is_cut_off(text):
    assert wrap(text, 80, 11, most_lines=3)[-1].endswith("…")
    assert shorten(text, 80, 11).endswith("…")
