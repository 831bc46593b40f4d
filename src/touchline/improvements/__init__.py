"""Improvements: the case for a change, how it will be measured, and what it did."""

COMMANDS = {
    "case": "The one page for the finance director: what hurts, what it costs, what to do, how it will be measured.",
    "launch": "Launch an improvement: from when on whom it reaches, with its measurement plan fixed.",
    "verdict": "What a launched improvement did, as its measurement plan said it would be read.",
}
"""Commands with the sentence that `touchline --help` says of each; `commands` is loaded when one is used."""
