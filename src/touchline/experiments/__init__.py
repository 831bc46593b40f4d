"""Experiments: customers drawn by lot, what each arm did since, and what may be concluded from it."""

COMMANDS = {
    "experiments": "Experiments: customers drawn by lot, what each arm did since, and what may be concluded. Alone: list them.",
}
"""What `touchline --help` says of each command: loading them all takes a second."""
