"""The console of every command: shows what files hold as it stands, and lets none of it steer the terminal."""

from __future__ import annotations

import logging
from typing import Any

from rich.console import Console, ConsoleOptions, ConsoleRenderable, RenderHook, RenderResult
from rich.segment import Segment

_STEERING = dict.fromkeys(code for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\n\t")
"""Control characters: an escape sequence in a cell or a file name could repaint or retitle the terminal."""


def open_console(**options: Any) -> Console:
    """Make a console that takes no text for markup or emoji codes. `options` are rich's own."""
    console = Console(markup=False, emoji=False, highlight=False, **options)
    console.push_render_hook(_Cleaning())
    return console


def without_steering(text: str) -> str:
    """The text without control characters, but for line ends and tabs."""
    return text.translate(_STEERING)


def unexpected(error: Exception) -> str:
    """What is said of a fault nobody foresaw. Where it happened goes to the log."""
    logging.getLogger("touchline").debug("Where it happened", exc_info=error)
    return (
        f"This should not have happened, and the fault is Touchline's ({type(error).__name__}: {error}). "
        "What was stored before stays. Please report it with what you typed."
    )


class _Cleaning(RenderHook):
    def process_renderables(self, renderables: list[ConsoleRenderable]) -> list[ConsoleRenderable]:
        return [_Cleaned(renderable) for renderable in renderables]


class _Cleaned:
    def __init__(self, renderable: ConsoleRenderable) -> None:
        self._renderable = renderable

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for segment in console.render(self._renderable, options):
            text, style, control = segment
            yield segment if control else Segment(without_steering(text), style)
