"""Every number on the map leads to a page that says the same number, on top of the rows it comes from."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from touchline.events.facade import import_files

# Eight customers in May, two of them in April as well; everyone rates the product page, five pay, three order.
PAYS, ORDERS, STARS = 5, 3, (5, 5, 4, 4, 4, 2, 1, 1)
VIEWS = ("/", "/?view=table", *(f"/?touchpoint={id_}" for id_ in ("product", "checkout", "payment", "first-order")))


class Figures(HTMLParser):
    """Links to numbers with their text; and on a number's page, the values on top of it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: list[tuple[str, str]] = []
        self.values: list[str] = []
        self._address, self._words, self._in_tile = "", "", False
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        if tag == "a" and (values.get("href") or "").startswith("/numbers/"):
            self._address, self._words = values["href"], ""
        if tag == "dd":
            self._in_tile, self._words = not values.get("class"), ""

    def handle_data(self, data):
        self._words += data

    def handle_endtag(self, tag):
        if tag == "a" and self._address:
            self.links.append((self._address, self._words.strip()))
            self._address = ""
        if tag == "dd" and self._in_tile:
            self.values.append(self._words.strip())


def number_in(words: str) -> str:
    """The first number of a text, as it is written: '62%' of '62% (31% to 86%)'."""
    found = re.search(r"under 1%|[+−]?\d[\d.,]*%?", words)
    return found[0] if found else "cannot say"


def opened(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


@pytest.fixture
def shown(client, page_workspace, tmp_path) -> list[tuple[str, str]]:
    """Address and text of every number on the map, its table and the panels."""
    lines = ["time,user id,event,stars,order id,total,currency"]
    for customer in range(8):
        for month in ("04", "05")[customer >= 2 :]:
            day = f"2026-{month}-{10 + customer}"
            lines.append(f"{day} 10:00,u{customer},Product Viewed,{STARS[customer]},,,")
            lines.append(f"{day} 10:10,u{customer},Checkout Started,,,,")
            lines += [f"{day} 10:20,u{customer},Payment Info Entered,,,,"] if customer < PAYS else []
        lines += [f"{day} 10:30,u{customer},Order Completed,,o{customer},20.50,EUR"] if customer < ORDERS else []
    (tmp_path / "events.csv").write_text("\n".join(lines), "utf-8")
    (report,) = import_files(page_workspace, [tmp_path / "events.csv"], accept_proposals=True)
    assert (report.imported, report.quarantined) == (len(lines) - 1, 0)
    scope = "period=dates&start=2026-05-01&end=2026-05-31&compare=previous"
    return [
        link for view in VIEWS for link in Figures(opened(client, f"{view}{'&' if '?' in view else '?'}{scope}")).links
    ]


def values_at(shown, measure: str, target: str) -> set[str]:
    place = f"/numbers/{measure}?target={target.replace(':', '%3A')}&" if target else f"/numbers/{measure}?start"
    return {number_in(words) for address, words in shown if address.startswith(place)} - {"cannot say"}


def test_numbers_counted_by_hand(shown):
    assert values_at(shown, "customers", "") == {"8"}
    assert values_at(shown, "customers", "payment") == {str(PAYS)}
    assert values_at(shown, "customers_before", "payment") == {"2"}
    assert values_at(shown, "customers", "stage:purchase") == {"8"}
    assert values_at(shown, "reach", "payment") == {"62%"}  # 5 of 8
    assert values_at(shown, "visits", "product") == {"8"}
    assert values_at(shown, "journey_mean", "") == {"+12.5"}  # 26 stars of 8 answers: mean 3.25, on −100 to +100
    assert values_at(shown, "next_steps", "payment") == {"60%"}  # three of the five order
    assert values_at(shown, "values", "first-order") == {"61.50"}


def test_every_number_says_on_its_page_what_the_map_says_and_a_count_has_as_many_rows(client, shown):
    different, counts = {}, 0
    pages = {address: opened(client, address) for address, _ in set(shown)}
    for address, words in sorted(set(shown)):
        page = pages[address]
        if number_in(words) not in {number_in(value) for value in Figures(page).values}:
            different[address] = words
        if "= number of rows</code>" in page:
            counts += 1
            assert re.search(r"<h2>([\d,]+) rows? behind it", page)[1] == number_in(words), address

    assert len(pages) > 80
    assert different == {}
    assert counts > 15
