from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pytest

from touchline.engine.question import Bucket, run
from touchline.engine.store import Store


@dataclass(frozen=True)
class CustomersAt:
    """How many customers visited a touchpoint."""

    touchpoint: int

    def part(self, store: Store, bucket: Bucket) -> int:
        return store.value(
            f"select count(distinct v.customer) from identities v where v.identifier = ? and {bucket.holds('v.customer')}",
            [self.touchpoint],
        )

    def combine(self, parts: Sequence[int]) -> int:
        return sum(parts)


@pytest.fixture
def store(tmp_path: Path):
    store = Store.create(tmp_path / "store.duckdb")
    with store.transaction() as writer:
        writer.execute("insert into identities select 1, i // 2 from range(100) r(i)")
    yield store
    store.close()


@pytest.mark.parametrize("buckets", [1, 2, 8, 64])
def test_the_answer_is_the_same_in_every_number_of_buckets(store, buckets):
    assert run(CustomersAt(1), store, buckets) == 50


def test_nobody_is_in_the_first_bucket(store):
    condition = {index: Bucket(index, 8).holds("null::integer") for index in range(8)}

    assert [store.value(f"select {condition[index]}") for index in range(8)] == [True] + [False] * 7


def test_an_answer_can_be_read_bit_by_bit_beside_a_staged_table(store):
    chosen = pa.table({"customer": [3, 49]})

    found = store.batches(
        "select identifier, customer from identities join chosen using (customer)", staged={"chosen": chosen}
    )

    assert sorted(row["customer"] for batch in found for row in batch.to_pylist()) == [3, 3, 49, 49]
    assert list(store.batches("select 1 where false")) == []
