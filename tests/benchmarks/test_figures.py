from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benchmarks.map_and_transitions import median_times
from benchmarks.measuring import Measured, Row, in_turns
from benchmarks.page import BEGIN, END
from benchmarks.plain_file import write_plain_file
from benchmarks.table import markdown, ratio, replace_section, short_markdown
from touchline.engine.workspace import Settings, create_workspace
from touchline.events.facade import import_files
from touchline.journeys.facade import DEFAULT_JOURNEY_TOML, journey_map

ROWS = [
    Row("a map", 2.0, 1_250_000_000, "≤ 2.5 s", True, "a peer", 52.0),
    Row("an import", 12.34, None, "≤ 10 s", False, "a floor", 6.0),
    Row("something else", 0.5),
]


def test_works_take_turns_and_the_median_counts() -> None:
    order: list[str] = []
    seconds = iter([1.0, 30.0, 2.0])

    def ours() -> Measured:
        order.append("ours")
        return Measured({"step": next(seconds)}, 10 * len(order))

    def not_installed() -> None:
        order.append("peer")

    found = in_turns(3, {"ours": ours, "peer": not_installed})

    assert order == ["ours", "peer"] * 3
    assert found == {"ours": Measured({"step": 2.0}, 50)}


def test_a_ratio_reads_the_way_that_needs_fewer_digits() -> None:
    assert [ratio(row) for row in ROWS] == ["1/26", "2.1 ×", ""]


def test_the_table_says_what_was_missed() -> None:
    assert markdown(ROWS).splitlines()[2:] == [
        "| a map | ≤ 2.5 s | 2.00 | a peer | 52.0 | 1/26 | 1.25 GB | yes |",
        "| an import | ≤ 10 s | 12.3 | a floor | 6.00 | 2.1 × |  | **no** |",
        "| something else |  | 0.50 |  |  |  |  | – |",
    ]
    assert short_markdown(ROWS).splitlines()[2:] == [
        "| a map | ≤ 2.5 s | 2.00 s; a peer: 52.0 s | 1.25 GB |",
        "| an import | ≤ 10 s (missed) | 12.3 s; a floor: 6.00 s |  |",
    ]


def test_only_what_stands_between_the_lines_is_replaced(tmp_path: Path) -> None:
    file = tmp_path / "README.md"
    file.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n", "utf-8")

    replace_section(file, BEGIN, END, "new \\1\n")

    assert file.read_text("utf-8") == f"before\n{BEGIN}\nnew \\1\n{END}\nafter\n"
    with pytest.raises(ValueError, match="has no lines"):
        replace_section(file, "<!-- another -->", END, "new")


def test_the_kernel_finds_the_middle_of_each_pair() -> None:
    start, end = np.array([0, 0, 1, 0]), np.array([1, 1, 0, 1])
    wait = np.array([5.0, 1.0, 7.0, 2.0])

    assert median_times(start.astype(np.int16), end.astype(np.int16), wait, 2) == {1: 2.0, 2: 7.0}
    assert median_times(start[:2].astype(np.int16), end[:2].astype(np.int16), wait[:2], 2) == {1: 3.0}


def test_the_plain_file_is_read_whole_and_gives_a_map_with_scores(tmp_path: Path) -> None:
    file = tmp_path / "events.csv"
    write_plain_file(file, 2_000)
    workspace = create_workspace(tmp_path / "workspace", Settings("Test"), DEFAULT_JOURNEY_TOML)

    (report,) = import_files(workspace, [file], accept_proposals=True)
    measured = journey_map(workspace)
    workspace.close()

    assert (report.rows, report.imported, report.with_customer) == (2_000, 2_000, 2_000)
    assert measured.customers > 50
    assert sum(touchpoint.experience.n for stage in measured.stages for touchpoint in stage.touchpoints) > 10
