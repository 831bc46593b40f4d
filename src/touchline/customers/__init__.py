"""Customers: who is who and why, what happened to them, and which accounts they belong to."""

COMMANDS = {
    "customer": "Show one customer across channels and devices, the latest first.",
    "identity": "Show how good identities are: how many joins are wrong, what hangs on weaker links, what guards refused.",
    "accounts": "List accounts, the organisations that customers belong to, those with most members first.",
}
"""What `touchline --help` says of each command: loading them all takes a second."""
