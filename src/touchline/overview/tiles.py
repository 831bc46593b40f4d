"""Headline figures and money at stake as tiles: the number, how sure it is, on what it rests, and how it went."""

from __future__ import annotations

from dataclasses import dataclass

from touchline.journeys.facade import HeadlineFigure, MapPains
from touchline.overview.pains import PER_MONTH, interval_in_words
from touchline.overview.wording import counted
from touchline.ui.drawing.spark import draw_spark
from touchline.ui.numbers import CANNOT_SAY, compact_money, decimal, percent, signed, whole

MONEY = "money_at_stake"


@dataclass(frozen=True)
class Tile:
    """One tile, every figure written out."""

    id: str
    name: str
    value: str
    unit: str
    band: str
    """Its 95 % interval in words, or ''."""
    change: str
    """'' where nothing is compared; 'no detectable change' where it is noise."""
    direction: str
    """'rise', 'fall' or ''."""
    rests_on: str
    beside: str
    spark: str
    """A small SVG of how it went over the period, or ''."""


def tile(figure: HeadlineFigure) -> Tile:
    """Write out a headline figure."""
    change, direction = _change(figure)
    return Tile(
        id=figure.id,
        name=figure.name,
        value=CANNOT_SAY if figure.value is None else _write(figure.value, figure.unit),
        unit=figure.unit if figure.unit.startswith("of ") and figure.value is not None else "",
        band="" if figure.low is None or figure.high is None else _span(figure.low, figure.high, figure.unit),
        change=change,
        direction=direction,
        rests_on=f"n = {whole(figure.n)}",
        beside=figure.beside,
        spark=draw_spark(figure.trend),
    )


def money_tile(pains: MapPains) -> Tile:
    """What all pain points together have at stake."""
    total = pains.at_stake
    counting = sum(pain.counts_in_total for pain in pains.pains)
    return Tile(
        id=MONEY,
        name="Money at stake",
        value=CANNOT_SAY if total is None else compact_money(total.median, total.currency),
        unit="" if total is None else PER_MONTH,
        band="" if total is None else f"80% interval {interval_in_words(total)}",
        change="",
        direction="",
        rests_on=f"{whole(counting)} of {counted(len(pains.pains), 'pain point')} with an amount",
        beside=pains.why_no_total,
        spark="",
    )


def _change(figure: HeadlineFigure) -> tuple[str, str]:
    if figure.before is None or figure.value is None:
        return "", ""
    if figure.change_is_noise:
        return "no detectable change", ""
    change = figure.value - figure.before
    written = f"{signed(100 * change, 1)} points" if figure.unit == "share" else signed(change, _digits(figure.unit))
    return written, "rise" if change > 0 else "fall"


def _write(value: float, unit: str) -> str:
    if unit == "share":
        return percent(value, 1)
    return signed(value) if unit == "points" else decimal(value, _digits(unit))


def _span(low: float, high: float, unit: str) -> str:
    return f"95% interval {_write(low, unit)} to {_write(high, unit)}"


def _digits(unit: str) -> int:
    return 1 if unit.startswith("of ") else 0
