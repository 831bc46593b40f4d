"""Every number on the map leads to a page that says the same number, on top of the rows it comes from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

import pytest

from touchline.engine.workspace import Settings, Workspace, create_workspace
from touchline.events.facade import import_files
from touchline.journeys.facade import DEFAULT_JOURNEY_TOML

# Eight customers in May, two of them in April as well; everyone rates the product page, five pay, three order.
PAYS, ORDERS, STARS = 5, 3, (5, 5, 4, 4, 4, 2, 1, 1)
VIEWS = ("/", "/?view=table", *(f"/?touchpoint={id_}" for id_ in ("product", "checkout", "payment", "first-order")))


LINK = re.compile(r'<a\b[^>]*?\shref="(/numbers/[^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
VALUE = re.compile(r"<dd(?![^>]*\sclass=)[^>]*>(.*?)</dd>", re.DOTALL)


def links_on(page: str) -> list[tuple[str, str]]:
    """Address and text of each link to a number."""
    return [(unescape(address), text_of(inside)) for address, inside in LINK.findall(page)]


def text_of(inside: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", inside)).strip()


def number_in(words: str) -> str:
    """The first number of a text, as it is written: '62%' of '62% (31% to 86%)'."""
    found = re.search(r"under 1%|[+−]?\d[\d.,]*%?", words)
    return found[0] if found else "cannot say"


def opened(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


@pytest.fixture(scope="module")
def page_workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """What `client` asks about."""
    folder = tmp_path_factory.mktemp("numbers")
    workspace = create_workspace(folder / "w", Settings("Fernhill Outdoor"), DEFAULT_JOURNEY_TOML)
    lines = ["time,user id,event,stars,order id,total,currency"]
    for customer in range(8):
        for month in ("04", "05")[customer >= 2 :]:
            day = f"2026-{month}-{10 + customer}"
            lines.append(f"{day} 10:00,u{customer},Product Viewed,{STARS[customer]},,,")
            lines.append(f"{day} 10:10,u{customer},Checkout Started,,,,")
            lines += [f"{day} 10:20,u{customer},Payment Info Entered,,,,"] if customer < PAYS else []
        lines += [f"{day} 10:30,u{customer},Order Completed,,o{customer},20.50,EUR"] if customer < ORDERS else []
    (folder / "events.csv").write_text("\n".join(lines), "utf-8")
    (report,) = import_files(workspace, [folder / "events.csv"], accept_proposals=True)
    assert (report.imported, report.quarantined) == (len(lines) - 1, 0)
    yield workspace
    workspace.close()


@pytest.fixture
def shown(client) -> list[tuple[str, str]]:
    """Address and text of every number on the map, its table and the panels."""
    scope = "period=dates&start=2026-05-01&end=2026-05-31&compare=previous"
    return [link for view in VIEWS for link in links_on(opened(client, f"{view}{'&' if '?' in view else '?'}{scope}"))]


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
        if number_in(words) not in {number_in(text_of(value)) for value in VALUE.findall(page)}:
            different[address] = words
        if "= number of rows</code>" in page:
            counts += 1
            assert re.search(r"<h2>([\d,]+) rows? behind it", page)[1] == number_in(words), address

    assert len(pages) > 80
    assert different == {}
    assert counts > 15
