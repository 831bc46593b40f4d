"""Something failed in front of the customer."""

from __future__ import annotations

from touchline.pains.symptoms.protocol import EventSymptom

SYMPTOM = EventSymptom(
    name="errors",
    title="Errors",
    happened="something failed",
    tells="Bad: a script of the page failed, a field was refused, a payment was declined, a coupon was refused or the app "
    "crashed. Fine: a visit on the same channel without any of them.",
    events=(
        "Script Error Occurred",
        "Form Error Shown",
        "Payment Failed",
        "Coupon Denied",
        "Application Crashed",
    ),
)
