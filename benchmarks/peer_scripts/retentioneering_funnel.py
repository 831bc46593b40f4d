"""Run by benchmarks/.venv: retentioneering's funnel over the visits in a Parquet file, told as JSON."""

from __future__ import annotations

import os
import sys

os.environ["RETENTIONEERING_NO_TRACK"] = "1"  # it would report each call to its makers

import pandas as pd
from retentioneering.eventstream.eventstream import Eventstream
from telling import FUNNEL_STEPS, Clock, tell

clock = Clock()
with clock("build"):
    visits = pd.read_parquet(sys.argv[1])
    visits["time"] = pd.to_datetime(visits.pop("time_us"), unit="us")
    stream = Eventstream(visits, {"path_cols": ["customer"], "event_col": "touchpoint", "timestamp_col": "time"})
with clock("funnel"):
    steps = stream.funnel_data(steps=FUNNEL_STEPS)["steps"]
tell("retentioneering", clock, {step["step"]: int(step["unique_paths"]) for step in steps})
