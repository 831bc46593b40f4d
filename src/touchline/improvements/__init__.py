"""Improvements: the case for a change, how it will be measured, and what it did."""

COMMANDS = {
    "case": "The one page for the finance director: what hurts, what it costs, what to do, how it will be measured.",
    "launch": "Launch an improvement: say from when on whom it reaches. Plan and decision rule are fixed and stay.",
    "verdict": "What a launched improvement did, as its plan said it would be read. Without NUMBER: the ledger of all of them.",
}
"""Commands with the sentence that `touchline --help` says of each; `commands` is loaded when one is used."""
