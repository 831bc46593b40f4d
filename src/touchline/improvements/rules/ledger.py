"""The ledger: what was promised beside what came of it, and how good our promises are."""

from __future__ import annotations

from dataclasses import dataclass

from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.money_at_stake import Amount
from touchline.formulas.proportion import Proportion
from touchline.improvements.rules.improvement import Improvement
from touchline.improvements.rules.launch import Launch
from touchline.improvements.rules.verdict import Verdict


@dataclass(frozen=True)
class LedgerRow:
    """One launched improvement."""

    improvement: Improvement
    launch: Launch
    verdict: Verdict
    promised: Amount | None
    realised: Amount | None
    is_inside: bool | None
    """Whether what was realised lies in the promised 80 % interval; None where either is missing."""
    counts: bool
    """Whether it enters the sums: money promised, and realised with a grade that allows money to be added."""


@dataclass(frozen=True)
class Ledger:
    """All launched improvements, the latest first."""

    rows: tuple[LedgerRow, ...]
    currency: str
    calibration: Proportion | CannotSay
    """How many realised amounts fell inside the promised 80 % interval, with Wilson's interval."""
    realised_a_month: Amount | CannotSay
    """Sum of the realised amounts, each shrunk first; the sum of the plain amounts is offered nowhere."""
    promised_a_month: Amount | None
    """Of the same improvements."""
    counted: int
    """Improvements in calibration and sums."""
