"""Pages of pain points over a small shop and the real engine: every number opens its rows, every address answers."""

from __future__ import annotations

import re
import time
from html import unescape

import pytest
from tests.pages.pain_world import make_shop
from tests.pages.test_crawl import links_on
from tests.pages.test_every_number import number_in

from touchline.engine.workspace import Workspace

PAIN = "/pains/payment~errors"
MAP = "/?period=all"


@pytest.fixture(scope="module")
def shop(tmp_path_factory) -> Workspace:
    workspace = make_shop(tmp_path_factory.mktemp("shop") / "workspace")
    yield workspace
    workspace.close()


@pytest.fixture
def page_workspace(shop) -> Workspace:
    """What `client` asks about."""
    return shop


def page(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def text_of(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def figures(html: str) -> dict[str, str]:
    """Values by name: of lists of figures and of tiles."""
    found = re.findall(r"<dt>([^<]+)</dt>\s*<dd>(?:<a [^>]+>)?([^<]+)", html)
    return {unescape(name): unescape(value) for name, value in found}


def test_the_claim_is_graded_and_priced(client):
    text = text_of(page(client, PAIN))

    assert "“Errors” at Payment is associated, after adjustment, with" in text
    assert "Evidence grade C" in text
    assert re.search(r"At stake €[\d.]+k €[\d.]+k to €[\d.]+k if causal", text)
    for element in ("Who is compared", "When it begins", "Bad and fine", "What is held equal", "What is estimated"):
        assert element in text


def test_counts_are_those_of_the_rows(client, shop):
    shown = figures(page(client, PAIN))
    rows = page(client, f"{PAIN}/rows?offset=0")

    from touchline.pains.facade import rows_of

    opened = rows_of(shop, "payment~errors", per_page=0)
    bad = [row for row in opened.rows if row[2]]
    assert shown["Bad visits"] == str(len(bad))
    assert shown["Customers hit"] == str(len({row[0] for row in bad}))
    assert shown["Share of visits"] == f"{100 * len(bad) / len(opened.rows):.1f}%"
    assert f"{len(opened.rows)} rows behind it" in rows
    bought = (
        [row[4] for row in opened.rows if row[3] and row[2]],
        [row[4] for row in opened.rows if row[3] and not row[2]],
    )
    plain = 100 * (sum(bought[0]) / len(bought[0]) - sum(bought[1]) / len(bought[1]))
    assert number_in(shown["Plain difference"]) == f"−{abs(plain):.1f}"


def test_every_number_of_a_pain_opens_its_rows_which_say_the_same(client):
    evidence = "".join(re.findall(r'<dl class="evidence">.*?</dl>', page(client, PAIN), re.DOTALL))
    linked = re.findall(r'<dd><a href="([^"]+)">([^<]+)</a>', evidence)

    assert len(linked) >= 9
    said = set(figures(page(client, f"{PAIN}/rows")).values())
    assert {address for address, _ in linked} == {f"{PAIN}/rows"}
    assert {unescape(value) for _, value in linked} <= said


def test_up_close_are_twins_and_words_of_those_it_hit(client):
    html = page(client, f"{PAIN}/close-up")

    assert html.count('class="twins"') == 10
    assert "The card was declined and I do not know why" in html
    assert "<html" not in client.get(f"{PAIN}/close-up", headers={"HX-Request": "true"}).content.decode()


def test_map_and_list_say_the_same_amounts(client):
    list_, map_, table = page(client, "/pains"), page(client, MAP), page(client, f"{MAP}&view=table")
    total = re.search(r"Money at stake</dt><dd>([^<]+)", list_)[1]

    assert re.search(rf"Money at stake</dt>\s*<dd><a [^>]+>{re.escape(total)}", map_)
    amount = re.search(r"<strong>(€[^<]+)</strong>", list_)[1]
    assert f"<strong>{amount}</strong>" in map_
    assert amount in text_of(page(client, f"{MAP}&touchpoint=payment").partition('id="panel"')[2])
    assert f"Something failed: {amount} a month" in text_of(table)


def test_what_cannot_be_priced_has_a_reason_and_enters_no_sum(client):
    text = text_of(page(client, "/pains"))

    assert "What could not be estimated, and why" in text
    assert re.search(r"What it costs\. .* needed", text)
    assert text_of(page(client, "/pains?grade=D")).count("lead, not a cause") >= 1


def test_the_list_is_narrowed_and_sorted_by_its_address(client):
    assert "payment~errors" in page(client, "/pains?stage=purchase&symptom=errors&grade=C&sort=-customers")
    assert "No pain point is like that." in text_of(page(client, "/pains?stage=nowhere"))


def test_links_of_every_kind_answer(client):
    from django.urls import resolve

    pages = ("/pains", "/pains?sort=-stake", PAIN, f"{PAIN}/rows", f"{PAIN}/close-up", f"{MAP}&touchpoint=payment")
    addresses = {link for address in pages for link in links_on(page(client, address)) if link.startswith("/")}
    of_kind = {resolve(address.partition("?")[0].partition("#")[0]).view_name: address for address in sorted(addresses)
               if not address.startswith("/static/")}  # fmt: skip

    assert {"pain", "pain-rows", "pain-close-up", "customer", "improvement-new", "touchpoint"} <= set(of_kind)
    assert {link: code for link in of_kind.values() if (code := client.get(link).status_code) != 200} == {}


def test_an_unknown_pain_is_not_found_and_says_which_there_are(client):
    for address in ("/pains/nothing", "/pains/nothing/rows", "/pains/nothing/close-up"):
        answer = client.get(address)
        assert answer.status_code == 404
        assert "There is no pain point “nothing”. There are: payment~errors" in text_of(answer.content.decode())


def test_computing_needs_a_post_with_a_token(client):
    assert client.get("/pains/compute").status_code == 405
    client.handler.enforce_csrf_checks = True
    assert client.post("/pains/compute").status_code == 403


def test_what_is_done_about_a_pain_stands_beside_it_on_the_map(client, shop):
    from touchline.improvements.facade import assign, make_case, propose

    assert "Make the case for Something failed (Payment) Nothing planned" in text_of(page(client, MAP))
    made = make_case(shop, propose(shop, "payment~errors"))
    assign(shop, made.number, "Priya Nair", None)

    html = page(client, MAP)
    assert f'href="/improvements/{made.number}"' in html
    assert f"{made.title} Proposed Priya Nair" in text_of(html)


def test_who_suffers_is_told_by_the_half_that_did_not_find_it_and_opens_its_rows(client, shop):
    from touchline.pains.facade import pain, rows_of

    (group, *_) = pain(shop, "payment~errors").who
    text = text_of(page(client, PAIN))
    rows = rows_of(shop, "payment~errors", per_page=0, group=1).rows

    # New customers fail five times of ten, loyal ones twice.
    assert group.words == "no order before"
    assert group.share.value == pytest.approx(0.5, abs=0.1)
    assert group.elsewhere.value == pytest.approx(0.2, abs=0.08)
    assert group.more_low > 0.1
    assert 10 <= group.customers <= 320
    assert (group.share.count, group.share.of) == (sum(row[2] for row in rows), len(rows))
    assert group.customers == len({row[0] for row in rows})
    assert f"No order before {100 * group.share.value:.1f}%" in text
    opened = text_of(page(client, f"{PAIN}/rows?group=1"))
    assert f"{len(rows)} rows behind it" in opened
    assert "Here only those of one group" in opened
    assert client.get(f"{PAIN}/rows?group=9").status_code == 404


def test_a_choice_of_visits_is_computed_by_itself(client, shop):
    from touchline.pains.facade import kept_pains
    from touchline.segments.facade import Scope

    before = kept_pains(shop)
    asked = "channel=web&period=all"
    text = text_of(page(client, f"/pains?{asked}"))
    assert "Pain points of these visits have not been looked for yet" in text
    assert client.get(f"{PAIN}?{asked}").status_code == 200

    assert client.post("/pains/compute", {"asked": asked})["Location"] == f"/pains?{asked}"
    wait_until(lambda: kept_pains(shop, Scope(channels=("web",))) is not None)

    listed = page(client, f"/pains?{asked}")
    assert f"{PAIN}?channel=web&amp;period=all" in listed
    assert 'name="channel" value="web"' in listed  # the narrowing menus keep it
    shown = page(client, f"{PAIN}?{asked}")
    assert "by web" in shown
    assert "touchline pains --details payment~errors --channel web" in shown
    assert f"{PAIN}/rows?channel=web&amp;period=all" in shown
    assert "/improvements/new" not in shown  # cases are about all visits
    for part in ("rows", "close-up"):
        assert f"{PAIN}?channel=web&amp;period=all" in page(client, f"{PAIN}/{part}?{asked}")
    assert kept_pains(shop) == before


def test_a_choice_without_such_a_pain_says_so(client, shop):
    from touchline.pains.facade import pains_of
    from touchline.segments.facade import Scope

    pains_of(shop, Scope(channels=("phone",)))

    text = text_of(page(client, f"{PAIN}?channel=phone"))
    assert "It is no pain point of these visits" in text
    assert "No visit lies in this scope." in text
    assert client.get("/pains/nothing?channel=phone").status_code == 404


def test_what_cannot_be_chosen_is_said(client):
    wrong = client.get("/pains?period=dates&start=2026-05-01")

    assert wrong.status_code == 400
    assert "Give both days." in text_of(wrong.content.decode())
    told = client.post("/pains/compute", {"asked": "filter=visited(%22nowhere%22)"}, follow=True)
    assert "nowhere" in text_of(told.content.decode())


def test_the_api_takes_the_same_choice(client, shop):
    from touchline.pains.facade import stop_computing

    told = client.get("/api/v1/pains/payment~errors").json()
    later = client.get("/api/v1/pains?start=2030-01-01&channel=web&channel=phone")

    assert told["who"][0]["words"] == "no order before"
    assert later.status_code == 404
    assert "Ask again in a minute." in later.json()["error"]["message"]
    assert client.get("/api/v1/pains?channel=pigeon").json()["error"]["code"] == "invalid_request"
    stop_computing(shop)


def wait_until(is_done) -> None:
    deadline = time.monotonic() + 60
    while not is_done():
        assert time.monotonic() < deadline
        time.sleep(0.05)
