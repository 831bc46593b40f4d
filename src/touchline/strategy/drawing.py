"""The load of a quarter as a bar: days planned over days there are."""

from __future__ import annotations

from typing import Final

from touchline.strategy.rules.roadmap import QuarterPlan, days_words
from touchline.ui.drawing.svg import element
from touchline.ui.drawing.theme import Theme

WIDTH: Final = 200.0
HEIGHT: Final = 14.0


def draw_load(plan: QuarterPlan, most_days: float, theme: Theme) -> str:
    """The bar, on a scale on which `most_days` fill it; '' where no quarter has any."""
    if most_days <= 0:
        return ""
    scale = WIDTH / most_days
    planned, available = plan.planned_days * scale, (plan.available_days or 0.0) * scale
    fits = min(planned, available) if plan.available_days is not None else planned
    drawn = element("rect", y=3, width=WIDTH, height=8, rx=4, fill=theme.line_soft)
    drawn += element("rect", y=3, width=fits, height=8, rx=2, fill=theme.accent)
    if plan.is_overloaded:
        drawn += element("rect", x=fits, y=3, width=planned - fits, height=8, rx=2, fill=theme.very_poor)
    if plan.available_days is not None:
        drawn += element("rect", x=max(min(available, WIDTH) - 2, 0), width=2, height=HEIGHT, fill=theme.text)
    return element(
        "svg",
        drawn,
        viewBox=f"0 0 {WIDTH:.0f} {HEIGHT:.0f}",
        role="img",
        aria_label=f"{days_words(plan.planned_days)} planned"
        + ("" if plan.available_days is None else f", {days_words(plan.available_days)} available"),
        class_="load",
    )
