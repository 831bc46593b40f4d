"""Funnels of a shop small enough to count by hand."""

from __future__ import annotations

import pickle
import random
from dataclasses import replace

import pytest

from touchline.analyses import facade
from touchline.analyses.conftest import Happened, answer, answer_in_buckets, asked
from touchline.analyses.facade import QuestionError
from touchline.analyses.tests import worlds
from touchline.engine.question import Bucket

# Everybody looks at a product; the data end on 20 March at noon.
SHOP = [
    # ada: product, cart, order within three days; help in between
    Happened("ada", "2026-03-01 10:00", "Product", "web", device="mobile", page="/tent"),
    Happened("ada", "2026-03-01 11:00", "Cart", "app"),
    Happened("ada", "2026-03-02 10:00", "Help", "chat"),
    Happened("ada", "2026-03-04 10:00", "Order", "app"),
    # bob: exactly seven days from product to order
    Happened("bob", "2026-03-02 09:00", "Product", "web", page="/tent"),
    Happened("bob", "2026-03-03 09:00", "Cart", "web"),
    Happened("bob", "2026-03-09 09:00", "Order", "web"),
    # cem: a minute too late
    Happened("cem", "2026-03-02 09:00", "Product", "app", page="/stove"),
    Happened("cem", "2026-03-03 09:00", "Cart", "app"),
    Happened("cem", "2026-03-09 09:01", "Order", "app"),
    # dee: everything at the same moment
    Happened("dee", "2026-03-05 12:00", "Order", "store"),
    Happened("dee", "2026-03-05 12:00", "Cart", "store"),
    Happened("dee", "2026-03-05 12:00", "Product", "store"),
    # eve: the first entrance leads nowhere, the second gets through
    Happened("eve", "2026-03-01 08:00", "Product", "web", page="/stove"),
    Happened("eve", "2026-03-01 09:00", "Help", "chat"),
    Happened("eve", "2026-03-12 08:00", "Product", "app", page="/tent"),
    Happened("eve", "2026-03-12 09:00", "Cart", "app"),
    Happened("eve", "2026-03-12 10:00", "Order", "app"),
    # fay: only looks, long ago
    Happened("fay", "2026-03-01 10:00", "Product", "web", page="/tent"),
    # gil: cart on the 19th: still has time
    Happened("gil", "2026-03-18 10:00", "Product", "web"),
    Happened("gil", "2026-03-19 10:00", "Cart", "web"),
    # hal: orders without a look or a cart
    Happened("hal", "2026-03-20 12:00", "Order", "phone"),
]
STEPS = ["product", "cart", "order"]


@pytest.fixture(scope="module")
def shop(make):
    return make(SHOP)


def reached(found):
    return [step.reached for step in found.steps]


def test_in_order_within_seven_days(shop):
    found = answer(shop, "funnel", steps=STEPS, window="7")

    assert reached(found) == [7, 6, 4]  # ada, bob, dee, eve; not cem, fay, gil
    assert [(step.of_first.count, step.of_before.of) for step in found.steps] == [(7, 7), (6, 7), (4, 6)]
    assert (found.through.count, found.through.of) == (4, 7)
    assert found.through.value == pytest.approx(4 / 7)
    assert [step.still_open for step in found.steps] == [0, 1, 0]
    assert found.still_open == 1


