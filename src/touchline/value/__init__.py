"""What customers are worth: assumptions, lifetime value with its back-test, who lapsed, how long customers go on buying."""

COMMANDS = {
    "value": "Show what customers are worth, who lapsed, and how well that can be forecast.",
}
"""What `touchline --help` says of each command: loading them all takes a second."""
