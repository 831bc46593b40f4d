"""Which questions of one survey go together with its overall one: shares of what is explained, never effects.

Methods rank touchpoints by what follows a visit (moments of truth); this only ranks the questions that the same people answered
in the same minute. See docs/algorithms/relative-weights.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.effects.relative_weights import relative_weights
from touchline.pains.rules.rows import Floats, Ints

OVERALL_METRIC: Final = "nps"
OVERALL_WORDS: Final = re.compile(r"\b(overall|all in all|in general|as a whole)\b", re.IGNORECASE)
"""What tells the question about everything from those about parts of it; a recommendation is one, too."""
ANSWERED_BY: Final = 0.5
"""Share of those who answered the overall question that must have answered another one for it to be an item."""
FEWEST_ITEMS: Final = 2
MOST_SURVEYS: Final = 3
NO_SURVEY: Final = (
    "No survey asks several things at once: it takes people who, at one moment, answered an overall question (whether they would "
    "recommend, or one that says “overall”) and at least two others with a score."
)


@dataclass(frozen=True)
class SurveyRows:
    """Scored answers of people who answered several questions at one moment; arrays of one length."""

    customer: Ints
    time: Ints
    source: NDArray[np.object_]
    question: NDArray[np.object_]
    metric: NDArray[np.object_]
    experience: Floats
    """±100."""

    def __len__(self) -> int:
        return len(self.customer)


@dataclass(frozen=True)
class Driver:
    """One question of a survey."""

    question: str
    share: float
    """Of what all questions together explain of the overall answer, 0..1."""
    low: float
    high: float
    """95 % interval."""


@dataclass(frozen=True)
class SurveyDrivers:
    """One survey: which of its questions go together with its overall one, the closest first."""

    overall: str
    """The overall question."""
    people: int
    """Customers who answered all of its questions; each counts once, with the latest answers."""
    explained: float
    """R²: the share of differences between overall answers that the questions explain together, 0..1."""
    drivers: tuple[Driver, ...]
    why: str
    """Why nothing can be said of this survey; '' where something can."""


def survey_drivers(rows: SurveyRows) -> tuple[SurveyDrivers, ...]:
    """Return the surveys that have an overall question and others beside it, that of most people first."""
    found = [each for source in np.unique(rows.source.astype(str)).tolist() for each in _of_source(rows, source)]
    return tuple(sorted(found, key=lambda each: (-each.people, each.overall)))[:MOST_SURVEYS]


def is_overall(question: str, metric: str) -> bool:
    """Whether a question is about everything."""
    return metric == OVERALL_METRIC or OVERALL_WORDS.search(question) is not None


def _of_source(rows: SurveyRows, source: str) -> Iterator[SurveyDrivers]:
    here = rows.source.astype(str) == source
    names, column = np.unique(rows.question[here].astype(str), return_inverse=True)
    metric = dict(zip(rows.question[here].astype(str).tolist(), rows.metric[here].tolist(), strict=True))
    forms, form = np.unique(np.stack([rows.customer[here], rows.time[here]]), axis=1, return_inverse=True)
    answers = np.full((forms.shape[1], len(names)), np.nan)
    answers[form.ravel(), column] = rows.experience[here]
    overall = [at for at, name in enumerate(names.tolist()) if is_overall(name, metric[name])]
    for at in overall:
        asked = answers[~np.isnan(answers[:, at])]
        often = np.mean(~np.isnan(asked), axis=0) >= ANSWERED_BY
        items = [other for other in range(len(names)) if often[other] and other not in overall]
        if len(items) >= FEWEST_ITEMS:
            people = _latest(answers[:, [*items, at]], forms)
            yield _weighed(people, [str(names[each]) for each in items], str(names[at]))


def _latest(answers: Floats, forms: NDArray[np.int64]) -> Floats:
    """The latest form of each customer that has all answers; forms are in order of customers and time."""
    whole = ~np.isnan(answers).any(axis=1)
    customer = forms[0][whole]
    is_last = np.append(customer[1:] != customer[:-1], True) if len(customer) else np.empty(0, np.bool_)
    found: Floats = answers[whole][is_last]
    return found


def _weighed(answers: Floats, items: Sequence[str], overall: str) -> SurveyDrivers:
    found: Any = relative_weights(answers[:, :-1], answers[:, -1], tuple(items))
    if isinstance(found, CannotSay):
        return SurveyDrivers(overall, len(answers), 0.0, (), found.sentence)
    drivers = [Driver(each.item, each.share, each.low, each.high) for each in found]
    drivers.sort(key=lambda each: (-each.share, each.question))
    return SurveyDrivers(overall, len(answers), float(sum(each.r2 for each in found)), tuple(drivers), "")
