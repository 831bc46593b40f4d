"""What a folder under analyses/kinds must offer. A kind is found by being there; nothing registers it.

`analyses/kinds/<name>/__init__.py` exposes `KIND`. A request is a frozen dataclass of plain values (texts, numbers,
tuples of texts); an answer is a frozen dataclass of plain values too, so that both can be saved, sent to the process
that has the store open, and written as JSON. Heavy libraries are imported inside the functions that need them: every
command loads every kind.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from touchline.analyses.rules.parameters import AnyParameter
from touchline.analyses.rules.presentation import Presentation
from touchline.analyses.rules.steps import Known

Request = TypeVar("Request")
Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Kind(Generic[Request, Answer]):
    """One kind of question."""

    name: str
    """The folder's name with dashes: command, address, Python method and saved card, e.g. 'funnel'."""
    title: str
    """As people call it, e.g. 'Funnel'."""
    asks: str
    """The question in the user's words, e.g. 'How many get from step to step, and where do they leave?'"""
    icon: str
    """Lucide name; listed in ui's icons."""
    order: int
    """Smaller stands higher on the page of questions."""
    request: type[Request]
    answer_type: type[Answer]
    parameters: tuple[AnyParameter, ...]
    """One per field of the request, in the order in which they are asked for."""
    usual: Callable[[Known], Request]
    """A request worth looking at in any workspace that has data: what is shown before anything is asked for.
    Raises QuestionError with a sentence where the data have nothing to ask about."""
    answer: Callable[[Any, Request], Answer]
    """Count and judge, given a `questions.reading.Reading`. Raises QuestionError for what does not exist."""
    present: Callable[[Answer], Presentation]
    difference: Callable[[Answer, Answer], Presentation]
    """What the second group does differently from the first: second minus first, with intervals."""
    methods: tuple[str, ...]
    """Pages of docs/algorithms that define its numbers."""
    members: Callable[[Any, Request, str], NDArray[np.int64]] | None = None
    """The customers (their numbers) of one part of the answer, given Reading, request and part; see `parts`."""
    parts: tuple[tuple[str, str], ...] = ()
    """(part, 'customers who …') that can become a segment."""
