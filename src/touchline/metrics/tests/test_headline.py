"""Headline figures of a shop whose every answer and order is typed out. Data from 1 January to 30 June 2026."""

from __future__ import annotations

from datetime import date, datetime
from statistics import mean

import pyarrow as pa
import pytest

from touchline.engine.workspace import Settings, create_workspace
from touchline.events.facade import CHANNELS
from touchline.metrics.facade import UnknownNumberError, headline, open_number
from touchline.segments.facade import Scope

SECOND_QUARTER = Scope(date(2026, 4, 1), date(2026, 6, 30), date(2026, 1, 1), date(2026, 3, 31))

# Each answer: customer, day, metric, score, and the ends of its scale.
ANSWERS = [
    *((who, "04-10", "nps", score, 0, 10) for who, score in enumerate([10, 9, 9, 8, 7, 6, 3], 1)),
    *((who, "02-10", "nps", score, 0, 10) for who, score in enumerate([10, 9, 3, 2, 1, 0], 1)),
    *((who, "05-10", "csat", score, 1, 5) for who, score in enumerate([5, 5, 4, 3, 1], 1)),
    (9, "05-11", "csat", 7, 1, 7),  # seven of seven is as satisfied as five of five
    (None, "06-01", "ces", 7, 1, 7),
    *((None, "06-02", "ces", score, 1, 7) for score in (6, 5, 4, 3)),
    (1, "06-30", "stars", 5, 1, 5),
]
# Each event of an order: customer, day, number of the order.
ORDERS = [
    (1, "01-01", "A1"), (1, "01-01", "A1"), (1, "03-31", "A2"),  # 89 days later
    (2, "01-02", "B1"), (2, "04-03", "B2"),  # 91 days later
    (3, "01-05", "C1"), (3, "01-06", "C2"), (3, "05-01", "C3"),
    (4, "02-01", "D1"),
    (5, "03-01", "E1"), (5, "03-20", "E2"),
    (6, "06-01", "F1"), (6, "06-02", "F2"),  # 90 days have not passed
]  # fmt: skip
# Each visit: customer, day, channel.
VISITS = [
    *((who, "04-15", "web") for who in range(1, 7)),
    (1, "05-01", "app"),
    (2, "04-03", "web"),
    (3, "05-01", "web"),
    (6, "06-01", "app"),
    (7, "06-30", "app"),
    *((who, "01-05", "web") for who in range(1, 7)),
]


def at(day):
    return datetime.fromisoformat(f"2026-{day} 12:00")


def experience(score, low, high):
    return 200 * (score - low) / (high - low) - 100


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    workspace = create_workspace(tmp_path_factory.mktemp("metrics") / "shop", Settings("Shop"), "")
    answers = pa.table({
        "event": pa.array(range(1, len(ANSWERS) + 1)),
        "customer": pa.array([row[0] for row in ANSWERS], pa.int32()),
        "time": [at(row[1]) for row in ANSWERS],
        "touchpoint": pa.nulls(len(ANSWERS), pa.int16()),
        "channel": [0] * len(ANSWERS),
        "device": [0] * len(ANSWERS),
        "metric": [row[2] for row in ANSWERS],
        "experience": [experience(*row[3:]) for row in ANSWERS],
        "score": [float(row[3]) for row in ANSWERS],
        "source": ["typeform"] * len(ANSWERS),
    })  # fmt: skip
    orders = pa.table({
        "seq": range(1, len(ORDERS) + 1),
        "id": range(1, len(ORDERS) + 1),
        "time": [at(day) for _, day, _ in ORDERS],
        "received": [at(day) for _, day, _ in ORDERS],
        "who": pa.array([who + 100 for who, _, _ in ORDERS], pa.int32()),
        "kind": [1] * len(ORDERS),
        "objects": [[{"type": "order", "id": number}] for _, _, number in ORDERS],
        "import_id": [1] * len(ORDERS),
        "line": range(1, len(ORDERS) + 1),
    })  # fmt: skip
    visits = pa.table({
        "customer": pa.array([row[0] for row in VISITS], pa.int32()),
        "time": [at(row[1]) for row in VISITS],
        "ended": [at(row[1]) for row in VISITS],
        "touchpoint": [0] * len(VISITS),
        "journey": [0] * len(VISITS),
        "channel": [CHANNELS.index(row[2]) for row in VISITS],
        "device": [0] * len(VISITS),
        "events": [1] * len(VISITS),
        "first_event": range(1, len(VISITS) + 1),
    })  # fmt: skip
    with workspace.store.transaction() as writer:
        for name, table in (("responses", answers), ("events", orders), ("visits", visits)):
            with writer.staged("staged", table) as staged:
                columns = ", ".join(table.column_names)
                writer.execute(f"insert into {name} ({columns}) select {columns} from {staged}")
        writer.execute("insert into kinds values (1, 'Order Completed', 'web', null, null, 'shopify_orders')")
        for who in range(1, 10):
            writer.execute("insert into identities values (?, ?)", [who + 100, who])
    yield workspace
    workspace.close()


