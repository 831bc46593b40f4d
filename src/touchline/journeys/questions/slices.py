"""Slices of the visits: runs of customer numbers with about a million visits each."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import TypeVar

import numpy as np

from touchline.engine.question import Bucket
from touchline.engine.store import Store

ROWS_AT_ONCE = 1_000_000
"""A million visits in a dozen columns stay near the processor, and memory does not grow with the store."""

USUAL_TOUCHPOINTS = 50
"""Tables of customers by touchpoint grow with both: with more touchpoints a slice holds fewer visits."""

THREADS = 2

Part = TypeVar("Part")


def slices_of(store: Store, bucket: Bucket, touchpoints: int) -> list[tuple[int, int]]:
    """Return (first customer, customer after the last) of each slice; no slice where there are no visits."""
    found = store.row("select count(*), min(customer), max(customer) from visits")
    rows, first, last = found or (0, None, None)
    if first is None or last is None:
        return []
    at_once = ROWS_AT_ONCE * min(1.0, USUAL_TOUCHPOINTS / max(touchpoints, 1))
    number = min(max(1, round(rows / bucket.of / at_once)), last - first + 1)
    edges = np.linspace(first, last + 1, number + 1).astype(int).tolist()
    return list(pairwise(edges))


def of_each_slice(store: Store, bucket: Bucket, touchpoints: int, count: Callable[[int, int], Part]) -> list[Part]:
    """Count each slice, two at once; `count` gets the first customer and the one after the last."""
    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(lambda ends: count(*ends), slices_of(store, bucket, touchpoints)))
