from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from touchline.kit.ahead import one_ahead


def test_items_come_in_order_each_made_while_the_one_before_is_in_hand() -> None:
    second_was_made = threading.Event()

    def items() -> Iterator[int]:
        yield 1
        second_was_made.set()
        yield 2

    given = one_ahead(items())

    assert next(given) == 1
    assert second_was_made.wait(10)
    assert list(given) == [2]


def test_waiting_for_an_item_leaves_time_for_something_else() -> None:
    called_in: list[threading.Thread] = []
    was_called = threading.Event()

    def meanwhile() -> None:
        called_in.append(threading.current_thread())
        was_called.set()

    def items() -> Iterator[int]:
        assert was_called.wait(10)
        yield 1

    assert list(one_ahead(items(), meanwhile)) == [1]
    assert set(called_in) == {threading.current_thread()}


def test_what_making_an_item_raises_is_raised_where_it_is_wanted() -> None:
    def items() -> Iterator[int]:
        yield 1
        raise ValueError("no second one")

    given = one_ahead(items())

    assert next(given) == 1
    with pytest.raises(ValueError, match="no second one"):
        next(given)
