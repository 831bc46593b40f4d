"""How the second group's customers come and go beside the first's."""

from __future__ import annotations

from touchline.analyses.kinds.lifecycle.answer import LifecycleAnswer
from touchline.analyses.rules.presentation import Presentation
from touchline.analyses.rules.share_differences import shares_beside
from touchline.formulas.clustered import compared


def difference(first: LifecycleAnswer, second: LifecycleAnswer) -> Presentation:
    """Second minus first, over the periods that are over."""
    period = first.asked.per
    names = (f"active again the {period} after", "new", "returning", "resurrecting")
    pairs = [
        (first.kept, second.kept),
        (first.new, second.new),
        (first.returning, second.returning),
        (first.resurrecting, second.resurrecting),
    ]
    return shares_beside("states-difference", "Second group minus first", "share", names, compared(pairs))
