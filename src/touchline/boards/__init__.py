"""Boards: questions kept with notes, and how they reach people."""

COMMANDS = {
    "board": "Boards: saved questions with notes, answered anew whenever they are looked at.",
}
"""What `touchline --help` says of each command: loading them all takes a second."""
