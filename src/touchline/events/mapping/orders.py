"""Folding the lines of orders into one event per order, wherever in the file its lines stand.

Cost: about 0.4 kB per order for what the event needs, and 8 bytes per line for the products, until the file has ended;
docs/reference/mapping.md has the measurement.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from touchline.events.intake.staging import STAGING
from touchline.events.mapping.cells import there
from touchline.events.mapping.columns import ORDER_NAME, REFUND_NAME
from touchline.events.mapping.distinct import Column
from touchline.events.mapping.keys import joined
from touchline.events.mapping.reading import Rows
from touchline.events.mapping.roles import Mapping
from touchline.events.mapping.staged import lists_of, places, properties, staged_table

FOLDED: Final = STAGING.append(pa.field("rows", pa.int64(), nullable=False))
"""The staging columns, and how many lines of the file are in the event."""
_SAID_BY_THE_ORDER: Final = frozenset({"order", "order_id", "product"})
"""Columns not kept per order as text: its number is known, its products are numbered."""
_LATEST = np.iinfo(np.int64).max
_PRODUCT_BITS = 32


class Orders:
    """Everything known so far about the orders of a file, one entry per order in order of first appearance."""

    def __init__(self, mapping: Mapping) -> None:
        self._mapping = mapping
        self._codes: dict[str, int] = {}
        self._parted: dict[str, str] = {}
        self._times = np.full(0, _LATEST)
        self._first_lines = np.full(0, _LATEST)
        self._lines = np.zeros(0, np.int64)
        self._units = np.zeros(0, np.int64)
        self._valued = np.zeros(0, bool)
        self._scores = np.full(0, np.nan)
        self._texts: dict[str, FirstText] = {}
        self._objects: dict[str, FirstText] = {}
        self._kept: dict[str, FirstText] = {}
        self._products: dict[str, int] = {}
        self._bought: list[np.ndarray] = []

    def add(self, rows: Rows) -> None:
        """Take in some lines."""
        if not len(rows):
            return
        ids = self._one_currency_each(rows)
        codes = _codes_of(ids, self._codes)
        self._grow(len(self._codes))
        np.minimum.at(self._times, codes, rows.times)
        np.minimum.at(self._first_lines, codes, rows.lines)
        np.add.at(self._lines, codes, 1)
        self._add_values(codes, rows)
        if rows.scores is not None:
            values, given = rows.scores
            new = given & np.isnan(self._scores[codes])
            self._scores[codes[new][::-1]] = values[new][::-1]
        for known, columns in ((self._texts, rows.texts), (self._objects, rows.objects), (self._kept, rows.kept)):
            for name, cells in columns.items():
                if name not in _SAID_BY_THE_ORDER:
                    known.setdefault(name, FirstText()).offer(codes, cells, len(self._codes))
        if "product" in rows.objects:
            self._add_products(codes, rows.objects["product"])

    def folded(self, at_once: int) -> Iterator[tuple[pa.Table, int]]:
        """Give the events, some orders at a time, with the number of lines behind them."""
        bought = _sorted_once(np.concatenate([np.zeros(0, np.int64), *self._bought]))
        products = pa.array(list(self._products), pa.string())
        ids = list(self._codes)
        for start in range(0, len(ids), at_once):
            end = min(start + at_once, len(ids))
            cut = slice(*np.searchsorted(bought, [start << _PRODUCT_BITS, end << _PRODUCT_BITS]))
            yield self._table(ids[start:end], start, end, bought[cut], products), int(self._lines[start:end].sum())

    def _table(self, ids: list[str], start: int, end: int, bought: np.ndarray, products: Column) -> pa.Table:
        texts = {name: known.cut(start, end) for name, known in self._texts.items()}
        units, valued = self._units[start:end], self._valued[start:end]
        texts["name"] = self._names(texts["name"], units)
        numbers = pa.array([self._parted.get(id_, id_) for id_ in ids], pa.string())
        named = [texts[type_] for type_ in self._mapping.customer_columns if type_ in texts]
        if named:
            texts["order_id"] = pc.if_else(pc.is_valid(pc.coalesce(*named)), numbers, pa.scalar(None, pa.string()))
        scores = self._scores[start:end]
        scored = None if np.isnan(scores).all() else (np.nan_to_num(scores), ~np.isnan(scores))
        singles = {"order": numbers} | {name: known.cut(start, end) for name, known in self._objects.items()}
        kept = {name: known.cut(start, end) for name, known in self._kept.items()}
        lines = self._first_lines[start:end]
        rows = Rows(lines, self._times[start:end], texts, {}, scored, units, valued, {}, {})
        staged = staged_table(self._mapping, rows, joined(self._mapping.family, [pa.array(ids, pa.string())]))
        lists = _object_lists(singles, bought, start, end - start, products)
        counted = properties(kept, end - start, {"lines": self._lines[start:end]})
        for name, column in (("objects", lists), ("properties", counted)):
            staged = staged.set_column(staged.schema.get_field_index(name), staged.schema.field(name), column)
        return staged.append_column(FOLDED.field("rows"), pa.array(self._lines[start:end]))

    def _names(self, named: Column, units: np.ndarray) -> Column:
        ours = pc.is_in(named, value_set=pa.array([ORDER_NAME, REFUND_NAME]))
        by_total = pc.if_else(pa.array(units < 0), REFUND_NAME, ORDER_NAME)
        return pc.if_else(ours, by_total, named)

    def _one_currency_each(self, rows: Rows) -> Column:
        """Give the orders' ids; lines in another currency than their order's first are an order of their own."""
        ids, currencies = rows.objects["order"], rows.texts["currency"]
        known = self._texts.setdefault("currency", FirstText())
        if len(known.distinct.keys() | set(pc.unique(currencies).drop_null().to_pylist())) <= 1:
            return ids
        codes = _codes_of(ids, self._codes)
        known.offer(codes, currencies, len(self._codes))
        other: Column = pc.not_equal(known.of(codes), currencies)
        other = other.fill_null(False)
        parted = pc.if_else(other, pc.binary_join_element_wise(ids, currencies, " "), ids)
        self._parted |= dict(zip(parted.filter(other).to_pylist(), ids.filter(other).to_pylist(), strict=True))
        return parted

    def _add_values(self, codes: np.ndarray, rows: Rows) -> None:
        if self._mapping.value_repeats:
            new = rows.valued & ~self._valued[codes]
            self._units[codes[new]] = rows.units[new]
        else:
            np.add.at(self._units, codes, rows.units)
        self._valued[codes[rows.valued]] = True

    def _add_products(self, codes: np.ndarray, cells: Column) -> None:
        named = there(cells)
        products = _codes_of(cells.filter(pa.array(named)), self._products)
        self._bought.append(_sorted_once((codes[named] << _PRODUCT_BITS) | products))

    def _grow(self, count: int) -> None:
        self._times = _grown(self._times, count, _LATEST)
        self._first_lines = _grown(self._first_lines, count, _LATEST)
        self._lines = _grown(self._lines, count, 0)
        self._units = _grown(self._units, count, 0)
        self._valued = _grown(self._valued, count, False)
        self._scores = _grown(self._scores, count, np.nan)


class FirstText:
    """For each order the first text found in one column."""

    def __init__(self) -> None:
        self.distinct: dict[str, int] = {}
        self._of = np.full(0, -1, dtype=np.int32)
        self._written = pa.array([], pa.string())

    def offer(self, codes: np.ndarray, cells: Column, count: int) -> None:
        """Take the texts of some lines for the orders, `count` by now, that have none yet."""
        self._of = _grown(self._of, count, -1)
        wanted = there(cells) & (self._of[codes] < 0)
        if wanted.any():
            texts = _codes_of(cells.filter(pa.array(wanted)), self.distinct)
            self._of[codes[wanted][::-1]] = texts[::-1]

    def of(self, codes: np.ndarray) -> Column:
        """Give the text of each of these orders."""
        if len(self._written) < len(self.distinct):
            self._written = pa.array(list(self.distinct), pa.string())
        found = self._of[codes]
        return self._written.take(pa.array(found, mask=found < 0))

    def cut(self, start: int, end: int) -> Column:
        """Give the texts of a range of orders."""
        self._of = _grown(self._of, end, -1)
        return self.of(np.arange(start, end))


def _codes_of(cells: Column, known: dict[str, int]) -> np.ndarray:
    """Number texts in order of first appearance, adding new ones to `known`."""
    encoded = pc.dictionary_encode(cells)
    numbers = [known.setdefault(text, len(known)) for text in encoded.dictionary.to_pylist()]
    places_of = np.asarray(encoded.indices.to_numpy(zero_copy_only=False), dtype=np.int64)
    return np.array(numbers, dtype=np.int64)[places_of]


def _sorted_once(numbers: np.ndarray) -> np.ndarray:
    """Sort and drop repetitions; four times as fast as np.unique, which hashes first."""
    ordered = np.sort(numbers, kind="stable")
    return ordered[np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]])[: len(ordered)])]


def _grown(array: np.ndarray, count: int, fill: float) -> np.ndarray:
    """Lengthen by doubling, so that growing costs each entry once or twice in all."""
    if len(array) >= count:
        return array
    return np.concatenate([array, np.full(max(count, 2 * len(array)) - len(array), fill, dtype=array.dtype)])


def _object_lists(singles: dict[str, Column], bought: np.ndarray, start: int, count: int, products: Column) -> Column:
    """Give each order its own objects and then its products."""
    owners = [np.flatnonzero(there(ids)) for ids in singles.values()]
    types = [pa.repeat(name, len(found)) for name, found in zip(singles, owners, strict=True)]
    ids = [cells.drop_null() for cells in singles.values()]
    owners.append((bought >> _PRODUCT_BITS) - start)
    types.append(pa.repeat("product", len(bought)))
    ids.append(products.take(places(bought & ((1 << _PRODUCT_BITS) - 1))))
    owner = np.concatenate(owners)
    by_owner = places(np.argsort(owner, kind="stable"))
    structs = pa.StructArray.from_arrays(
        [pa.concat_arrays(types).take(by_owner), pa.concat_arrays(ids).take(by_owner)], names=["type", "id"]
    )
    return lists_of(structs, np.bincount(owner, minlength=count))
