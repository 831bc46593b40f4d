"""Retention of a shop small enough to count by hand, and of planted groups."""

from __future__ import annotations

import random

import pytest

from touchline.analyses import facade
from touchline.analyses.conftest import Happened, answer, answer_in_buckets, asked

# Weeks of 2026 that begin on a Monday: 2, 9, 16, 23 March. The last event lies in the week of the 23rd.
SHOP = [
    Happened("ada", "2026-03-03 10:00"),  # 1st week
    Happened("ada", "2026-03-10 10:00"),  # 1 week later
    Happened("ada", "2026-03-18 10:00"),  # 2 weeks later
    Happened("bob", "2026-03-02 00:00"),  # 1st week, its first moment
    Happened("bob", "2026-03-08 23:59"),
    Happened("bob", "2026-03-17 09:00"),  # 2 weeks later
    Happened("cem", "2026-03-05 10:00", "Order Completed", value="20", currency="EUR"),
    Happened("cem", "2026-03-12 10:00", "Order Completed", value="5", currency="EUR"),
    Happened("dee", "2026-03-09 10:00"),  # 2nd week
    Happened(
        "dee", "2026-03-24 10:00", "Order Completed", value="7", currency="GBP"
    ),  # 2 weeks later, in the open week
    Happened("eve", "2026-03-04 10:00"),
    Happened("fay", "2026-03-04 10:00"),
]


@pytest.fixture(scope="module")
def shop(make):
    return make(SHOP)


@pytest.fixture(scope="module")
def shuffled(make):
    return make(random.Random(4).sample(SHOP, len(SHOP)))


def counts(found, at):
    return [(cell.count, cell.of) for cell in found.cohorts[at].cells]


def test_weeks_after_the_first_visit(shop):
    found = answer(shop, "retention")

    assert [(each.label, each.n, each.is_provisional) for each in found.cohorts] == [
        ("2 Mar", 5, False),
        ("9 Mar", 1, False),
        ("16 Mar", 0, False),
        ("23 Mar", 0, True),
    ]
    assert counts(found, 0) == [(2, 5), (2, 5), (0, 5)]  # ada and cem; ada and bob; nobody yet
    assert counts(found, 1) == [(0, 1), (1, 1)]
    assert [each.over for each in found.cohorts] == [2, 1, 0, 0]
    assert found.n == 6
    assert found.has_open_period
    assert found.is_from_the_start


def test_all_groups_together_leave_out_weeks_that_are_not_over(shop):
    found = answer(shop, "retention")

    assert [(each.later, each.share.count, each.share.of, each.share.clusters) for each in found.kept] == [
        (1, 2, 6, 6),
        (2, 2, 5, 5),
        (3, 0, 0, 0),
    ]
    assert found.kept[0].share.value == pytest.approx(2 / 6)
    assert 0.09 < found.kept[0].share.low < 0.1  # Wilson, 2 of 6: 9.7 % to 70.0 %
    assert found.kept[2].share.value is None


def test_coming_back_then_or_later(shop):
    found = answer(shop, "retention", came_back="or-later")

    assert counts(found, 0) == [(3, 5), (2, 5), (0, 5)]  # ada, bob and cem; ada and bob


def test_recurring_groups_take_everybody_in_every_week(shop):
    found = answer(shop, "retention", who="recurring")

    assert [each.n for each in found.cohorts] == [5, 3, 2, 1]
    assert counts(found, 1) == [(1, 3), (1, 3)]  # of ada, cem and dee: ada one week later, dee two weeks later
    # One week later, over the weeks that are over: 2 of 5 and 1 of 3, of six customers.
    one = found.kept[0].share
    assert (one.count, one.of, one.clusters) == (3, 8, 6)


def test_the_start_and_the_return_may_be_steps(shop):
    found = answer(shop, "retention", start_step="page-viewed", return_step="event:Order Completed")

    assert [each.n for each in found.cohorts] == [4, 1, 0, 0]
    assert counts(found, 0) == [(0, 4), (0, 4), (0, 4)]
    assert counts(found, 1) == [(0, 1), (1, 1)]
    assert (found.start_name, found.return_name) == ("Page Viewed", "Order Completed")


