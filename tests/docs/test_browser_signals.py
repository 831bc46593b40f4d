"""docs/reference/browser-signals.md says what browser/definitions.ts says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from touchline.events.vocabulary import EVENT_NAMES, SIGNALS

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "reference" / "browser-signals.md").read_text("utf-8")
GUIDE = (ROOT / "docs" / "guide" / "browser-sdk.md").read_text("utf-8")
DEFINED = dict(
    re.findall(r"^export const (\w+) = \"?([\w/-]+)\"?;$", (ROOT / "browser/definitions.ts").read_text("utf-8"), re.M)
)
UNITS = {"_MS": " ms", "_PX": " px", "_S": " s"}


@pytest.mark.parametrize("name", sorted(DEFINED))
def test_every_definition_is_on_the_page(name: str) -> None:
    value = DEFINED[name]
    unit = next((words for ending, words in UNITS.items() if name.endswith(ending)), "")
    shown = f"`{value}`" if "/" in value else f"{int(value):,}{unit}"

    assert shown in PAGE or (name == "RELOADS" and "third reload" in PAGE)


def test_every_signal_of_trouble_is_on_the_page() -> None:
    names = {each.name for each in EVENT_NAMES if each.group == "Frustration"}

    assert names <= SIGNALS
    assert {name for name in names if f"| {name} |" not in PAGE} == set()


def test_every_signal_that_is_sent_is_in_the_vocabulary() -> None:
    sources = "".join(path.read_text("utf-8") for path in (ROOT / "browser").glob("*.ts"))
    sent = set(re.findall(r"(?:track|settle)\(\"([A-Z][\w ]+)\"", sources))

    assert sent == SIGNALS


def test_masking_is_explained() -> None:
    assert all(word in GUIDE for word in ("data-touchline-mask", "data-touchline-unmask", "data-without", "[e-mail]"))
