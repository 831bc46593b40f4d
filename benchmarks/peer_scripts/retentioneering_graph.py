"""Run by benchmarks/.venv: retentioneering's transition graph over the steps in a Parquet file, told as JSON."""

from __future__ import annotations

import os
import sys

os.environ["RETENTIONEERING_NO_TRACK"] = "1"  # it would report each call to its makers

import pandas as pd
from retentioneering.eventstream.eventstream import Eventstream
from telling import Clock, tell

clock = Clock()
with clock("build"):
    stream = Eventstream(
        pd.read_parquet(sys.argv[1]), {"path_cols": ["path"], "event_col": "touchpoint", "timestamp_col": "time"}
    )
with clock("graph"):
    graph = stream.transition_graph_data(edge_weight="count")
with clock("median"):
    stream.transition_graph_data(edge_weight="time_median")
clock.seconds["transitions"] = clock.seconds["graph"] + clock.seconds["median"]

touchpoints = [name for name in graph.index if not name.startswith("path_")]
steps = {f"{start} {end}": int(graph.at[start, end]) for start in touchpoints for end in touchpoints if end in graph}
tell("retentioneering", clock, {step: number for step, number in steps.items() if number})
