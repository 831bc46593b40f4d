"""The journey map: on its page, in the terminal, from Python, as files."""

COMMANDS = {
    "map": "Show the measured journey map.",
    "export": "Write the events to a file that other tools read: OCEL 2.0, XES, CJML 2.0, Parquet, feedback records.",
}
"""What `touchline --help` says of each command: loading them all takes a second."""
