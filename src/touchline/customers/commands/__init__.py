"""What customers offer on the command line."""

from __future__ import annotations

from touchline.customers.commands.customer import customer_command
from touchline.customers.commands.identity import accounts_command, identity_command

COMMANDS = (customer_command, identity_command, accounts_command)
