from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.run import PARTS, main


@pytest.mark.verify
def test_the_suite_runs_from_end_to_end(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["--events", "2000", "--rounds", "1", "--folder", str(tmp_path)])

    told = capsys.readouterr().out
    assert "transitions with median time, 2,000" in told
    assert "from 200 to 10,000" in told
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_part_is_said() -> None:
    with pytest.raises(SystemExit, match=f"There is no part speed; expected {', '.join(PARTS)}"):
        main(["speed"])
