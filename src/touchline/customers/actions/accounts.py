"""Bring accounts up to date with events and profiles. Members follow from them and from identities by themselves."""

from __future__ import annotations

from touchline.customers.rules.accounts import NO_ACCOUNT
from touchline.customers.sql_files import sql
from touchline.engine.store import Store, Writer

SEQ_KEY = "accounts.seq"


def refresh_accounts(store: Store, writer: Writer, until: int) -> None:
    """Read what events after the last time say of accounts; read again those whose events were replaced or erased."""
    since = int(store.meta(SEQ_KEY) or 0)
    if until == since and store.meta(SEQ_KEY) is not None:
        return
    _forget_revised(writer, since)
    _add_mentions(writer, since)
    _write_accounts(writer)
    writer.set_meta(SEQ_KEY, str(until))


def _forget_revised(writer: Writer, since: int) -> None:
    """Somebody whose events changed is read from the beginning; their new events are among those."""
    writer.execute(
        "create or replace temp table revised as select distinct who from revisions"
        " where seq > $since and event is not null and who is not null",
        {"since": since},
    )
    writer.execute("delete from account_mentions where who in (select who from revised)")
    if writer.value("select count(*) from revised"):
        anew = sql("account_mentions").format(which="events.who in (select who from revised)")
        writer.execute(f"insert into account_mentions {anew}", {"no_account": NO_ACCOUNT})


def _add_mentions(writer: Writer, since: int) -> None:
    which = "events.seq > $since and events.who not in (select who from revised)"
    writer.execute(
        "create or replace temp table new_mentions as " + sql("account_mentions").format(which=which),
        {"since": since, "no_account": NO_ACCOUNT},
    )
    if writer.value("select count(*) from new_mentions"):
        writer.execute(sql("merge_account_mentions"))
        writer.execute("delete from account_mentions where who in (select who from new_mentions)")
        writer.execute("insert into account_mentions from merged_mentions")
        writer.execute("drop table merged_mentions")
    writer.execute("drop table new_mentions")
    writer.execute("drop table revised")


def _write_accounts(writer: Writer) -> None:
    """Write only what differs: between two looks hardly any account is new."""
    writer.execute("create or replace temp table found_accounts as " + sql("accounts"), {"no_account": NO_ACCOUNT})
    writer.execute(
        "delete from accounts where number in"
        " (select number from (select number, key, account, name from accounts except from found_accounts))"
    )
    writer.execute(
        "insert into accounts from found_accounts where number not in (select number from accounts) order by number"
    )
    writer.execute("drop table found_accounts")
