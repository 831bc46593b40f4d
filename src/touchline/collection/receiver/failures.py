"""Unknown write keys by the address they come from: trying keys is made slow. Addresses are forgotten, never stored."""

from __future__ import annotations

from collections import OrderedDict

from touchline.collection.rules.rates import Bucket

FAILURES_PER_SECOND = 5.0
MOST_ADDRESSES = 10_000


class Failures:
    """The latest addresses that failed."""

    def __init__(self) -> None:
        self._buckets: OrderedDict[str, Bucket] = OrderedDict()

    def note(self, address: str, now: float) -> int | None:
        """Count a failure; whole seconds to wait when there were too many, else None."""
        bucket = self._buckets.setdefault(address, Bucket(FAILURES_PER_SECOND))
        self._buckets.move_to_end(address)
        while len(self._buckets) > MOST_ADDRESSES:
            self._buckets.popitem(last=False)
        return bucket.take(1, now)
