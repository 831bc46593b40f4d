from __future__ import annotations

import re
from pathlib import Path

from touchline.config.variables import VARIABLES

ROOT = Path(__file__).parents[4]
FOLDERS = ("src", "tests", "benchmarks", "tools")


def test_every_variable_that_the_code_reads_is_listed():
    found = [ROOT / "hatch_build.py", *(path for name in FOLDERS for path in (ROOT / name).rglob("*.py"))]
    sources = [path for path in found if ".venv" not in path.parts]
    read = {name for path in sources for name in re.findall(r"\bTOUCHLINE_[A-Z_]+\b", path.read_text("utf-8"))}

    assert read == {each.name for each in VARIABLES}
