"""Signs of frustration that the browser SDK noticed."""

from __future__ import annotations

from touchline.pains.symptoms.protocol import EventSymptom

SYMPTOM = EventSymptom(
    name="frustration",
    title="Frustration",
    happened="clicks or forms went wrong",
    tells="Bad: a rage click, dead click, slow click, form given up, field refused again, going back and forth, searching or "
    "reloading again and again. Fine: a visit on the same channel without any of them.",
    events=(
        "Rage Click Detected",
        "Dead Click Detected",
        "Slow Click Detected",
        "Form Abandoned",
        "Form Error Repeated",
        "Back and Forth Detected",
        "Search Repeated",
        "Repeated Reload Detected",
    ),
)
