"""A shop whose payment fails for a third of its customers, who then order less often: one pain that can be told from chance.

Nearly all who rate the checkout rate it low: one that cannot be estimated, since too few had a fine visit.

Loyal customers have ordered before, order more and meet fewer failures: whoever only counts orders sees too large a loss.
Everybody else's days and failures follow from their number, so that the file is the same in every run.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zlib import crc32

from touchline.engine.workspace import Settings, Workspace, create_workspace
from touchline.events.facade import import_files
from touchline.journeys.facade import DEFAULT_JOURNEY_TOML
from touchline.pains.facade import pains_of

CUSTOMERS = 640
FAILS = (2, 5)
"""Tenths of the visits of loyal and of new customers whose payment fails."""
ORDERS = {(True, False): 7, (True, True): 4, (False, False): 5, (False, True): 2}
"""Tenths who order again, by loyalty and failure: a failure takes three of ten."""
HEAD = "time,user id,event,channel,order id,total,currency,stars,comment"
START = datetime(2026, 1, 5, 9)  # noqa: DTZ001 - a file without zones


def _row(time: datetime, customer: int, event: str, order: str = "", stars: str = "", comment: str = "") -> str:
    total, currency = ("60.00", "EUR") if order else ("", "")
    return f'{time:%Y-%m-%d %H:%M},u{customer},{event},web,{order},{total},{currency},{stars},"{comment}"'


def _tenth(customer: int, what: str) -> int:
    """A digit from 0 to 9 that says nothing of the customer but differs from one to the next."""
    return crc32(f"{what} {customer}".encode()) % 10


def rows() -> Iterator[str]:
    """The file: three earlier months of orders, a visit to payment, and what followed within two months."""
    yield HEAD
    for customer in range(CUSTOMERS):
        visit = START + timedelta(days=120 + customer % 60, minutes=customer * 37 % 600)
        is_loyal = customer % 2 == 0
        if is_loyal:
            for number in range(1 + customer // 2 % 2):
                before = visit - timedelta(days=35 + 40 * number + customer % 13)
                yield _row(before - timedelta(minutes=9), customer, "Product Viewed")
                yield _row(before, customer, "Order Completed", f"b{customer}-{number}")
        fails = _tenth(customer, "fails") < FAILS[not is_loyal]
        yield _row(visit, customer, "Product Viewed")
        rated = ("5" if customer % 150 == 7 else "1") if customer % 15 == 7 else ""
        yield _row(visit + timedelta(minutes=5), customer, "Checkout Started", stars=rated)
        stars = str(1 + customer % 2 if fails else 4 + customer % 2) if customer % 3 == 0 else ""
        words = f"The card was declined and I do not know why, order {customer}" if stars and fails else ""
        yield _row(visit + timedelta(minutes=7), customer, "Payment Info Entered", stars=stars, comment=words)
        if fails:
            yield _row(visit + timedelta(minutes=8), customer, "Payment Failed")
        if _tenth(customer, "orders") < ORDERS[is_loyal, fails]:
            after = visit + timedelta(days=3 + customer % 50)
            yield _row(after - timedelta(minutes=9), customer, "Product Viewed")
            yield _row(after, customer, "Order Completed", f"a{customer}")
    for customer in range(20):
        yield _row(START + timedelta(days=290, minutes=customer), customer, "Product Viewed")


def make_shop(folder: Path, *, is_computed: bool = True) -> Workspace:
    """The shop in a workspace of its own, with its pain points computed or yet to be."""
    workspace = create_workspace(folder, Settings("Larkspur Tea", currency="EUR"), DEFAULT_JOURNEY_TOML)
    file = folder.parent / "shop.csv"
    file.write_text("\n".join(rows()), "utf-8")
    (report,) = import_files(workspace, [file], accept_proposals=True)
    assert report.quarantined == 0
    if is_computed:
        pains_of(workspace)
    return workspace
