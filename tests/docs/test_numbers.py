"""Every number that can be opened leads to a page that says how it is computed."""

from __future__ import annotations

from pathlib import Path

import pytest

from touchline.journeys.questions.numbers.opening import MEASURES, OTHER_NAMES
from touchline.metrics.questions.numbers import MEASURES as FIGURES

ALGORITHMS = Path(__file__).parents[2] / "docs" / "algorithms"


@pytest.mark.parametrize("measure", [*MEASURES.values(), *FIGURES.values()], ids=lambda measure: measure.id)
def test_its_method_has_a_page(measure) -> None:
    assert (ALGORITHMS / f"{measure.page}.md").is_file()


def test_other_names_lead_to_numbers() -> None:
    assert set(OTHER_NAMES.values()) <= set(MEASURES)
    assert not set(OTHER_NAMES) & set(MEASURES)
    assert not set(FIGURES) & set(MEASURES)
