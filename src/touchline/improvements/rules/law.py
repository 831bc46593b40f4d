"""Which law or standard speaks about a symptom, as a first word for whoever writes the proposal; a lawyer has the last."""

from __future__ import annotations

from typing import Final

ACCESSIBILITY: Final = (
    "WCAG 2.2, guideline 3.3 (help users avoid and correct mistakes), which the European Accessibility Act, Directive (EU) "
    "2019/882, asks of online shops by way of EN 301 549."
)
COMPLAINTS: Final = (
    "ISO 10002:2018, handling of complaints: answered, followed up, and closed only when the customer agrees."
)

LAWS: Final = {
    "broken_promise": "Directive 2011/83/EU on consumer rights, Article 18: goods come by the day agreed, else within 30 days; "
    "after a further date that is missed, the customer may end the contract.",
    "returns": "Directive 2011/83/EU on consumer rights, Articles 9 to 14: 14 days to withdraw, and the money back within 14 days.",
    "errors": ACCESSIBILITY,
    "frustration": ACCESSIBILITY,
    "slow_page": "No law; Core Web Vitals ask for the largest content within 2.5 s and a reaction within 200 ms in three of four "
    "visits.",
    "repeat_contact": COMPLAINTS,
    "reopened_case": COMPLAINTS,
    "waiting": "ISO 18295-1:2017, customer contact centres: a target for how long customers wait is set and measured.",
}
"""By symptom; a symptom without one is missing."""


def law_of(symptom: str) -> str:
    """The law or standard to begin with; '' where none is known."""
    return LAWS.get(symptom, "")
