"""A question asked of the store: a part that looks at some customers, and how parts become the answer.

A customer never crosses buckets, so counts, distinct customers, transitions, paths and sums of the buckets combine
exactly. On one machine there is one bucket; with more, the same part runs elsewhere (docs/adr/0002-engine.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from touchline.engine.store import Store

Part = TypeVar("Part")
Answer = TypeVar("Answer", covariant=True)


@dataclass(frozen=True)
class Bucket:
    """Some of the customers: those whose number leaves the remainder `index` when divided by `of`."""

    index: int = 0
    of: int = 1

    def holds(self, column: str) -> str:
        """SQL condition that a customer column (such as 'v.customer') is of this bucket; nobody is in bucket 0."""
        if self.of == 1:
            return "true"
        return f"coalesce({column}, 0) % {self.of:d} = {self.index:d}"


class Question(Protocol[Part, Answer]):
    """One question, written once. Its fields are what is asked about: a scope, a definition, a period."""

    def part(self, store: Store, bucket: Bucket) -> Part:
        """Count over the customers of one bucket; restrict with `bucket.holds('v.customer')`."""
        ...

    def combine(self, parts: Sequence[Part]) -> Answer:
        """Put the parts of all buckets together."""
        ...


EVERYBODY = Bucket()


def run(question: Question[Part, Answer], store: Store, buckets: int = 1) -> Answer:
    """Answer a question in as many buckets as asked; the answer is the same for every number of them."""
    return question.combine([question.part(store, Bucket(index, buckets)) for index in range(buckets)])