def test_how_long_it_takes(shop):
    found = answer(shop, "funnel", steps=STEPS, window="7")

    # to the cart: 1 h, 1 d, 1 d (cem), 0, 1 h, 1 d (gil); to the order: 71 h, 6 d, 0, 1 h
    assert [time.name for time in found.times] == ["to Cart", "to Order"]
    assert found.times[0].median.value == pytest.approx(12.5 / 24)
    assert found.times[0].sample.n == 6
    assert found.times[0].mean.value == pytest.approx((1 + 24 + 24 + 0 + 1 + 24) / 24 / 6)
    assert found.whole.sample.total == pytest.approx((72 + 168 + 0 + 2) / 24)
    assert found.whole.median.n == 4
    assert found.whole.median.value is None  # fewer than five


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"window": "3", "window_unit": "days"}, [7, 6, 3]),  # bob is too slow
        ({"window": "72", "window_unit": "hours"}, [7, 6, 3]),
        ({"window": "120", "window_unit": "minutes"}, [7, 3, 2]),  # ada's cart, dee, eve in two hours exactly
        ({"window": "119", "window_unit": "minutes"}, [7, 3, 1]),
        ({"window": "7", "order": "strict"}, [7, 6, 3]),  # ada asked for help in between
        ({"window": "7", "order": "any"}, [8, 6, 4]),  # hal's order alone is one of three
        ({"window": "7", "exclude": ["help between 2 and 3"]}, [7, 6, 3]),
        ({"window": "7", "exclude": ["help between 1 and 2"]}, [7, 6, 4]),
        ({"window": "7", "steps": ["product", "cart", "help?", "order"]}, [7, 6, 1, 4]),
        ({"window": "30", "steps": ["product", "product"]}, [7, 1]),  # eve came twice
        ({"window": "7", "steps": ["product[channel=app]", "order"]}, [2, 1]),  # cem and eve
        ({"window": "7", "steps": ["event:Product", "order"]}, [7, 4]),
        ({"window": "7", "steps": ["event:Product[page=/tent]", "event:Order"]}, [4, 3]),
    ],
)
def test_other_questions(shop, given, expected):
    assert reached(answer(shop, "funnel", **{"steps": STEPS, **given})) == expected


def test_in_any_order_each_step_is_counted_too(shop):
    found = answer(shop, "funnel", steps=STEPS, window="7", order="any")

    assert [step.name for step in found.steps] == ["1 of 3", "2 of 3", "3 of 3"]
    assert [(name, taken.count, taken.of) for name, taken in found.named] == [
        ("Product", 7, 8),
        ("Cart", 6, 8),
        ("Order", 5, 8),
    ]


def test_what_the_exclusion_keeps_out_is_said(shop):
    question = asked(shop, "funnel", steps=STEPS, window="7", exclude=["help"])
    found = facade.answered(shop, question)

    assert found.answer.through_unbarred == 4
    assert found.answer.excluded == ("Help",)
    assert any("Help came between for 1 of those" in caution for caution in found.presentation.cautions)
    assert found.presentation.sentence == (
        "3 of 7 customers (43%) got from Product to Order within 7 days without Help."
    )


@pytest.mark.parametrize(
    ("split", "split_at", "expected"),
    [
        ("channel", "first", {"Website": (4, 3, 2), "App": (2, 2, 1), "Store": (1, 1, 1)}),
        ("channel", "last", {"App": (3, 3, 2), "Website": (3, 2, 1), "Store": (1, 1, 1)}),
        ("channel", "each", {"Website": (4, 2, 1), "App": (2, 3, 2), "Store": (1, 1, 1)}),
        ("device", "first", {"unknown": (6, 5, 3), "mobile": (1, 1, 1)}),
        ("page", "first", {"/tent": (4, 3, 3), "none": (2, 2, 1), "/stove": (1, 1, 0)}),
    ],
)
def test_split(shop, split, split_at, expected):
    found = answer(shop, "funnel", steps=STEPS, window="7", split=split, split_at=split_at)

    # eve's entrance that counts is the second: by app, to the tent
    assert {group.value: group.reached for group in found.groups} == expected


def test_parts_can_be_counted_in_other_processes(shop):
    question = asked(shop, "funnel", steps=STEPS, window="7", split="channel")
    facade.answered(shop, question)

    def elsewhere(count, store):
        sent = pickle.loads(pickle.dumps(count))
        return sent.combine([pickle.loads(pickle.dumps(sent.part(store, Bucket(at, 3)))) for at in range(3)])

    reading = replace(facade.reading(shop, question), elsewhere=elsewhere)

    assert facade.kind_named("funnel").answer(reading, question.request) == facade.answered(shop, question).answer


