from __future__ import annotations

import numpy as np

from touchline.pains.rules.estimate import worse_half
from touchline.pains.rules.trials import Trial


def trial(*visits: tuple[str, float]) -> Trial:
    """Visits as (bad or fine, how far off)."""
    count = len(visits)
    return Trial(
        touchpoint=0,
        symptom="waiting",
        visit=np.arange(count),
        bad=np.array([kind == "bad" for kind, _ in visits]),
        spoiled=np.zeros(count, np.bool_),
        begins=np.zeros(count, np.int64),
        amount=np.array([far for _, far in visits]),
    )


def test_a_stricter_cut_keeps_fine_visits_and_the_worse_half_of_bad_ones():
    kept = worse_half(trial(("fine", 900.0), ("bad", 10.0), ("bad", 20.0), ("fine", 0.0), ("bad", 30.0), ("bad", 40.0)))

    assert kept.tolist() == [True, False, False, True, True, True]


def test_a_symptom_that_is_there_or_not_has_no_other_cut():
    assert worse_half(trial(("bad", 1.0), ("bad", 1.0), ("fine", 1.0))).tolist() == [False, False, True]
