"""The figures above the map, judged: each with its n, its interval, and whether it changed by more than chance."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from touchline.formulas.ces import ces, ces_change
from touchline.formulas.conversion import conversion
from touchline.formulas.csat import csat, csat_change
from touchline.formulas.evidence import Change
from touchline.formulas.nps import nps, nps_change, nps_counts
from touchline.formulas.proportion import Proportion, difference
from touchline.formulas.repeat_purchase import WINDOW_DAYS, repeat_purchase

SLICES = 12
"""The trend of a tile: the period in so many equal parts."""

Answers = Mapping[float, int]
"""Answer on the metric's usual scale -> how often."""

Part = tuple[int, int]
"""(Those who did, those who could)."""


@dataclass(frozen=True)
class Figure:
    """A headline figure; the fields mean what they mean in journeys.rules.journey_map.HeadlineFigure."""

    id: str
    name: str
    value: float | None
    low: float | None
    """95 % interval."""
    high: float | None
    unit: str
    """'points', 'share' or 'of 7'."""
    n: int
    before: float | None
    """The same in the comparison period; None without one, or where it cannot be said."""
    change_is_noise: bool
    beside: str
    """A second figure in words."""
    trend: tuple[float | None, ...]
    """Equal slices of the period, oldest first; None where a slice has fewer than five."""


@dataclass(frozen=True)
class Counted:
    """What one figure is made of: the period, the comparison period (None without one), and the slices of the period."""

    now: Answers
    before: Answers | None
    slices: Sequence[Answers]


@dataclass(frozen=True)
class Compared:
    """The same for figures that are a share of customers."""

    now: Part
    before: Part | None
    slices: Sequence[Part]


def nps_figure(counted: Counted) -> Figure:
    """Net Promoter Score, in points."""
    now, before = nps(nps_counts(counted.now)), nps(nps_counts(counted.before or {}))
    change = nps_change(nps_counts(counted.now), nps_counts(counted.before or {})) if counted.before else None
    shares = nps_counts(counted.now)
    return Figure(
        id="nps",
        name="NPS",
        value=now.value,
        low=now.low,
        high=now.high,
        unit="points",
        n=now.n,
        before=before.value,
        change_is_noise=_is_noise(change),
        beside=f"{shares.promoters:.0f} promoters, {shares.detractors:.0f} detractors" if now.n else "",
        trend=tuple(nps(nps_counts(one)).value for one in counted.slices),
    )


def csat_figure(counted: Counted) -> Figure:
    """Share of satisfied customers, with the mean beside it."""
    now, before = csat(counted.now), csat(counted.before or {})
    mean = now.mean.value
    return Figure(
        id="csat",
        name="CSAT",
        value=now.satisfied.value,
        low=now.satisfied.low,
        high=now.satisfied.high,
        unit="share",
        n=now.n,
        before=before.satisfied.value,
        change_is_noise=_is_noise(csat_change(now, before) if counted.before else None),
        beside="" if mean is None else f"mean {mean:.1f} of 5",
        trend=tuple(csat(one).satisfied.value for one in counted.slices),
    )


def ces_figure(counted: Counted) -> Figure:
    """Mean ease on 1 to 7, with the share who found it easy beside it."""
    now, before = ces(counted.now), ces(counted.before or {})
    easy = now.easy.value
    return Figure(
        id="ces",
        name="Effort (CES)",
        value=now.mean.value,
        low=now.mean.low,
        high=now.mean.high,
        unit="of 7",
        n=now.n,
        before=before.mean.value,
        change_is_noise=_is_noise(ces_change(counted.now, counted.before) if counted.before else None),
        beside="" if easy is None else f"{100 * easy:.0f}% found it easy",
        trend=tuple(ces(one).mean.value for one in counted.slices),
    )


def conversion_figure(compared: Compared) -> Figure:
    """Buyers per visitor."""
    beside = f"{compared.now[0]:,} of {compared.now[1]:,} customers bought" if compared.now[1] else ""
    return _share_figure("conversion", "Buyers per visitor", compared, conversion, beside)


def repeat_figure(compared: Compared) -> Figure:
    """First-time buyers who came back."""
    returned, followed = compared.now
    beside = f"{returned:,} of {followed:,} first-time buyers came back" if followed else ""
    return _share_figure("repeat", f"Repeat in {WINDOW_DAYS} days", compared, repeat_purchase, beside)


def _share_figure(
    id_: str, name: str, compared: Compared, judge: Callable[[int, int], Proportion], beside: str
) -> Figure:
    now, before = judge(*compared.now), judge(*(compared.before or (0, 0)))
    return Figure(
        id=id_,
        name=name,
        value=now.value,
        low=now.low,
        high=now.high,
        unit="share",
        n=now.of,
        before=before.value,
        change_is_noise=_is_noise(difference(now, before)),
        beside=beside,
        trend=tuple(judge(*one).value for one in compared.slices),
    )


def _is_noise(change: Change | None) -> bool:
    return change is None or change.is_noise
