"""Every code that a sender can meet is documented, and no other."""

from __future__ import annotations

import re
from pathlib import Path

import touchline
from tools.reference import FOLDER
from touchline.collection.rules.problems import EVENT_PROBLEMS, REQUEST_PROBLEMS

SOURCE = Path(touchline.__file__).parent / "collection"
PAGE = (FOLDER / "collection.md").read_text("utf-8")


def codes_in_the_source() -> set[str]:
    """What is raised, rejected or returned under a code, wherever that is written."""
    written = "\n".join(
        path.read_text("utf-8")
        for path in SOURCE.rglob("*.py")
        if "tests" not in path.parts and path.name != "problems.py"
    )
    named = r'(?:RefusedError|Rejected|_rejected|_Read|RejectedEntry|Refusal|_refused)\(\s*"([a-z_]+)"|code="([a-z_]+)"|return "([a-z]+_[a-z_]+)", '
    return {next(filter(None, found)) for found in re.findall(named, written)}


def test_every_code_that_is_used_is_known_and_has_its_line() -> None:
    known = {**REQUEST_PROBLEMS, **EVENT_PROBLEMS}

    assert codes_in_the_source() - set(known) == set()
    assert len(codes_in_the_source()) > 15  # the search finds them
    for code, kind in known.items():
        assert re.search(rf"^\| `{code}` \|.*{re.escape(kind.tells)} \|$", PAGE, re.MULTILINE), code


def test_every_code_is_used_somewhere() -> None:
    written = "\n".join(path.read_text("utf-8") for path in SOURCE.rglob("*.py") if path.name != "problems.py")

    assert [code for code in {**REQUEST_PROBLEMS, **EVENT_PROBLEMS} if f'"{code}"' not in written] == []
