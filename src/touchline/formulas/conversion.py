"""Conversion: the share of visitors of the period who also bought in it. The unit is the customer, not the session."""

from __future__ import annotations

from touchline.formulas.proportion import Proportion, share


def conversion(buyers: int, visitors: int) -> Proportion:
    """Return buyers out of visitors; every buyer is a visitor."""
    return share(buyers, visitors)