def test_who_came_before_the_days_asked_for_is_not_new(shop):
    found = answer(shop, "retention", start="2026-03-09", end="2026-03-24")

    assert [(each.label, each.n) for each in found.cohorts] == [("9 Mar", 1), ("16 Mar", 0), ("23 Mar", 0)]
    assert not found.is_from_the_start


def test_a_week_asked_for_in_part_is_counted_whole(shop):
    found = answer(shop, "retention", start="2026-03-05", end="2026-03-15")

    assert [(each.label, each.n, each.is_provisional) for each in found.cohorts] == [
        ("2 Mar", 5, False),
        ("9 Mar", 1, False),
    ]


def test_weeks_and_days_are_those_of_the_workspace(make):
    events = [
        Happened("ada", "2026-03-01 04:00"),  # Saturday evening in New York
        Happened("ada", "2026-03-01 05:00"),  # Sunday, the first day of a week there
        Happened("bob", "2026-03-08 04:00"),  # Saturday
        Happened("cem", "2026-03-08 05:30"),  # Sunday
        Happened("cem", "2026-03-16 05:30"),
    ]
    found = answer(make(events, time_zone="America/New_York", week_starts="sunday"), "retention")

    assert [(each.first_day, each.n) for each in found.cohorts] == [
        ("2026-02-22", 1),
        ("2026-03-01", 1),
        ("2026-03-08", 1),
        ("2026-03-15", 0),
    ]
    assert counts(found, 0)[0] == (1, 1)
    assert counts(found, 2) == [(1, 1)]


def test_what_they_spent_is_kept_apart_by_currency(shop):
    found = answer(shop, "retention", measure="value")

    euros, pounds = found.spent
    assert (euros.currency, euros.amounts[0]) == ("EUR", (20.0, 5.0, 0.0, 0.0))
    assert (pounds.currency, pounds.amounts[1]) == ("GBP", (0.0, 0.0, 7.0))
    assert euros.kept[0].n == 1
    assert euros.kept[0].value is None  # one customer is too few for a ratio


def test_the_ratio_of_what_they_spent(make):
    spent = [(10, 5), (20, 10), (10, 0), (40, 30), (20, 5)]  # first week, second week
    events = [
        Happened(f"c{at}", f"2026-03-{day:02} 10:00", "Order Completed", value=str(value), currency="EUR")
        for at, values in enumerate(spent)
        for day, value in zip((2, 9), values, strict=True)
        if value
    ]
    found = answer(make([*events, Happened("last", "2026-03-16 10:00")]), "retention", measure="value")

    kept = found.spent[0].kept[0]
    assert (kept.n, kept.value) == (5, 0.5)  # 50 of 100
    # Residuals 0, 0, −5, 10, −5: their squares add up to 150; 5/4 · 150 = 187.5; √187.5 / 100 = 0.137
    assert kept.error == pytest.approx(0.1369, abs=1e-4)


@pytest.mark.parametrize(
    "given", [{}, {"who": "recurring"}, {"measure": "value"}, {"per": "day", "came_back": "or-later"}, {"per": "month"}]
)
def test_buckets_and_the_order_of_rows_change_nothing(shop, shuffled, given):
    found = answer(shop, "retention", **given)

    assert answer_in_buckets(shop, "retention", 8, **given) == found
    assert answer(shuffled, "retention", **given) == found


def test_planted_groups_are_found(make):
    chance = random.Random(7)
    events, came = [Happened("last", "2026-04-06 10:00")], 0
    for at in range(300):
        events.append(Happened(f"c{at}", "2026-03-02 10:00"))
        if chance.random() < 0.4:
            came += 1
            events.append(Happened(f"c{at}", "2026-03-10 10:00"))

    one = answer(make(events), "retention").kept[0].share

    assert one.count == came
    assert one.low < 0.4 < one.high


