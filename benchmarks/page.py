"""docs/benchmarks.md, and the short table of the README."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from benchmarks.machine import Conditions
from benchmarks.measuring import Row, Sizes, millions
from benchmarks.peers import pinned
from benchmarks.table import markdown, replace_section, short_markdown

BEGIN, END = "<!-- written by make bench: begin -->", "<!-- written by make bench: end -->"

PAGE = """\
# Benchmarks

What Touchline takes for its work, beside what else does it, measured in one run. `make bench` measures anew and writes
this page and the table of the README; it is never part of the tests. `make bench BENCH="--events 100000"` is a quick run that
only prints.

{conditions}

{table}
## How it was measured

- Each measurement is a process of its own; its peak memory is that of the process. Ours and what stands beside it take turns,
  and the median of the rounds counts (here {rounds}; {largest} events: one).
- The data is that of a made-up shop (`benchmarks/generate.py`, `plain_file.py`): 20 events a customer, 21 kinds of event in
  seven channels, half of the customers also seen by a browser; orders with value, satisfaction scores, comments, reviews.
- *CSV → map* is `touchline init`, `touchline import FILE --yes` and `touchline map`, each from the start of its process to
  its end; the import alone is measured the same way. DuckDB reads the same file into a table on disk and does nothing else: it is the floor, not a rival.
- *Cold* is a process that has just opened the store. Its file lies in the memory of the system, as after an import: what is
  measured is the work, not the disk.
- *The whole journey map* is everything on the page for all data, headline included.
- *Transitions* are counts, customers and exact median times of every pair of touchpoints. The kernel finds the median
  times only, in NumPy, from arrays that lie in memory sorted by customer and time.
- The peers get our visits, sorted, in a Parquet file: customer's address and number of the journey, touchpoint, time.
  Reading and converting that is not counted; neither is drawing. For transitions they are asked for counts and median times,
  which takes two calls of each. That they count the same transitions is checked.
- *Effects* are formulas alone, from arrays in memory: thirty facts, six touchpoints that truly cost orders. That no effect is
  more than four standard errors from what was planted is checked. DoubleML is asked for the effect on the treated, with
  scikit-learn's logit and our folds, at two of the touchpoints for outcome and control; its time is scaled to all of them.
- The last column says whether what was asked for is met; where seconds and a ratio are both asked for, the ratio decides.

The peers are {peers}, installed from `benchmarks/requirements.txt` into an environment of
their own. pm4py is AGPL-3.0: it is measured, and never a dependency.
"""


def write_page(repository: Path, rows: Sequence[Row], sizes: Sizes, found: Conditions) -> None:
    """Write both. Raises ValueError when the README lacks the lines between which its table stands."""
    conditions = described(sizes, found)
    page = PAGE.format(
        conditions=conditions,
        table=markdown(rows),
        rounds=sizes.rounds,
        largest=millions(sizes.largest),
        peers=" and ".join(pinned()),
    )
    (repository / "docs" / "benchmarks.md").write_text(page, "utf-8")
    replace_section(repository / "README.md", BEGIN, END, f"{short_markdown(rows)}\n{conditions}\n")


def described(sizes: Sizes, found: Conditions) -> str:
    """Say when, on what and at what sizes, in sentences."""
    text = f"Measured on {found.day.day} {found.day:%B %Y} on {found.machine}; {found.versions}."
    if not sizes.as_asked:
        text += (
            f" The bars are for a store of {millions(Sizes.events)} events, a file of {millions(Sizes.file_events)} and"
            f" growth to {millions(Sizes.largest)}; this run had {millions(sizes.events)},"
            f" {millions(sizes.file_events)} and {millions(sizes.largest)}."
        )
    if found.load >= 1:
        text += f" The machine was busy with other work (load {found.load:.1f}), so times are longer than alone."
    return text
