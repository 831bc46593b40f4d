"""What a kind of question asks for. One declaration makes the form field, the command's option and the reference."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from touchline.analyses.rules.problem import QuestionError, what_exists


@dataclass(frozen=True)
class Parameter:
    """One field of a request, under the same name everywhere."""

    name: str
    """Field of the request; the option is --name with dashes."""
    label: str
    help: str


@dataclass(frozen=True)
class Choice(Parameter):
    """One of a few words."""

    choices: tuple[tuple[str, str], ...]
    """(value, what people read)."""

    def read(self, texts: Sequence[str]) -> str:
        """Read the last text given."""
        known = [value for value, _ in self.choices]
        if texts[-1] not in known:
            raise QuestionError(what_exists(self.label.lower(), texts[-1], known), self.name)
        return texts[-1]


@dataclass(frozen=True)
class Whole(Parameter):
    """A whole number."""

    low: int
    high: int

    def read(self, texts: Sequence[str]) -> int:
        """Read the last text given."""
        try:
            number = int(texts[-1])
        except ValueError:
            number = self.low - 1
        if not self.low <= number <= self.high:
            raise QuestionError(
                f"{self.label} is {texts[-1]!r}; expected a whole number from {self.low:,} to {self.high:,}.", self.name
            )
        return number


@dataclass(frozen=True)
class Number(Parameter):
    """A number larger than `above`, up to `high`."""

    above: float
    high: float

    def read(self, texts: Sequence[str]) -> float:
        """Read the last text given."""
        try:
            number = float(texts[-1])
        except ValueError:
            number = math.nan
        if not self.above < number <= self.high:
            raise QuestionError(
                f"{self.label} is {texts[-1]!r}; expected a number above {self.above:g}, up to {self.high:,g}.",
                self.name,
            )
        return number


@dataclass(frozen=True)
class Switch(Parameter):
    """Yes or no."""

    def read(self, texts: Sequence[str]) -> bool:
        """Read the last text given."""
        return texts[-1].lower() not in ("", "0", "no", "off", "false")


@dataclass(frozen=True)
class Words(Parameter):
    """A text, such as the name of a property; '' where it may be left open."""

    def read(self, texts: Sequence[str]) -> str:
        """Read the last text given."""
        return texts[-1].strip()


@dataclass(frozen=True)
class OneStep(Parameter):
    """A step: a touchpoint, a stage or an event (rules/steps.py); '' where it may be left open."""

    may_be_open: bool = False

    def read(self, texts: Sequence[str]) -> str:
        """Read the last text given."""
        return texts[-1].strip()


@dataclass(frozen=True)
class StepList(Parameter):
    """Steps in their order. Given several times, or once with a step on each line."""

    at_least: int
    at_most: int

    def read(self, texts: Sequence[str]) -> tuple[str, ...]:
        """Read every text given."""
        steps = tuple(step.strip() for text in texts for step in text.splitlines() if step.strip())
        if not self.at_least <= len(steps) <= self.at_most:
            raise QuestionError(
                f"{self.label}: {len(steps)} given; expected {self.at_least} to {self.at_most}.", self.name
            )
        return steps


AnyParameter: TypeAlias = "Choice | Whole | Number | Switch | Words | OneStep | StepList"


def read_request(parameters: Sequence[AnyParameter], given: dict[str, Sequence[str]]) -> dict[str, Any]:
    """Read those parameters that were given as text; the others keep what the request has. Raises QuestionError."""
    return {each.name: each.read(given[each.name]) for each in parameters if given.get(each.name)}


def written(value: object) -> list[str]:
    """Write a request's value as the texts that read as it: for addresses and saved cards."""
    if isinstance(value, tuple | list):
        return [str(each) for each in value]
    if isinstance(value, bool):
        return ["1" if value else "0"]
    if isinstance(value, float):
        return [f"{value:.10g}"]
    return [str(value)]
