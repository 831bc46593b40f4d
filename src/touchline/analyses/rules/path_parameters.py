"""What every question about paths asks for besides its own: what the steps are, where they begin, what is one path."""

from __future__ import annotations

from touchline.analyses.rules.parameters import Choice, OneStep, Switch, Whole

NODES = Choice(
    "nodes",
    "Steps are",
    "What a path is made of.",
    (("touchpoint", "touchpoints"), ("stage", "stages"), ("page", "pages"), ("event", "events")),
)
ANCHOR = OneStep(
    "anchor",
    "Anchor",
    "A touchpoint, stage or event that paths are laid at, e.g. basket. Open: the beginning of the journey.",
    may_be_open=True,
)
OCCURRENCE = Choice(
    "occurrence",
    "Which anchor",
    "Where the anchor comes several times in a journey.",
    (("first", "the first in the journey"), ("last", "the last in the journey")),
)
BOUNDS = Choice(
    "bounds",
    "A path ends with",
    "How far a path can reach.",
    (("journey", "the journey"), ("session", "the session")),
)
SESSION_MINUTES = Whole(
    "session_minutes", "Minutes between sessions", "A longer pause begins another session. Usual: 30.", 1, 1440
)
COLLAPSE = Switch("collapse", "Collapse repeats", "The same step several times in a row is one step (× 3).")
FOLD = Switch("fold", "Fold rare steps", "Steps in fewer than 0.5% of the paths become one: other.")
