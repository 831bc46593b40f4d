"""What is wrong with a question, in a sentence for whoever asked it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

MOST_NAMES = 8
"""More names than this are not read."""


class QuestionError(ValueError):
    """A question that cannot be answered as asked; the message says what is wrong and what exists."""

    def __init__(self, sentence: str, parameter: str = "") -> None:
        super().__init__(sentence)
        self.parameter = parameter
        """Name of the parameter to correct; '' where it is none of them."""


def what_exists(what: str, asked: str, known: Iterable[str]) -> str:
    """Say that something asked for is not there, with the names nearest to it first."""
    names = list(dict.fromkeys(known))
    if not names:
        return f"There is no {what} “{asked}”; the data hold none at all yet."
    folded = {name.casefold(): name for name in names}
    near = [folded[each] for each in difflib.get_close_matches(asked.casefold(), folded, n=3, cutoff=0.5)]
    shown = [*near, *(name for name in names if name not in near)][:MOST_NAMES]
    more = f" and {len(names) - len(shown)} more" if len(names) > len(shown) else ""
    return f"There is no {what} “{asked}”. There are: {', '.join(shown)}{more}."