def test_an_account_comes_back_when_any_of_its_people_does(make):
    events = [
        Happened("ada", "2026-03-02 10:00", account="acme"),
        Happened("bob", "2026-03-10 10:00", account="acme"),
        Happened("cem", "2026-03-03 10:00", account="other"),
        Happened("cem", "2026-03-17 10:00", account="other"),
    ]
    found = answer(make(events), "retention", unit="account")

    assert [each.n for each in found.cohorts] == [2, 0, 0]
    assert counts(found, 0) == [(1, 2), (1, 2)]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"start_step": "basket"}, "There is no touchpoint or event “basket”. There are: page-viewed"),
        ({"per": "year"}, "There is no period “year”. There are: day, week, month"),
        ({"periods": "0"}, "expected a whole number from 1 to 60"),
        ({"start": "2027-01-01", "end": "2027-02-01"}, "the data run from 2026-03-02 to 2026-03-24"),
        ({"start": "2020-01-01", "end": "2020-02-01"}, "the data run from"),
    ],
)
def test_bad_questions_are_told_what_exists(shop, given, sentence):
    with pytest.raises(facade.QuestionError, match=sentence):
        answer(shop, "retention", **given)


def test_too_many_periods_are_refused(make):
    events = [Happened("ada", "2025-01-01 10:00"), Happened("ada", "2026-03-01 10:00")]

    with pytest.raises(facade.QuestionError, match="425 days; at most 120 can be shown"):
        answer(make(events), "retention", per="day", period="all")


def test_the_difference_of_two_groups_names_noise(make):
    def group(prefix, month, came):
        for at in range(60):
            yield Happened(f"{prefix}{at}", f"2026-{month}-02 10:00")
            if at < came:
                yield Happened(f"{prefix}{at}", f"2026-{month}-09 10:00")

    events = [
        *group("a", "03", 10),
        *group("b", "02", 40),
        Happened("z", "2026-01-05 10:00"),
        Happened("z", "2026-03-31 10:00"),
    ]
    workspace = make(events)
    dates = {"start": "2026-03-02", "end": "2026-03-29", "compare_start": "2026-02-02", "compare_end": "2026-02-28"}

    found = facade.answered(workspace, asked(workspace, "retention", **dates)).difference

    assert found.tables[0].rows[0].cells[1:4] == (10 / 60, 40 / 60, pytest.approx(0.5))
    assert found.tables[0].rows[0].cells[-1] == "yes"
    assert "no detectable change" in [row.cells[-1] for row in found.tables[0].rows]
    assert found.sentence.startswith("The second group's share 1 week later differs by +50.0 points")


def test_a_breakdown_counts_each_group_alone(make):
    events = [
        Happened(f"{device}{at}", f"2026-03-{day:02} 10:00", device=device)
        for device, came in (("mobile", 4), ("desktop", 1))
        for at in range(6)
        for day in ((2, 9) if at < came else (2,))
    ]
    workspace = make([*events, Happened("last", "2026-03-16 10:00", device="tablet")])

    table = facade.answered(workspace, asked(workspace, "retention", breakdown="device")).groups.tables[0]

    assert [row.cells for row in table.rows][:2] == [("desktop", 1 / 6), ("mobile", 4 / 6)]


def test_who_came_back_can_be_told_by_name(shop):
    question = asked(shop, "retention", periods=1)
    reading = facade.reading(shop, question)

    def named(part):
        found = facade.kind_named("retention").members(reading, question.request, part).tolist()
        sql = "select distinct n.value from identifiers n join identities i using (identifier) where i.customer in "
        return [name for (name,) in shop.store.rows(f"{sql} (select unnest(?)) order by 1", [found])]

    assert named("back") == ["ada", "cem"]
    assert named("gone") == ["bob", "dee", "eve", "fay"]


def test_nobody_began(make):
    workspace = make([*SHOP, Happened("ada", "2026-03-01 10:00", "Ticket Created")])
    question = asked(workspace, "retention", start_step="ticket-created", start="2026-03-16", end="2026-03-24")
    shown = facade.answered(workspace, question).presentation

    assert shown.sentence == "Nobody began with Ticket Created in these weeks."
