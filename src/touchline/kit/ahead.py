"""Work on one thing while the next is made: reading takes about as long as writing, here as elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import TypeVar

Item = TypeVar("Item")

MEANWHILE_SECONDS = 0.1


def one_ahead(items: Iterator[Item], meanwhile: Callable[[], None] | None = None) -> Generator[Item, None, None]:
    """Give the items in order; each is made in a thread of its own while the one before is worked on.

    `meanwhile` is called now and then, in the caller's thread, while an item is waited for. What making an item raises is
    raised here. Closing waits until the item being made is ready.
    """
    with ThreadPoolExecutor(1) as thread:
        making: Future[Item | None] = thread.submit(next, items, None)
        while True:
            while meanwhile is not None and not wait([making], MEANWHILE_SECONDS).done:
                meanwhile()
            item = making.result()
            if item is None:
                return
            making = thread.submit(next, items, None)
            yield item
