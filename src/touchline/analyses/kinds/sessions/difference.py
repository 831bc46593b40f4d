"""How the second group's sessions differ from the first's."""

from __future__ import annotations

from touchline.analyses.kinds.sessions.answer import Group, SessionsAnswer
from touchline.analyses.kinds.sessions.present import LISTS
from touchline.analyses.rules.presentation import Presentation
from touchline.analyses.rules.share_differences import shares_beside
from touchline.formulas.clustered import compared


def difference(first: SessionsAnswer, second: SessionsAnswer) -> Presentation:
    """Engaged sessions of both groups, over all and by entry, campaign and device: second minus first."""
    names, pairs = ["all sessions"], [(first.overall.engaged, second.overall.engaged)]
    for _, heading, name, _ in LISTS:
        if name == "by_exit":
            continue  # where a session ends is what engagement looks like, not what brings it about
        others: dict[str, Group] = {each.name: each for each in getattr(second, name)}
        for each in getattr(first, name):
            if each.name in others:
                names.append(f"{heading.lower()} {each.name}")
                pairs.append((each.engaged, others[each.name].engaged))
    return shares_beside(
        "engaged-difference", "Engaged sessions: second group minus first", "sessions", names, compared(pairs)
    )
