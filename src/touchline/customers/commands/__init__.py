"""What customers offer on the command line."""

from __future__ import annotations

from touchline.customers.commands.customer import customer_command

COMMANDS = (customer_command,)
