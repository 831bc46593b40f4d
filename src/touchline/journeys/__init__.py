"""Journeys: the definition, and the visits and responses derived from it."""

COMMANDS = {
    "journey": "The journey definition: stages, touchpoints, and the rules that say which events are contacts.",
}
"""What `touchline --help` says of each command: loading them all takes a second."""
