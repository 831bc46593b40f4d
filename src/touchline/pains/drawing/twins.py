"""Two customers alike before a visit, one under the other on one time line: the one it went badly for, and the other."""

from __future__ import annotations

from typing import Final

from touchline.pains.rules.pain import TimelineEntry, Twins, TwinTimeline
from touchline.pains.wording import counted
from touchline.ui.drawing.svg import element, path, plain, words
from touchline.ui.drawing.theme import FONTS, PAGE, Theme
from touchline.ui.numbers import duration, whole

_WIDTH: Final = 620.0
_LEFT: Final = 12.0
_RIGHT: Final = _WIDTH - 12.0
_LANES: Final = (26.0, 62.0)
_AXIS: Final = 88.0
_HEIGHT: Final = 106.0


def draw_twins(twins: Twins, window_days: int, theme: Theme = PAGE) -> str:
    """Draw visits as dots, orders as squares, and the visit that is compared large, a window before and after it."""

    def place(days: float) -> float:
        share = (min(max(days, -window_days), window_days) + window_days) / (2 * window_days)
        return _LEFT + share * (_RIGHT - _LEFT)

    middle = place(0)
    ground = element(
        "rect", x=middle, y=8, width=_RIGHT - middle, height=_AXIS - 12, rx=6, fill=theme.accent_soft, opacity="0.6"
    )
    lanes = "".join(
        element("path", d=f"M{_LEFT:.1f},{y:.1f}H{_RIGHT:.1f}", stroke=theme.line, stroke_width=1.5)
        + "".join(_mark(entry, place(entry.days), y, theme) for entry in _in_drawing_order(twin, window_days))
        for twin, y in zip((twins.sufferer, twins.other), _LANES, strict=True)
    )
    ticks = "".join(
        words(text, x, _AXIS + 10, font_size=11, text_anchor=anchor, fill=theme.text_quiet)
        for text, x, anchor in (
            (f"{window_days} days before", _LEFT, "start"),
            ("the visit", middle, "middle"),
            (f"{window_days} days after", _RIGHT, "end"),
        )
    )
    return element(
        "svg",
        element("title", plain(f"{in_words(twins.sufferer, 'had it')} {in_words(twins.other, 'had it not')}")),
        ground,
        element("path", d=f"M{middle:.1f},8V{_AXIS - 4:.1f}", stroke=theme.neutral, stroke_dasharray="3 3"),
        lanes,
        ticks,
        viewBox=f"0 0 {_WIDTH:.0f} {_HEIGHT:.0f}",
        width=_WIDTH,
        height=_HEIGHT,
        role="img",
        class_="twins",
        font_family=FONTS,
    )


def in_words(twin: TwinTimeline, how: str) -> str:
    """One timeline as a sentence."""
    before = sum(entry.days < 0 for entry in twin.entries)
    after = [entry for entry in twin.entries if entry.days > 0]
    ordered = next((entry for entry in after if entry.is_order), None)
    ending = "bought" if twin.bought else "did not buy"
    when = f" {duration(ordered.days)} later" if twin.bought and ordered else ""
    return (
        f"Customer #{twin.customer} {how}: {counted(before, 'visit')} before it, {whole(len(after))} after it; "
        f"{ending}{when}."
    )


def _in_drawing_order(twin: TwinTimeline, window_days: int) -> list[TimelineEntry]:
    """What must not be covered comes last."""
    within = [entry for entry in twin.entries if abs(entry.days) <= window_days]
    return sorted(within, key=lambda entry: (entry.is_compared, entry.is_order))


def _mark(entry: TimelineEntry, x: float, y: float, theme: Theme) -> str:
    title = element("title", plain(f"{entry.touchpoint_name}, {entry.time.day} {entry.time:%b %Y}"))
    paint: dict[str, str | float] = {"stroke": theme.surface, "stroke_width": 1.5}
    if entry.is_compared and entry.is_bad:
        corners = [(x, y + 9), (x - 9, y - 7), (x + 9, y - 7)]
        return element(
            "path", title, d=path(corners, closed=True), fill=theme.very_poor, stroke_linejoin="round", **paint
        )
    if entry.is_compared:
        return element("circle", title, cx=x, cy=y, r=8, fill=theme.very_good, **paint)
    if entry.is_order:
        return element("rect", title, x=x - 5.5, y=y - 5.5, width=11, height=11, rx=2, fill=theme.accent, **paint)
    return element("circle", title, cx=x, cy=y, r=4, fill=theme.poor if entry.is_bad else theme.neutral, **paint)
