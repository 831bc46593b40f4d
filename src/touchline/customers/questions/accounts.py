"""Accounts (organisations) and their members: derived from what events and profiles say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from touchline.engine.store import Store
from touchline.events.facade import UNDATED


@dataclass(frozen=True)
class Account:
    """An organisation that customers belong to."""

    number: int
    name: str
    keys: tuple[str, ...]
    """The ids and names under which files know it, in lower case."""
    members: int
    first_seen: datetime | None
    """When something first named it; None where only undated profiles do."""
    last_seen: datetime | None
    visits: int
    """Of the members whose main account it is: each visit counts for one account."""


@dataclass(frozen=True)
class Membership:
    """Why a customer belongs to an account."""

    account: int
    account_name: str
    customer: int
    member: str
    """The clearest identifier of the customer."""
    since: datetime | None
    """None where an undated profile says so."""
    latest: datetime | None
    reason: str
    """Name of the events that first said so, 'Account Joined' for a group call; 'Profile Updated' for a company in a profile."""
    source: str
    """Where these came from: folder name of the source; 'profile' for a profile."""
    main: bool
    """Whether questions count the customer for this account."""
    visits: int


_ACCOUNTS = """
with known as (
  select account, any_value(name) as name, list(key order by number) as keys from accounts group by account
),
membership as (
  select account, count(*) as members, min(nullif(since, $undated)) as first_seen, max(nullif(latest, $undated)) as last_seen
  from account_members group by account
),
seen as (
  select m.account, count(*) as visits
  from visits v join account_members m on m.customer = v.customer and m.main
  group by m.account
)
select account, name, keys, members, first_seen, last_seen, coalesce(visits, 0)
from known join membership using (account) left join seen using (account)
"""

_MEMBERS = """
with named as (
  select identities.customer, arg_min(value, (list_position(['email', 'user_id', 'phone', 'external_id'], type), identifier))
    as member
  from identities join identifiers using (identifier)
  where type in ('email', 'user_id', 'phone', 'external_id')
    and identities.customer in (select customer from account_members where {which})
  group by identities.customer
)
select m.account, (select any_value(name) from accounts a where a.account = m.account), m.customer,
  coalesce(n.member, '#' || m.customer), nullif(m.since, $undated), nullif(m.latest, $undated), m.reason, m.source, m.main,
  (select count(*) from visits v where v.customer = m.customer)
from account_members m left join named n using (customer)
where m.{which}
"""


def accounts_page(store: Store, search: str, offset: int, limit: int) -> tuple[list[Account], int]:
    """Accounts whose name or id holds a text, those with most members first, and how many there are in all."""
    where = "where list_bool_or(list_transform([name, *keys], lambda k: contains(lower(k), lower($search))))"
    where = where.replace("[name, *keys]", "list_prepend(name, keys)")
    total = int(store.value(f"select count(*) from ({_ACCOUNTS}) {where}", _given(search=search)))
    rows = store.rows(
        f"from ({_ACCOUNTS}) {where} order by members desc, last_seen desc nulls last, account limit $limit offset $offset",
        _given(search=search, limit=limit, offset=offset),
    )
    return [_account(row) for row in rows], total


def account(store: Store, number: int) -> Account | None:
    """One account by its number, that of any of its names included; None where there is none."""
    row = store.row(
        f"from ({_ACCOUNTS}) where account = (select account from accounts where number = $number)",
        _given(number=number),
    )
    return None if row is None else _account(row)


def members_page(store: Store, number: int, offset: int, limit: int) -> list[Membership]:
    """Members of an account, the latest seen first."""
    sql = _MEMBERS.format(which="account = $number")
    rows = store.rows(
        f"{sql} order by m.latest desc, m.customer limit $limit offset $offset",
        _given(number=number, limit=limit, offset=offset),
    )
    return [Membership(*row) for row in rows]


def accounts_of_customer(store: Store, customer: int) -> list[Membership]:
    """Accounts of a customer, the main one first."""
    sql = _MEMBERS.format(which="customer = $customer")
    rows = store.rows(f"{sql} order by m.main desc, m.latest desc, m.account", _given(customer=customer))
    return [Membership(*row) for row in rows]


def _given(**values: object) -> dict[str, object]:
    return {"undated": UNDATED.replace(tzinfo=None), **values}


def _account(row: tuple[int, str, list[str], int, datetime | None, datetime | None, int]) -> Account:
    return Account(row[0], row[1], tuple(row[2]), *row[3:])
