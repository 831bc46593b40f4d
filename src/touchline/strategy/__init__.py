"""Strategy: audit, gaps, proposals, roadmap, quarterly review and the board pack, each resting on the one before."""

COMMANDS = {
    "strategy": "Audit, gaps, proposals, roadmap, quarterly review and board pack, each resting on the one before."
}
"""Commands with the sentence that `touchline --help` says of each; `commands` is loaded when one is used."""
