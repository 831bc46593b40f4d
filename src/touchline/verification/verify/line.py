"""One line of the table: a quantity, what was planted, what came back, how much may be between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from touchline.formulas.exact_share import allows, exact_interval


@dataclass(frozen=True)
class Line:
    """What was found about one quantity. Texts are short: the table fits 80 columns."""

    quantity: str
    planted: str
    recovered: str
    interval: str
    tolerance: str
    held: bool


def share_line(
    quantity: str,
    hits: Sequence[int],
    of: Sequence[int],
    least: float = 0.0,
    most: float = 1.0,
    *,
    may_be_none: bool = False,
) -> Line:
    """How often something came out as it should, over all worlds or repetitions.

    It fails only where no share from `least` to `most` is in the exact 99 % interval of what was seen; and where nothing
    was there to be judged, unless that may be.
    """
    count, total = sum(hits), sum(of)
    low, high = exact_interval(count, total)
    tolerance = (
        f"{_cut(least)}–{_cut(most)}" if least > 0 and most < 1 else f"≥ {_cut(least)}" if least else f"≤ {_cut(most)}"
    )
    seen = f"{_cut(count / total)}" if total else "none"
    return Line(
        quantity,
        f"of {total:,}",
        seen,
        f"{_cut(low)}–{_cut(high)}",
        tolerance,
        (bool(total) or may_be_none) and allows(count, total, least, most),
    )


def value_line(
    quantity: str, found: Sequence[float], least: float, most: float, *, planted: str = "–", digits: int = 3
) -> Line:
    """A number from every world: its median has to lie between `least` and `most`; the interval is the smallest to largest."""
    in_order = sorted(found)
    middle = len(in_order) // 2
    median = in_order[middle] if len(in_order) % 2 else (in_order[middle - 1] + in_order[middle]) / 2
    tolerance = (
        f"≥ {least:g}" if most == float("inf") else f"≤ {most:g}" if least == -float("inf") else f"{least:g}–{most:g}"
    )
    return Line(
        quantity,
        planted,
        _number(median, digits),
        f"{_number(in_order[0], digits)}–{_number(in_order[-1], digits)}",
        tolerance.replace("-", "−"),
        least <= median <= most,
    )


def fact_line(quantity: str, planted: float, recovered: float, within: float, digits: int = 3) -> Line:
    """A number that does not depend on chance: a published table, a definition."""
    return Line(
        quantity,
        _number(planted, digits),
        _number(recovered, digits),
        "–",
        f"± {within:g}",
        abs(recovered - planted) <= within,
    )


def broken_line(quantity: str, why: str) -> Line:
    """Something that could not be asked although it should have been."""
    return Line(quantity, "–", why, "–", "an answer", held=False)


def _cut(share: float) -> str:
    return f"{share:.3f}".rstrip("0").rstrip(".") if share not in (0.0, 1.0) else f"{share:.0f}"


def _number(value: float, digits: int) -> str:
    return f"{value:,.{digits}f}".replace("-", "−")
