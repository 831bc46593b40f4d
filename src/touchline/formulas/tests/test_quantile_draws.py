import numpy as np
import pytest

from touchline.formulas.money_at_stake import amount_of
from touchline.formulas.quantile_draws import quantile_draws


def test_draws_have_the_quantiles_they_were_made_of():
    amount = amount_of(quantile_draws("payment", 30, 10, 70))

    assert (amount.low, amount.median, amount.high) == pytest.approx((10, 30, 70), abs=0.1)


def test_the_same_key_gives_the_same_draws_and_another_key_independent_ones():
    first, again, other = (quantile_draws(key, 0, -1, 1) for key in ("a", "a", "b"))

    assert np.array_equal(first, again)
    assert abs(np.corrcoef(first, other)[0, 1]) < 0.06


def test_ends_out_of_order_are_refused():
    with pytest.raises(ValueError, match="not the ends"):
        quantile_draws("a", 5, 6, 7)
