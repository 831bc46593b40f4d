"""Run by benchmarks/.venv: ClickHouse's windowFunnel, by chDB, over the visits in a Parquet file, told as JSON."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from chdb.session import Session
from telling import FUNNEL_STEPS, FUNNEL_WINDOW_US, Clock, tell

session = Session(str(Path(os.environ["HOME"]) / "clickhouse"))
clock = Clock()
with clock("build"):
    session.query(
        "create table visits (customer UInt32, time UInt64, touchpoint LowCardinality(String)) engine = MergeTree"
        " order by (customer, time)"
    )
    session.query(
        f"insert into visits select customer, toUInt64(time_us), touchpoint from file('{sys.argv[1]}', Parquet)"
    )
    session.query("optimize table visits final")
conditions = ", ".join(f"touchpoint = '{step}'" for step in FUNNEL_STEPS)
listed = ", ".join(f"'{step}'" for step in FUNNEL_STEPS)
with clock("funnel"):
    levels = session.query(
        f"select level, count() from (select windowFunnel({FUNNEL_WINDOW_US})(time, {conditions}) as level from visits"
        f" where touchpoint in ({listed}) group by customer) group by level order by level",
        "CSV",
    )
counts = {int(level): int(number) for level, number in (line.split(",") for line in str(levels).split())}
reached = {step: sum(number for level, number in counts.items() if level > at) for at, step in enumerate(FUNNEL_STEPS)}
tell("chdb", clock, reached)
