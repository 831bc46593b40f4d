"""What scores say beside pain points, written out: moments of truth, and what goes together with an overall answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from touchline.pains.rules.drivers import Driver, SurveyDrivers
from touchline.pains.rules.pain import MomentOfTruth
from touchline.pains.wording import counted
from touchline.ui.numbers import CANNOT_SAY, percent, signed, whole

DRIVERS_NOTE: Final = (
    "Shares of explained variance, not effects: all answers of a form come from the same person in the same minute, and a good "
    "mood lifts them all. What follows a visit is told by the moments of truth and by the pain points."
)


@dataclass(frozen=True)
class Moment:
    """One moment of truth, written out."""

    name: str
    moves: str
    reach: str
    spread: str
    chance: str
    kind: str
    is_labelled: bool


@dataclass(frozen=True)
class ShownDriver:
    """One question of a survey."""

    question: str
    share: str
    span: str


@dataclass(frozen=True)
class ShownSurvey:
    """A survey: its overall question with what the others explain of it."""

    overall: str
    sentence: str
    """How much is explained, of how many people; or why nothing can be said."""
    drivers: tuple[ShownDriver, ...]


def shown_moment(moment: MomentOfTruth) -> Moment:
    """Write a moment of truth out: what ten points of score move."""
    ends = f"{signed(1000 * moment.low, 1)} to {signed(1000 * moment.high, 1)}"
    return Moment(
        moment.touchpoint_name,
        f"{signed(1000 * moment.slope, 1)} points ({ends})",
        whole(moment.reach),
        whole(moment.spread),
        percent(moment.top_five),
        moment.asymmetry or CANNOT_SAY,
        moment.is_labelled,
    )


def shown_survey(survey: SurveyDrivers) -> ShownSurvey:
    """Write a survey out."""
    sentence = survey.why or (
        f"{len(survey.drivers)} questions explain {percent(survey.explained)} of how answers to it differ, among "
        f"{counted(survey.people, 'customer')} who answered all of them."
    )
    return ShownSurvey(survey.overall, sentence, tuple(map(_driver, survey.drivers)))


def _driver(driver: Driver) -> ShownDriver:
    return ShownDriver(driver.question, percent(driver.share), f"{percent(driver.low)} to {percent(driver.high)}")
