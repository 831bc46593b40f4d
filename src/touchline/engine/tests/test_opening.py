"""Pages of the rows behind a number."""

from __future__ import annotations

from pathlib import Path

import pytest

from touchline.engine.opening import RowsBehind, rows_behind
from touchline.engine.question import run
from touchline.engine.store import Store
from touchline.engine.sums import Sums


@pytest.fixture
def store(tmp_path: Path):
    made = Store.create(tmp_path / "store.duckdb")
    with made.transaction() as writer:
        writer.execute("insert into identities select i, i % 3 from range(1, 11) r(i)")
    yield made
    made.close()


ROWS = RowsBehind(
    "select identifier, customer from identities where customer = $customer",
    order="identifier",
    details="select *, identifier * $factor as more from page",
)


def test_a_page_and_how_many_there_are(store: Store) -> None:
    values = {"customer": 1, "factor": 10, "not_used": 0}

    assert rows_behind(store, ROWS, ["identifier", "more"], values, 1, 2) == ([(4, 40), (7, 70)], 4)
    assert rows_behind(store, ROWS, ["identifier"], values, 0, 0) == ([(1,), (4,), (7,), (10,)], 4)
    assert rows_behind(store, ROWS, ["identifier"], values, 8, 2) == ([], 4)


def test_sums_of_buckets_are_the_sums_of_all(store: Store) -> None:
    question = Sums(
        "select v.customer % 2, count(*), sum(v.identifier) from identities v where {bucket} group by all", 1, {}
    )

    assert run(question, store) == {(0,): (6, 2 + 3 + 5 + 6 + 8 + 9), (1,): (4, 1 + 4 + 7 + 10)}
    assert run(question, store, 8) == run(question, store)


def test_the_larger_of_two_buckets(store: Store) -> None:
    question = Sums(
        "select 'all', max(v.identifier) from identities v where {bucket} group by all", 1, {}, together=max
    )

    assert run(question, store, 3) == {("all",): (10,)}
