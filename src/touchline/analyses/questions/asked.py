"""A question as it is asked, saved and sent: a kind, its request, and about whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any
from urllib.parse import parse_qsl

from touchline.analyses.rules.kind import Kind
from touchline.analyses.rules.parameters import read_request, written
from touchline.segments.facade import Scope, scope_query


@dataclass(frozen=True)
class Question:
    """One question. Everything in it is plain, so that it can be kept and asked again."""

    kind: str
    request: Any
    """Of the kind's request type."""
    scope: Scope = field(default_factory=Scope)
    """Its days filled in; days compared with make a second group of the same customers."""
    unit: str = "customer"
    """Whose steps are put in order: customer, account or case."""
    against: str = ""
    """A filter that makes the second group; '' for none. With days compared with, it holds for those days."""
    breakdown: str = ""
    """channel, device, intent, or a fact about customers such as country: the figures of each of its largest values."""

    @property
    def second(self) -> Scope | None:
        """The scope of the second group, None where nothing is compared."""
        scope = self.scope.comparison() if self.scope.compares else self.scope
        if self.against.strip():
            return replace(scope, filter=self.against)
        return scope if self.scope.compares else None


def question_from(kind: Kind[Any, Any], given: Mapping[str, Sequence[str]], usual: Any, scope: Scope) -> Question:
    """Read a question from texts by name: an address, a form or a saved card.

    What is not given stays as in `usual`. Raises QuestionError.
    """
    texts = {name: values for name, values in given.items() if values}
    return Question(
        kind=kind.name,
        request=replace(usual, **read_request(kind.parameters, dict(texts))),
        scope=scope,
        unit=_last(texts, "unit") or "customer",
        against=_last(texts, "against"),
        breakdown=_last(texts, "breakdown"),
    )


def question_pairs(question: Question) -> list[tuple[str, str]]:
    """Write a question as (name, text) pairs that `question_from` reads; for addresses and saved cards."""
    pairs = [(name, text) for name, value in asdict(question.request).items() for text in written(value)]
    pairs += [
        (name, value)
        for name, value in (
            ("unit", question.unit if question.unit != "customer" else ""),
            ("against", question.against),
            ("breakdown", question.breakdown),
        )
        if value
    ]
    return pairs + _scope_pairs(question.scope)


def _scope_pairs(scope: Scope) -> list[tuple[str, str]]:
    return parse_qsl(scope_query(scope))


def _last(given: Mapping[str, Sequence[str]], name: str) -> str:
    values = given.get(name, ())
    return values[-1] if values else ""
