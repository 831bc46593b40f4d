"""Events: from files and feeds into the store."""

COMMANDS = {
    "import": "Import files and folders: exports of known tools, and any table through a mapping.",
    "imports": "List what was imported, the latest first.",
    "quarantine": "Rows that could not be read: look at them, export them, try them again.",
    "watch": "Import new files of a folder as they appear, until stopped with Ctrl-C.",
}
"""What `touchline --help` says of each command: loading them all takes a second."""
