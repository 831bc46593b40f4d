"""Run by benchmarks/.venv: pm4py's performance graph over the steps in a Parquet file, told as JSON.

pm4py is AGPL-3.0: it is measured beside us, in a process and an environment of its own, and never a dependency.
"""

from __future__ import annotations

import sys

import pandas as pd
import pm4py
from telling import Clock, tell

clock = Clock()
with clock("build"):
    log = pm4py.format_dataframe(
        pd.read_parquet(sys.argv[1]), case_id="path", activity_key="touchpoint", timestamp_key="time"
    )
with clock("graph"):
    pm4py.discover_performance_dfg(log)
with clock("transitions"):
    graph, _, _ = pm4py.discover_dfg(log)
    pm4py.discover_performance_dfg(log, perf_aggregation_key="median")
tell("pm4py", clock, {f"{start} {end}": int(number) for (start, end), number in graph.items()})