@pytest.fixture(scope="module")
def figures(shop):
    return {figure.id: figure for figure in headline(shop, SECOND_QUARTER)}


def test_nps(figures):
    nps = figures["nps"]
    assert (nps.n, nps.value) == (7, pytest.approx(100 * (3 - 2) / 7))
    assert nps.low < nps.value < nps.high
    assert nps.before == pytest.approx(100 * (2 - 4) / 6)
    assert nps.change_is_noise
    assert (nps.unit, nps.beside) == ("points", "3 promoters, 2 detractors")


def test_csat(figures):
    csat = figures["csat"]
    assert (csat.n, csat.value, csat.unit) == (6, 4 / 6, "share")
    assert csat.beside == f"mean {(5 + 5 + 4 + 3 + 1 + 5) / 6:.1f} of 5"
    assert csat.before is None


def test_ces(figures):
    ces = figures["ces"]
    assert (ces.n, ces.value, ces.unit) == (5, 5.0, "of 7")
    assert ces.beside == "60% found it easy"


def test_buyers_per_visitor(figures):
    conversion = figures["conversion"]
    assert (conversion.n, conversion.value) == (7, 3 / 7)  # 2, 3 and 6 bought between April and June
    assert conversion.before == 5 / 6
    assert conversion.beside == "3 of 7 customers bought"


def test_repeat_purchase(figures):
    repeat = figures["repeat"]
    # 90 days ran out from April to June: 1 and 3 came back within them, 2 came one day late, 4 never, 5 did.
    assert (repeat.n, repeat.value) == (5, 3 / 5)
    assert repeat.before is None


def test_the_trend_has_twelve_slices(figures):
    trend = figures["nps"].trend
    assert len(trend) == 12
    assert [value is not None for value in trend] == [number == 1 for number in range(12)]  # 10 April: day 9 of 91
    # Six customers were seen on 15 April, and nobody bought in those days; all other slices saw fewer than five.
    assert figures["conversion"].trend == (None, 0.0, *[None] * 10)


def test_every_figure_is_recomputed_from_its_rows(shop, figures):
    def rows(figure):
        found = open_number(shop, SECOND_QUARTER, figure, per_page=0)
        assert found.total == len(found.rows) == figures[figure].n
        names = [column.id for column in found.columns]
        return [dict(zip(names, row, strict=True)) for row in found.rows]

    answers = [row["score"] for row in rows("nps")]
    promoters, detractors = sum(a >= 9 for a in answers), sum(a <= 6 for a in answers)
    assert figures["nps"].value == pytest.approx(100 * (promoters - detractors) / len(answers))
    assert figures["csat"].value == mean(row["experience"] >= 50 for row in rows("csat"))
    assert figures["ces"].value == pytest.approx(mean(4 + 3 * row["experience"] / 100 for row in rows("ces")))
    assert figures["conversion"].value == mean(row["bought"] for row in rows("conversion"))
    assert figures["repeat"].value == mean(row["came_back"] for row in rows("repeat"))


def test_buyers_of_a_slice_are_those_who_were_seen_and_bought_in_it(shop):
    january = {one.id: one for one in headline(shop, Scope(date(2026, 1, 1), date(2026, 1, 12)))}

    # 5 January: six seen, one bought. Who bought on the 1st or 2nd was not seen then.
    assert january["conversion"].trend == (None, None, None, None, 1 / 6, *[None] * 7)
    assert january["conversion"].value == 3 / 6


def test_a_channel_restricts_whose_orders_count(shop):
    figures = {one.id: one for one in headline(shop, Scope(date(2026, 4, 1), date(2026, 6, 30), channels=("app",)))}

    assert (figures["conversion"].n, figures["conversion"].beside) == (3, "1 of 3 customers bought")  # 1, 6 and 7
    assert figures["repeat"].n == 1  # of these only 1 was followed


def test_all_data_where_no_period_is_given(shop):
    figures = {one.id: one for one in headline(shop, Scope())}

    assert (figures["nps"].n, figures["nps"].before) == (13, None)


def test_rows_come_in_pages(shop):
    page = open_number(shop, SECOND_QUARTER, "conversion", page=2, per_page=3)

    assert (page.total, page.offset, len(page.rows)) == (7, 3, 3)


def test_buckets_change_nothing(shop):
    from touchline.metrics.questions.headline import headline_figures

    assert headline_figures(shop, SECOND_QUARTER, buckets=8) == headline(shop, SECOND_QUARTER)


def test_an_empty_store(tmp_path):
    workspace = create_workspace(tmp_path / "empty", Settings("Empty"), "")

    assert headline(workspace, Scope()) == ()
    assert open_number(workspace, Scope(), "nps").rows == ()
    workspace.close()


def test_a_figure_that_does_not_exist(shop):
    with pytest.raises(UnknownNumberError, match="There is no figure “joy”"):
        open_number(shop, Scope(), "joy")
