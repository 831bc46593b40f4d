from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.draws import DRAWS, normal_draws, rate_draws, uniform_draws
from touchline.formulas.money_at_stake import Suffering, amount_of, chance_of_more, money_at_stake, ranked

KEPT = normal_draws("value", 40.0, 5.0)
LATE = Suffering(sufferers=600, months=6, effect=-0.20, standard_error=0.02)


def test_draws_have_the_quantiles_of_their_distribution_whatever_the_key():
    drawn = normal_draws("any key", 10.0, 2.0)

    assert drawn.size == DRAWS
    assert np.quantile(drawn, (0.1, 0.5, 0.9)) == pytest.approx([7.4369, 10.0, 12.5631], abs=2e-3)
    assert np.array_equal(drawn, normal_draws("any key", 10.0, 2.0))
    assert abs(np.corrcoef(drawn, normal_draws("another key", 10.0, 2.0))[0, 1]) < 0.05
    assert 0 < uniform_draws("any key").min() < uniform_draws("any key").max() < 1


def test_a_rate_is_uncertain_as_a_count_is():
    # 100 in 4 months: 25 a month, give or take √100 / 4 = 2.5.
    drawn = rate_draws("visits", 100, 4)

    assert (drawn.mean(), drawn.std()) == pytest.approx((25.125, 2.506), abs=5e-3)


def test_a_loss_is_sufferers_times_effect_times_value():
    # 100 sufferers a month × 0.20 fewer kept × 40 = 800. Relative errors: 1/√600, .1 and .125, together .165;
    # the 80 % interval is about 1.2816 of these wide on either side: 800 × (1 ± .212).
    found = money_at_stake("late", LATE, KEPT)

    assert found.median == pytest.approx(800, rel=0.02)
    assert found.sure == found.low == pytest.approx(800 * (1 - 0.212), rel=0.03)
    assert found.high == pytest.approx(800 * (1 + 0.212), rel=0.03)


def test_an_outcome_that_costs_has_a_negative_value():
    contacts = Suffering(sufferers=100, months=1, effect=0.5, standard_error=0.0)

    assert money_at_stake("calls", contacts, np.full(DRAWS, -6.0)).median == pytest.approx(300, rel=0.01)


def test_pains_rank_by_what_is_sure_not_by_what_is_likely():
    amounts = {
        "loud": money_at_stake("loud", replace(LATE, effect=-0.3, standard_error=0.3), KEPT),
        "late": money_at_stake("late", LATE, KEPT),
        "unknown": CannotSay("unknown", "Nobody looked."),
    }

    assert amounts["loud"].median > amounts["late"].median
    assert ranked(amounts) == ["late", "loud"]


def test_an_amount_does_not_depend_on_which_other_pains_there_are_and_value_is_common_to_all():
    # Their effects are certain, so whichever has more sufferers costs more in every draw: the value is the same in both.
    some = money_at_stake("a", Suffering(9000, 1, -0.2, 0.0), KEPT)
    more = money_at_stake("b", Suffering(12000, 1, -0.2, 0.0), KEPT)

    assert money_at_stake("a", Suffering(9000, 1, -0.2, 0.0), KEPT) == some
    assert chance_of_more(more, some) == 1.0


@pytest.mark.parametrize(
    ("suffering", "sentence"),
    [
        (replace(LATE, sufferers=1), "1 bad visit was counted; an amount needs at least 5."),
        (replace(LATE, sufferers=0), "0 bad visits were counted; an amount needs at least 5."),
        (replace(LATE, months=0), "The data cover no time, so nothing can be said about a month."),
        (replace(LATE, effect=float("nan")), "The effect of this pain could not be estimated, so it has no amount."),
        (
            replace(LATE, standard_error=float("inf")),
            "The effect of this pain could not be estimated, so it has no amount.",
        ),
    ],
)
def test_what_is_missing_is_said_in_words(suffering, sentence):
    assert money_at_stake("late", suffering, KEPT).sentence == sentence


def test_without_a_value_there_is_no_amount():
    assert money_at_stake("late", LATE, CannotSay("no-orders", "No orders.")) == CannotSay("no-orders", "No orders.")


def test_no_function_offers_a_sum_of_amounts():
    amount = amount_of(KEPT)

    with pytest.raises(TypeError):
        sum([amount, amount])
