"""The pages' font for drawings that become PNG or PDF."""

from __future__ import annotations

from functools import cache
from typing import Final

from touchline.ui.built import BUILT

FONTS: Final = BUILT / "fonts"
"""Inter as TrueType, which the converter can read; without it, it takes its own Liberation Sans."""


@cache
def load_fonts() -> None:
    """Let the converter read the pages' font, once per process."""
    import vl_convert  # costs 0.1 s and 30 MB; most processes never draw

    if FONTS.is_dir():
        vl_convert.register_font_directory(str(FONTS))
