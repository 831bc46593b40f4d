"""How sticky the second group is beside the first."""

from __future__ import annotations

from touchline.analyses.kinds.stickiness.answer import StickinessAnswer
from touchline.analyses.kinds.stickiness.present import NAMES, ratio_of
from touchline.analyses.rules.presentation import Presentation
from touchline.analyses.rules.share_differences import shares_beside
from touchline.formulas.clustered import compared


def difference(first: StickinessAnswer, second: StickinessAnswer) -> Presentation:
    """Second minus first, over all days that are over."""
    pairs = [(ratio_of(first.overall, field), ratio_of(second.overall, field)) for _, _, field in NAMES]
    names = [name for _, name, _ in NAMES]
    return shares_beside("ratios-difference", "Second group minus first", "ratio", names, compared(pairs))
