"""Pain points: which symptom at which touchpoint costs how many customers how much, and how sure that is."""

COMMANDS = {
    "pains": "Show which pain points cost most, whom they hit, and how sure that is.",
}
"""What `touchline --help` says of each command: loading them all takes a second."""
