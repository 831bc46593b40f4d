"""The generated reference says what the code says."""

from __future__ import annotations

import pytest

from tools.reference import FOLDER, pages


@pytest.mark.parametrize("name", sorted(pages()))
def test_the_page_is_what_the_code_generates(name: str) -> None:
    assert (FOLDER / name).read_text("utf-8") == pages()[name](), f"docs/reference/{name} is out of date: run make docs"


def test_every_reference_page_is_in_the_index() -> None:
    index = (FOLDER / "README.md").read_text("utf-8")

    assert [
        page.name for page in FOLDER.glob("*.md") if page.name != "README.md" and f"({page.name})" not in index
    ] == []
