from __future__ import annotations

import numpy as np
import pytest

from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.effects.empirical_null import EmpiricalNull, empirical_null, empirical_null_of_most


def fitted(found: EmpiricalNull | CannotSay) -> EmpiricalNull:
    assert isinstance(found, EmpiricalNull)
    return found


def test_equal_errors_have_a_closed_form() -> None:
    """With one error for all, the most likely mean is the mean and the variance is what is beyond the error's."""
    effects = [-0.05, -0.02, 0.01, 0.03, 0.08]
    found = fitted(empirical_null(effects, [0.02] * 5))

    assert found.mean == pytest.approx(0.01, abs=1e-9)
    assert found.sd == pytest.approx(np.sqrt(np.var(effects) - 0.02**2), rel=1e-3)


def test_effects_that_scatter_no_more_than_their_errors_leave_the_usual_p() -> None:
    found = fitted(empirical_null([0.01, -0.01, 0.005, -0.005, 0.0], [0.02] * 5))

    assert (found.mean, found.sd) == (pytest.approx(0.0, abs=1e-12), 0.0)
    assert found.p(0.0392, 0.02) == pytest.approx(0.05, abs=0.001)


def test_a_method_that_errs_makes_effects_less_sure() -> None:
    null = EmpiricalNull(mean=0.01, sd=0.03, touchpoints=20)

    assert null.p(-0.03, 0.04) == pytest.approx(0.4237, abs=1e-4)
    assert null.interval(-0.03, 0.04, z=2.0) == pytest.approx((-0.14, 0.06))


def test_it_is_found_again_where_some_are_not_harmless() -> None:
    chance = np.random.default_rng(1)
    errors = chance.uniform(0.01, 0.02, 40)
    effects = chance.normal(0.005, np.hypot(errors, 0.03))
    effects[:6] -= 0.3

    found = fitted(empirical_null_of_most(effects.tolist(), errors.tolist()))

    assert found == fitted(empirical_null(effects[6:].tolist(), errors[6:].tolist()))
    assert found.sd == pytest.approx(0.02, abs=0.001)


def test_a_handful_is_too_few() -> None:
    assert isinstance(empirical_null([0.1] * 4, [0.1] * 4), CannotSay)
    assert isinstance(empirical_null_of_most([0.1] * 4, [0.1] * 4), CannotSay)
