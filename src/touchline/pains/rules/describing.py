"""What is known of customers before a visit, in words: the facts by which groups of sufferers are told apart.

Every fact is of strictly before the visit, looked up as of its moment.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from math import floor
from typing import Final

import numpy as np

from touchline.formulas.effects.who_suffers import Condition
from touchline.pains.rules.as_of import Earlier
from touchline.pains.rules.covariates import RAREST, History
from touchline.pains.rules.rows import MICROSECONDS_PER_DAY, Floats, Ints, Moments
from touchline.pains.rules.traits import TraitFact

UNKNOWN: Final = "unknown"


@dataclass(frozen=True)
class DescribedFact:
    """A fact about visits as a whole number, and how it is said to be large or small; {} stands for where large begins."""

    name: str
    values: Floats
    large: str
    small: str
    some: str = ""
    """Instead of `large` where that begins at one."""
    none: str = ""
    one_of: str = ""
    """What it is one value of, such as 'device': who has one has none of the others."""

    def words(self, threshold: float, *, is_above: bool) -> str:
        """Say on which side of a threshold it lies."""
        begins = floor(threshold) + 1
        if self.some and begins == 1:
            return self.some if is_above else self.none
        return (self.large if is_above else self.small).format(f"{begins:,}")


@dataclass(frozen=True)
class Describing:
    """Describes the customers of any visits of one history."""

    history: History

    def facts(self, which: Ints) -> tuple[DescribedFact, ...]:
        """The facts in which some of the visits differ; a value that hardly any of them has is no fact of its own."""
        every = (*self._standing(which), *self._ways(which), *self._traits(which))
        return tuple(each for each in every if len(which) and _varies(each.values))

    @cached_property
    def _first_visit(self) -> Ints:
        """Of each visit: when its customer came first."""
        visits = self.history.visits
        if not len(visits):
            return visits.time
        begins = np.concatenate([[True], visits.customer[1:] != visits.customer[:-1]])
        first: Ints = visits.time[np.flatnonzero(begins)[np.cumsum(begins) - 1]]
        return first

    @cached_property
    def _bad(self) -> Earlier:
        """Bad visits of any kind, from when they were known to be."""
        found, visits = list(self.history.bad.values()), self.history.visits
        which = np.concatenate([np.empty(0, np.int64), *(each.visit for each in found)])
        known = np.concatenate([np.empty(0, np.int64), *(each.known for each in found)])
        return Earlier(Moments(visits.customer[which], known, np.ones(len(which))))

    def _standing(self, which: Ints) -> Iterator[DescribedFact]:
        customer, time = self.history.visits.customer[which], self.history.visits.time[which]
        first = self._first_visit[which]
        yield DescribedFact("first visit", (first >= time).astype(float), "on their first visit", "been here before")
        yield DescribedFact(
            "days known",
            ((time - first) // MICROSECONDS_PER_DAY).astype(float),
            "known for at least {} days",
            "known for fewer than {} days",
            "known for a day or longer",
            "first seen that day",
        )
        for earlier, one, many in (
            (self.history.orders, "order", "orders"),
            (self.history.contacts, "contact with service", "contacts with service"),
            (self._bad, "bad visit", "bad visits"),
        ):
            yield DescribedFact(
                many,
                earlier.count(customer, time).astype(float),
                f"at least {{}} {many} before",
                f"fewer than {{}} {many} before",
                f"at least one {one} before",
                f"no {one} before",
            )

    def _ways(self, which: Ints) -> Iterator[DescribedFact]:
        """By which channel and device they came."""
        visits = self.history.visits
        for kind, at, names, how in (
            ("channel", visits.channel[which], self.history.channels, "by"),
            ("device", visits.device[which], self.history.devices, "on"),
        ):
            for level in np.unique(at).tolist():
                name = f"an {UNKNOWN} {kind}" if names[level].casefold() == UNKNOWN else names[level].lower()
                yield DescribedFact(
                    f"{kind} {names[level]}",
                    (at == level).astype(float),
                    f"{how} {name}",
                    f"not {how} {name}",
                    one_of=kind,
                )

    def _traits(self, which: Ints) -> Iterator[DescribedFact]:
        customer, time = self.history.visits.customer[which], self.history.visits.time[which]
        for fact in self.history.traits.facts:
            at = fact.told.position(customer, time)
            known = at >= 0
            if known.any():
                yield from _of_trait(fact, fact.told.facts.value[np.maximum(at, 0)], known)


def in_words(conditions: Iterable[Condition], facts: Iterable[DescribedFact]) -> str:
    """Say what visits of a group have in common: 'on their first visit, on mobile'."""
    by_name = {fact.name: fact for fact in facts}
    narrowest: dict[tuple[str, bool], float] = {}
    for each in conditions:
        key = each.fact, each.is_above
        narrower = max if each.is_above else min
        narrowest[key] = narrower(narrowest.get(key, each.threshold), each.threshold)
    told = {by_name[name].one_of for name, is_above in narrowest if is_above} - {""}
    return ", ".join(
        by_name[name].words(threshold, is_above=is_above)
        for (name, is_above), threshold in narrowest.items()
        if is_above or by_name[name].one_of not in told
    )


def _of_trait(
    fact: TraitFact, value: Floats, known: np.ndarray[tuple[int], np.dtype[np.bool_]]
) -> Iterator[DescribedFact]:
    for code, level in enumerate(fact.levels):
        flag = (known & (value == code)).astype(float)
        yield DescribedFact(
            f"{fact.name}: {level}",
            flag,
            f"{_plain(fact.name)} “{_plain(level)}”",
            f"{_plain(fact.name)} other than “{_plain(level)}”",
            one_of=f"profile: {fact.name}",
        )
    if not fact.levels:
        lowest = float(np.floor(value[known].min())) - 1.0
        name, or_unknown = _plain(fact.name), "" if known.all() else ", or not known"
        yield DescribedFact(
            fact.name,
            np.where(known, np.floor(value), lowest),
            f"{name} {{}} or more",
            f"{name} below {{}}{or_unknown}",
        )


def _plain(text: str) -> str:
    """Without what a format would read; names of facts as words."""
    return text.replace("{", "(").replace("}", ")").replace("_", " ")


def _varies(values: Floats) -> bool:
    return float(np.mean(values != float(np.median(values)))) >= RAREST