def test_cases_are_units(tmp_path):
    desk = worlds.make(
        tmp_path / "desk",
        worlds.journey(service=["Opened", "Solved"]),
        [
            worlds.Happened(1, 0, "Opened", objects=(("case", "A"),)),
            worlds.Happened(1, 1, "Opened", objects=(("case", "B"),)),
            worlds.Happened(1, 2, "Solved", objects=(("case", "B"),)),
            worlds.Happened(2, 3, "Solved", objects=(("case", "A"),)),  # by another customer: the same case
        ],
    )

    assert reached(answer(desk, "funnel", steps=["opened", "solved"], unit="case", window="2")) == [2, 1]
    assert reached(answer(desk, "funnel", steps=["opened", "solved"], unit="case", window="3")) == [2, 2]
    assert reached(answer(desk, "funnel", steps=["opened", "solved"], window="2")) == [1, 1]
    desk.close()


def test_visits_and_events_are_split_together(shop):
    found = answer(shop, "funnel", steps=["event:Product", "order"], window="7", split="page", split_at="last")

    assert {group.value: group.reached for group in found.groups} == {"none": (5, 4), "/tent": (1, 0), "/stove": (1, 0)}
    by_channel = answer(shop, "funnel", steps=["event:Product", "order"], window="7", split="channel")
    assert {group.value: group.reached for group in by_channel.groups} == {
        "Website": (4, 2),
        "App": (2, 1),
        "Store": (1, 1),
    }


def test_buckets_and_the_order_of_rows_change_nothing(shop, make):
    shuffled = make(random.Random(3).sample(SHOP, len(SHOP)))
    for order in ("ordered", "strict", "any"):
        given = {"steps": STEPS, "window": "7", "order": order, "split": "channel"}
        whole = answer(shop, "funnel", **given)
        assert answer_in_buckets(shop, "funnel", 8, **given) == whole
        assert answer(shuffled, "funnel", **given) == whole


@pytest.mark.parametrize(
    ("given", "parameter", "said"),
    [
        ({"steps": ["product"]}, "steps", "1 given; expected 2 to 20"),
        ({"steps": ["product"] * 200}, "steps", "200 given; expected 2 to 20"),
        ({"steps": ["product", "checkout"]}, "steps", "There is no touchpoint or event “checkout”. There are: "),
        ({"steps": ["product?", "order"]}, "steps", "“product?” cannot be optional"),
        ({"steps": ["product", "order?"]}, "steps", "“order?” cannot be optional"),
        ({"window": "0"}, "window", "expected a number above 0"),
        ({"window": "4000"}, "window", "up to 3,650"),
        ({"window": "a week"}, "window", "expected a number"),
        ({"window_unit": "weeks"}, "window_unit", "There are: days, hours, minutes"),
        ({"order": "random"}, "order", "There are: ordered, strict, any"),
        ({"exclude": ["nowhere"]}, "exclude", "There is no touchpoint or event “nowhere”"),
        ({"exclude": ["help between 3 and 2"]}, "exclude", "expected two of the steps 1 to 3"),
        ({"exclude": ["help between 1 and 9"]}, "exclude", "expected two of the steps 1 to 3"),
        ({"exclude": ["help"], "order": "strict"}, "exclude", "nothing may come between anyway"),
        ({"exclude": ["help"], "order": "any"}, "exclude", "Exclusions need the order “ordered”"),
        ({"exclude": ["help?"]}, "exclude", "cannot be optional"),
        ({"steps": ["product", "cart?", "order"], "exclude": ["help between 1 and 2"]}, "exclude", "step 2 (Cart)"),
        ({"steps": ["product", "cart?", "order"], "order": "any"}, "steps", "In any order no step can be optional"),
        ({"steps": ["product", "event:Order"], "order": "strict"}, "steps", "all touchpoints or all events"),
        ({"split": "weather"}, "split", "There is no split “weather”"),
        ({"split_at": "middle"}, "split_at", "There are: first, last, each"),
    ],
)
def test_bad_questions_get_a_sentence(shop, given, parameter, said):
    with pytest.raises(QuestionError) as problem:
        answer(shop, "funnel", **{"steps": STEPS, **given})

    assert said in str(problem.value)
    assert problem.value.parameter == parameter


