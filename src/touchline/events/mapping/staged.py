"""Laying rows that were read into the columns of intake/staging.py."""

from __future__ import annotations

import json
from collections.abc import Mapping as MappingOf

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from touchline.events.intake.staging import STAGING
from touchline.events.mapping.amounts import units_as_decimals
from touchline.events.mapping.cells import there
from touchline.events.mapping.distinct import Column
from touchline.events.mapping.reading import Rows
from touchline.events.mapping.roles import Mapping

_OBJECTS = STAGING.field("objects").type
_NEEDS_ESCAPE = r'["\\\x00-\x1f]'


def staged_table(mapping: Mapping, rows: Rows, keys: Column) -> pa.Table:
    """Build the staging table, one row per row."""
    count = len(rows)
    columns: dict[str, Column] = {
        "key": keys,
        "line": pa.array(rows.lines, pa.int64()),
        "time": pa.array(rows.times, pa.int64()).cast(pa.timestamp("us")),
        "value": units_as_decimals(rows.units, rows.valued),
        "objects": object_lists(rows.objects, count),
        "properties": properties(rows.kept, count),
        **rows.texts,
    }
    if rows.scores is not None:
        scores, given = rows.scores
        mask = pa.array(given)
        columns["score"] = pc.if_else(mask, pa.array(scores), pa.scalar(None, pa.float64()))
        for name, constant in (
            ("metric", mapping.metric),
            ("score_min", mapping.score_low),
            ("score_max", mapping.score_high),
        ):
            columns[name] = pc.if_else(mask, pa.scalar(constant, STAGING.field(name).type), None)
    arrays = [columns[field.name] if field.name in columns else pa.nulls(count, field.type) for field in STAGING]
    return pa.Table.from_arrays(arrays, schema=STAGING)


def object_lists(objects: MappingOf[str, Column], count: int) -> Column:
    """Collect the objects of each row into a list of (type, id); null for a row that touches none."""
    if not objects:
        return pa.nulls(count, _OBJECTS)
    present = np.column_stack([there(ids) for ids in objects.values()])
    stacked = pa.concat_arrays([ids.cast(pa.string()) for ids in objects.values()])
    by_row = np.arange(len(stacked)).reshape(len(objects), count).T[present]
    types = pa.array(list(objects), pa.string()).take(places(np.nonzero(present)[1]))
    structs = pa.StructArray.from_arrays([types, stacked.take(places(by_row))], fields=list(_OBJECTS.value_type))
    return lists_of(structs, present.sum(axis=1))


def places(numbers: np.ndarray) -> Column:
    """Give positions as Arrow wants them for `take`."""
    return pa.array(numbers, pa.int64())


def lists_of(structs: Column, sizes: np.ndarray) -> Column:
    """Cut one array into lists of the given sizes; null for size 0."""
    ends = np.cumsum(sizes)
    offsets = pa.array(np.concatenate([[0], ends]), pa.int32())
    return pa.ListArray.from_arrays(offsets, structs, type=_OBJECTS, mask=pa.array(sizes == 0))


def properties(kept: MappingOf[str, Column], count: int, counted: MappingOf[str, np.ndarray] | None = None) -> Column:
    """Write the kept cells of each row, and what was counted for it, as a JSON object; null for a row without any."""
    written = {header: _as_json(cells) for header, cells in kept.items() if cells.null_count < count}
    written |= {name: pa.array(numbers).cast(pa.string()) for name, numbers in (counted or {}).items()}
    if not written:
        return pa.nulls(count, pa.string())
    parts = [
        pc.binary_join_element_wise("," + json.dumps(name, ensure_ascii=False) + ":", cells, "")
        for name, cells in written.items()
    ]
    # null_handling="skip" would leave out rows in which every part is null
    inner = pc.binary_join_element_wise(*parts, "", null_handling="replace", null_replacement="")
    whole = pc.binary_join_element_wise("{", pc.utf8_slice_codeunits(inner, 1), "}", "")
    return pc.if_else(pc.equal(inner, pa.scalar("")), pa.scalar(None, pa.string()), whole)


def _as_json(cells: Column) -> Column:
    """Quote cells; only those with signs that JSON escapes are written one by one."""
    quoted = pc.binary_join_element_wise('"', cells, '"', "")
    odd: Column = pc.match_substring_regex(cells, _NEEDS_ESCAPE)
    if not pc.any(odd).as_py():
        return quoted
    escaped = pa.array([json.dumps(cell, ensure_ascii=False) for cell in cells.filter(odd).to_pylist()], pa.string())
    return pc.replace_with_mask(quoted, odd.fill_null(False), escaped)
