"""What amounts of money rest on and no file tells: margin, discount, horizon, what a contact costs, which currency."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

MODELS: Final = {
    "mbg": "MBG/NBD: may leave after any purchase",
    "bg": "BG/NBD: never leaves after the first",
    "pareto": "Pareto/NBD: may leave at any time",
}
"""Which model of buying, in people's words."""

LONGEST_NOTE = 200


class AssumptionError(ValueError):
    """An assumption cannot be as asked; the message is a sentence for the user."""


@dataclass(frozen=True)
class Assumptions:
    """Those in force. Every amount of money names them."""

    margin: float = 0.40
    """Gross margin: what is left of revenue after what was sold is paid for, 0..1."""
    discount_a_year: float = 0.10
    """How much less a year from now is worth, 0..1."""
    horizon_months: int = 24
    """How far into the future value counts."""
    contact_cost: float = 8.0
    """What one contact answered by a person costs, in the currency of amounts."""
    currency: str = ""
    """ISO 4217; empty: that of most orders."""
    model: str = "mbg"
    """Key of MODELS."""


@dataclass(frozen=True)
class Meaning:
    """What an assumption is, for whoever sets it."""

    name: str
    title: str
    tells: str
    because: str
    """Why the default is what it is."""
    unit: str
    """'%', 'months', 'money' or ''."""


MEANINGS: Final = (
    Meaning(
        "margin",
        "Gross margin",
        "What is left of revenue after what was sold is paid for.",
        "A round figure of online retail; yours stands in your profit and loss account.",
        "%",
    ),
    Meaning(
        "discount_a_year",
        "Discount a year",
        "How much less money of next year is worth than money of today.",
        "Usual in the literature on customer lifetime value; your finance director has the figure.",
        "%",
    ),
    Meaning(
        "horizon_months",
        "Horizon",
        "How far into the future value counts.",
        "Two years: further ahead a forecast of buying says little.",
        "months",
    ),
    Meaning(
        "contact_cost",
        "Cost of a contact",
        "What one contact answered by a person costs, by phone, chat or e-mail.",
        "Gartner 2019: 8.01 US dollars on average over live channels.",
        "money",
    ),
    Meaning(
        "currency",
        "Currency",
        "Only orders in this currency are valued; amounts of different currencies are never added.",
        "",
        "",
    ),
    Meaning("model", "Model of buying", "How customers come back, and leave without saying so.", "", ""),
)


@dataclass(frozen=True)
class Setting:
    """An assumption somebody set."""

    name: str
    value: str
    note: str
    since: datetime


def assumptions_from(settings: Iterable[Setting]) -> Assumptions:
    """Return the assumptions in force: defaults, with what was set over them, the latest last.

    A value that a later Touchline no longer takes counts as not set.
    """
    held = Assumptions()
    for each in settings:
        try:
            held = with_changes(held, {each.name: each.value})
        except AssumptionError:
            continue
    return held


def with_changes(held: Assumptions, changes: Mapping[str, str | float]) -> Assumptions:
    """Return assumptions with some of them set. Raises AssumptionError naming what was expected."""
    for name, value in changes.items():
        if name not in _READERS:
            raise AssumptionError(f"There is no assumption “{name}”. There are: {', '.join(_READERS)}.")
        held = replace(held, **{name: _READERS[name](str(value).strip())})
    return held


def as_kept(held: Assumptions, name: str) -> str:
    """An assumption as text that `assumptions_from` reads back."""
    return str(getattr(held, name))


def sentences(held: Assumptions, currency: str) -> tuple[str, ...]:
    """The assumptions as they stand beside an amount; `currency` is that of the amounts, '' where none is known."""
    return (
        f"{100 * held.margin:g}% of revenue is margin.",
        f"Money of next year is worth {100 * held.discount_a_year:g}% less than money of today.",
        f"Value counts {held.horizon_months} months into the future.",
        f"A contact costs {held.contact_cost:,.2f} {currency}".strip() + ".",
    )


def shown(held: Assumptions, name: str, currency: str) -> str:
    """One assumption as people write it."""
    value = getattr(held, name)
    if name in ("margin", "discount_a_year"):
        return f"{100 * value:g}%"
    if name == "horizon_months":
        return f"{value} month{'' if value == 1 else 's'}"
    if name == "contact_cost":
        return f"{value:,.2f} {currency}".strip()
    if name == "model":
        return MODELS[value].split(":")[0]
    return value or (f"{currency}, that of most orders" if currency else "that of most orders")


def _share(title: str, most: float) -> Callable[[str], float]:
    def read(text: str) -> float:
        number = _number(text.removesuffix("%").strip(), title)
        share = number / 100 if text.endswith("%") or number > 1 else number
        if not 0 <= share <= most:
            raise AssumptionError(f"{title} is between 0% and {most:.0%}, not {text}.")
        return share

    return read


def _months(text: str) -> int:
    number = _number(text, "The horizon")
    if number != int(number) or not 1 <= number <= 120:
        raise AssumptionError(f"The horizon is a whole number of months from 1 to 120, not {text}.")
    return int(number)


def _amount(text: str) -> float:
    number = _number(text, "The cost of a contact")
    if not 0 <= number <= 1e6:
        raise AssumptionError(f"The cost of a contact is an amount from 0 to 1,000,000, not {text}.")
    return number


def _currency(text: str) -> str:
    code = text.upper()
    if code and not (len(code) == 3 and code.isascii() and code.isalpha()):
        raise AssumptionError(f"A currency is three letters such as EUR, or empty for that of most orders; not {text}.")
    return code


def _model(text: str) -> str:
    if text.lower() not in MODELS:
        raise AssumptionError(f"There is no model “{text}”. There are: {', '.join(MODELS)}.")
    return text.lower()


def _number(text: str, title: str) -> float:
    try:
        number = float(text)
    except ValueError:
        raise AssumptionError(f"{title} is a number, not “{text}”.") from None
    if number != number or number in (float("inf"), float("-inf")):
        raise AssumptionError(f"{title} is a number, not “{text}”.")
    return number


_READERS: Final[dict[str, Callable[[str], Any]]] = {
    "margin": _share("The margin", 1.0),
    "discount_a_year": _share("The discount", 1.0),
    "horizon_months": _months,
    "contact_cost": _amount,
    "currency": _currency,
    "model": _model,
}
