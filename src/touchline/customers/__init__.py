"""Customers: who is who and why, what happened to them, and which accounts they belong to."""

COMMANDS = {
    "customer": "Show one customer across channels and devices, the latest first.",
}
"""What `touchline --help` says of each command: loading them all takes a second."""