def test_nobody_enters(shop):
    found = facade.answered(shop, asked(shop, "funnel", steps=["help", "cart"], start="2026-03-15"))

    assert found.presentation.sentence == "Nobody took the first step, Help, in this scope."
    assert found.answer.through.value is None


def test_the_usual_question_asks_for_what_is_there(shop):
    found = facade.usual_question(shop, "funnel")

    assert found.request.steps == ("cart", "product")  # the only stage begins and ends so; what is rarer is left out
    assert facade.answered(shop, found).answer.entered == 6


def test_members_of_a_part(shop):
    question = asked(shop, "funnel", steps=STEPS, window="7")
    facade.answered(shop, question)
    members = facade.kind_named("funnel").members
    names = dict(
        shop.store.rows(
            "select i.customer, n.value from identities i join identifiers n on n.identifier = i.identifier"
        )
    )

    def of(part):
        found = members(facade.reading(shop, question), question.request, part)
        return sorted(names[int(customer)] for customer in found)

    assert of("through") == ["ada", "bob", "dee", "eve"]
    assert of("dropped") == ["cem", "fay", "gil"]
    assert of("dropped-1") == ["fay"]
    assert of("dropped-2") == ["cem", "gil"]
    with pytest.raises(QuestionError, match="3 required steps"):
        of("dropped-3")


def test_accounts_and_their_customers_are_one_unit(make):
    firm = make(
        [
            Happened("ada", "2026-03-01 10:00", "Quote", account="acme"),
            Happened("bob", "2026-03-03 10:00", "Signed", account="acme"),
            Happened("cem", "2026-03-01 10:00", "Quote", account="zeta"),
        ]
    )

    found = answer(firm, "funnel", steps=["quote", "signed"], unit="account")

    assert reached(found) == [2, 1]
    assert reached(answer(firm, "funnel", steps=["quote", "signed"])) == [2, 0]


def test_comparing_says_noise_where_there_is_no_more(shop):
    days = {"start": "2026-03-01", "end": "2026-03-20", "compare_start": "2026-03-02", "compare_end": "2026-03-20"}
    question = asked(shop, "funnel", steps=STEPS, window="7", **days)

    found = facade.answered(shop, question)

    assert found.difference.sentence.endswith("no detectable change.")
    assert found.difference.tables[0].rows[-1].cells[0] == "in all"


def test_leads_are_found_where_they_were_planted(make):
    """Of 200 who see a product, those who read the size guide order three times as often; the blog changes nothing."""
    chance = random.Random(8)
    events = []
    for number in range(200):
        who = f"c{number}"
        reads_guide, reads_blog = number % 2 == 0, number % 3 == 0
        events.append(Happened(who, f"2026-03-{1 + number % 9:02d} 10:00", "Product"))
        if reads_guide:
            events.append(Happened(who, f"2026-03-{1 + number % 9:02d} 10:05", "Size Guide"))
        if reads_blog:
            events.append(Happened(who, f"2026-03-{1 + number % 9:02d} 10:10", "Blog"))
        if chance.random() < (0.6 if reads_guide else 0.2):
            events.append(Happened(who, f"2026-03-{1 + number % 9:02d} 11:00", "Order"))
    events.append(Happened("last", "2026-04-30 10:00", "Blog"))
    shop = make(events)

    found = answer(shop, "funnel", steps=["product", "order"], window="1")

    (lead,) = found.leads
    assert (lead.about, lead.name) == ("touchpoint", "Size Guide")
    assert lead.through.count + lead.others.count == 100
    assert lead.odds.low < (0.6 / 0.4) / (0.2 / 0.8) < lead.odds.high
    assert found.leads_looked_at == 2
    assert answer_in_buckets(shop, "funnel", 8, steps=["product", "order"], window="1") == found
    assert answer(shop, "funnel", steps=["product", "order"], window="1", leads="no").leads_looked_at is None
