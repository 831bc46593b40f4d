"""What interviews, observations and workshops say about steps; no event, and never counted."""

COMMANDS = {
    "note": "Research notes on steps: interviews, observations, workshops, usability tests.",
}
"""What `touchline --help` says of each command: loading them all takes a second."""
