"""Who a customer of the store truly is: the account numbers that planted files use say it."""

from __future__ import annotations

from touchline.engine.workspace import Workspace

ACCOUNTS = """
    select identities.customer, min(identifiers.value)
    from identifiers join identities using (identifier)
    where identifiers.type = 'user_id'
    group by identities.customer
    having count(distinct identifiers.value) = 1
"""


def persons(workspace: Workspace) -> dict[int, int]:
    """Customer -> person of the world; without customers who have no account, or more than one."""
    return {int(customer): int(account[1:]) for customer, account in workspace.store.rows(ACCOUNTS)}
