"""Heavy tails: one enormous order should not decide an experiment.

Values above the cap count as the cap. The cap is one for both arms, taken from both together, and its share is fixed in
advance. Source: Kohavi, Tang and Xu 2020, Trustworthy Online Controlled Experiments, section 19.
"""

from __future__ import annotations

import numpy as np

from touchline.formulas.experiments.difference import Values

KEPT_SHARE = 0.999


def winsorised(control: Values, treated: Values, kept_share: float = KEPT_SHARE) -> tuple[Values, Values, float]:
    """Return both arms with values above the cap set to it, and the cap; values of empty arms need no cap: infinity.

    The cap is the smallest value that at least `kept_share` of the customers of both arms do not exceed.
    """
    both = np.concatenate([control, treated])
    if both.size == 0:
        return control, treated, float("inf")
    cap = float(np.quantile(both, kept_share, method="inverted_cdf"))
    return np.minimum(control, cap), np.minimum(treated, cap), cap
