"""Experiments: customers drawn by lot, what each arm did since, and what may be concluded from it."""

COMMANDS = {
    "experiments": "Experiments: plan one, start it, stop it, read it.",
}
"""What `touchline --help` says of each command: loading them all takes a second."""
