from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from touchline.analyses.facade import Question, QuestionError, answered, reading
from touchline.analyses.kinds.conformance import KIND
from touchline.analyses.kinds.conformance.request import Conformance
from touchline.formulas.proportion import wilson
from touchline.segments.facade import Scope

ALL = Scope(start=date(2026, 1, 1), end=date(2026, 12, 31))


def ask(workspace, request: Conformance | None = None, scope: Scope = ALL, **more):
    return answered(workspace, Question("conformance", request or Conformance(most=200), scope, **more)).answer


def found(answer) -> dict[str, tuple[int, int]]:
    return {each.words: (each.share.count, each.share.of) for each in answer.deviations}


def test_a_journey_as_planned_fits(workspace_of, course):
    answer = ask(
        workspace_of([course(1, "ad shop shop pay deliver review"), course(2, "ad shop mail pay mail deliver")])
    )

    assert (answer.people, answer.journeys, answer.found) == (2, 2, 0)
    assert (answer.as_planned.count, answer.as_planned.of) == (2, 2)
    assert answer.fitness is None  # fewer than five customers
    assert answer.variants == 2


COURSES = [
    ("ad shop pay deliver", {}, 1.0),
    ("ad shop pay help deliver", {"Support contact between Payment and Delivery": (5, 5)}, 1 - 1 / 9),
    ("ad shop pay help help deliver", {"Support contact between Payment and Delivery": (5, 5)}, 1 - 2 / 10),
    ("help ad shop pay deliver", {"Support contact before Ad": (5, 5)}, 1 - 1 / 9),
    ("ad shop pay deliver help", {"Support contact after Delivery": (5, 5)}, 1 - 1 / 9),
    ("ad shop help shop pay deliver", {"Support contact while at Shop": (5, 5)}, 1 - 1 / 10),
    ("ad pay deliver", {"skip Shop": (5, 5)}, 1 - 1 / 7),
    ("ad shop pay pay deliver", {"Payment again": (5, 5)}, 1 - 1 / 9),
    ("ad shop pay shop deliver", {"back to Shop after Payment": (5, 5)}, 1 - 1 / 9),
    ("ad pay shop deliver", {"Shop only after Payment": (5, 5)}, 1 - 2 / 8),
    ("ad shop pay review deliver", {"Review already before Delivery": (5, 5)}, 1 - 1 / 9),
    ("ad shop", {"stop after Shop": (5, 5)}, 1 - 2 / 6),
    ("help", {"meet none of the planned steps": (5, 5), "Support contact without any planned step": (5, 5)}, 0.0),
]
"""Steps, what is told of them, and the fitness: 1 − cost over the visits and the four steps that are not optional."""


@pytest.fixture(scope="module")
def every_course(workspace_of, course):
    """Five customers take each course, all of one course on a day of its own."""
    not_over = course(9_000, "ad shop pay deliver review", 399)  # so that every step occurs in the data
    taken = [course(100 * day + who, steps, day) for day, (steps, _, _) in enumerate(COURSES) for who in range(5)]
    return workspace_of([not_over, *taken])


@pytest.mark.parametrize("number", range(len(COURSES)), ids=[steps for steps, _, _ in COURSES])
def test_every_deviation_is_told_in_words(every_course, number):
    _, deviations, fitness = COURSES[number]
    day = date(2026, 1, 5) + timedelta(days=number)

    answer = ask(every_course, scope=Scope(start=day, end=day))

    assert found(answer) == deviations
    assert answer.fitness == pytest.approx(fitness)
    assert answer.as_planned.count == (0 if deviations else 5)


def test_a_share_is_of_those_who_could(workspace_of, course):
    answer = ask(
        workspace_of(
            [
                *(course(who, "ad shop pay help deliver answer=-50") for who in range(4)),
                *(course(who, "ad shop pay deliver answer=50") for who in range(10, 16)),
                *(course(who, "ad shop help") for who in range(20, 23)),
                *(course(who, "ad shop pay") for who in range(30, 32)),
            ]
        )
    )

    contact = next(each for each in answer.deviations if each.words == "Support contact between Payment and Delivery")
    assert (contact.share.count, contact.share.of) == (4, 10)
    assert (contact.share.low, contact.share.high) == wilson(4, 10)
    assert [(each.touchpoint, each.share.count, each.share.of) for each in contact.next] == [("Delivery", 4, 4)]
    assert found(answer)["stop after Shop"] == (3, 15)
    assert found(answer)["stop after Payment"] == (2, 12)
    assert [(each.name, each.done, each.stopped.count) for each in answer.steps] == [
        ("Ad", 15, 0), ("Shop", 15, 3), ("Payment", 12, 2), ("Delivery", 10, 0),
    ]  # fmt: skip
    assert answer.unseen == ("Review",)


def test_what_is_felt_is_the_first_answer_then_or_later(workspace_of, course):
    answer = ask(
        workspace_of(
            [
                *(course(who, f"ad shop answer=90 pay help answer={score} deliver answer=80")
                  for who, score in enumerate((-60, -50, -40, -50, -50))),
                *(course(who, f"ad shop pay deliver answer={score}")
                  for who, score in enumerate((40, 50, 60, 50, 50), start=10)),
            ]
        )
    )  # fmt: skip

    [contact] = answer.deviations
    assert (contact.felt.n, contact.felt.value) == (5, pytest.approx(-50))
    assert (contact.others_felt.n, contact.others_felt.value) == (5, pytest.approx(50))
    # both samples vary by 50: the error is the root of 2 · 50 / 5, and t at 8 degrees of freedom is 2.306
    assert contact.difference.low == pytest.approx(-100 - 2.306 * 20**0.5, abs=0.01)
    assert contact.difference.is_clear


def test_who_deviates_completes_less_often(workspace_of, course):
    answer = ask(
        workspace_of(
            [
                *(course(who, "ad help shop pay deliver" if who < 2 else "ad help shop") for who in range(8)),
                *(course(who, "ad shop pay deliver") for who in range(10, 20)),
            ]
        )
    )

    contact = answer.deviations[0]
    assert contact.words == "Support contact between Ad and Shop"
    assert (contact.completes.count, contact.completes.of) == (2, 8)
    assert (contact.others_complete.count, contact.others_complete.of) == (10, 10)


def test_journeys_that_may_go_on_or_began_before_are_left_out(workspace_of, course):
    workspace = workspace_of(
        [
            course(1, "ad shop pay deliver", 20),
            course(1, "ad shop", 100),  # another journey of the same customer
            course(2, "ad shop", -10),  # began before the period
            course(2, "pay deliver", 5),
            course(3, "mail mail", 30),
            course(4, "ad", 390),  # ten days before the data end
        ]
    )

    answer = ask(workspace, scope=Scope(start=date(2026, 1, 6), end=date(2027, 12, 31)))

    assert (answer.people, answer.journeys, answer.not_over, answer.set_aside) == (1, 2, 2, 1)
    assert found(answer) == {"stop after Shop": (1, 1)}
    assert ask(workspace, scope=Scope(start=date(2026, 1, 6), end=date(2026, 2, 28))).journeys == 1


def test_visits_of_one_moment_stand_in_the_order_of_the_definition(workspace_of, course):
    at_once = [course(who, step) for who in range(5) for step in ("pay", "shop", "ad", "deliver")]

    assert ask(workspace_of(at_once)).as_planned.count == 5


def random_courses(course, count: int, seed: int = 3):
    rng = np.random.default_rng(seed)
    names = ["ad", "shop", "pay", "deliver", "review", "help", "mail", f"answer={rng.integers(-90, 90)}"]
    return [
        course(
            int(rng.integers(0, count // 2)),
            " ".join(rng.choice(names, rng.integers(1, 9))),
            float(rng.integers(0, 200)),
        )
        for _ in range(count)
    ]


@pytest.mark.parametrize("unit", ["customer"])
def test_eight_buckets_answer_as_one(workspace_of, course, unit):
    workspace = workspace_of(random_courses(course, 300))
    question = Question("conformance", Conformance(most=200), ALL, unit=unit)
    one = KIND.answer(reading(workspace, question), question.request)

    assert KIND.answer(replace(reading(workspace, question), buckets=8), question.request) == one
    assert one.found > 30


def test_the_order_of_the_rows_does_not_matter(workspace_of, course):
    courses = random_courses(course, 300)

    assert ask(workspace_of(courses)) == ask(workspace_of(courses[::-1]))


def test_planted_deviations_are_recovered(workspace_of, course):
    rng = np.random.default_rng(12)
    contact, skips, returns, stops = (rng.random(2000) < share for share in (0.41, 0.12, 0.2, 0.3))
    courses = []
    for who in range(2000):
        steps = ["ad", *([] if skips[who] else ["shop"]), "pay", *(["help"] if contact[who] else []), "deliver"]
        felt = rng.normal(-30 if contact[who] else 20, 25)
        steps += [f"answer={np.clip(felt, -100, 100):.0f}"] if rng.random() < 0.3 else []
        steps += ["shop"] if returns[who] else []
        courses.append(course(who, "ad shop" if stops[who] else " ".join(steps), float(who % 100)))
    went = ~stops

    answer = ask(workspace_of(courses))

    shares = found(answer)
    assert shares.pop("Support contact between Payment and Delivery") == (int((contact & went).sum()), int(went.sum()))
    assert shares.pop("skip Shop") == (int((skips & ~returns & went).sum()), int(went.sum()))
    assert shares.pop("Shop only after Delivery") == (int((skips & returns & went).sum()), int(went.sum()))
    assert shares.pop("back to Shop after Delivery") == (int((~skips & returns & went).sum()), int(went.sum()))
    assert shares.pop("stop after Shop") == (int(stops.sum()), int((stops | (went & ~skips)).sum()))
    assert not shares
    felt = next(each for each in answer.deviations if each.touchpoint == "Support contact").difference
    assert felt.low < -50 < felt.high
    assert felt.is_clear
    noise = next(each for each in answer.deviations if each.words == "skip Shop").difference
    assert not noise.is_clear


def test_a_breakdown_follows_its_own_customers(workspace_of, course):
    workspace = workspace_of(
        [
            *(course(who, "ad shop pay deliver") for who in range(6)),
            *(course(who, "ad shop pay", device="mobile") for who in range(10, 15)),
        ]
    )

    shown = answered(workspace, Question("conformance", Conformance(), ALL, breakdown="device")).groups

    assert [row.cells[:3] for row in shown.tables[0].rows] == [
        ("desktop", 1.0, 1.0),
        ("mobile", pytest.approx(6 / 7), 0.0),
    ]


def test_another_order_can_be_asked_for(workspace_of, course):
    workspace = workspace_of([course(who, "shop ad deliver") for who in range(5)])

    assert ask(workspace, Conformance(order=("Shop", "ad | review", "stage:after"))).as_planned.count == 5
    assert not ask(workspace, Conformance(order=("mail?", "shop"))).unseen


def test_without_a_planned_order_the_stages_stand_in(workspace_of, course):
    workspace = workspace_of([course(who, "ad shop") for who in range(5)])
    text = workspace.journey_file.read_text("utf-8")
    workspace.journey_file.write_text(text.replace('order = ["ad", "shop+", "pay", "deliver", "review?"]', ""), "utf-8")

    answer = ask(workspace)

    assert answer.by_stages
    assert [step.name for step in answer.steps] == ["After"]


@pytest.fixture(scope="module")
def two_steps(workspace_of, course):
    return workspace_of([course(1, "ad shop")])


@pytest.mark.parametrize(
    ("order", "said"),
    [
        (("basket",), "The order plans “basket”, which is no touchpoint; expected one of ad, shop, pay"),
        (("stage:x",), "there is no stage “x”; expected one of before, after."),
        (("shop", "stage:before"), None),
        (("review",), "None of the planned steps occurs in the data (Review). What occurs most: ad, shop"),
        (("shop",) * 200, "has 200 steps in its planned order; expected at most 30"),
        (("shop?",), "every step may be left out"),
    ],
)
def test_a_bad_order_gets_a_sentence(two_steps, order, said):
    workspace = two_steps
    if said is None:
        assert ask(workspace, Conformance(order=order)).unseen == ("Before",)
        return
    with pytest.raises(QuestionError) as problem:
        ask(workspace, Conformance(order=order))
    assert said in str(problem.value)
    assert problem.value.parameter == "order"


def test_nothing_is_over_yet(workspace_of, course):
    workspace = workspace_of([course(1, "ad shop", 395)])
    scope = Scope(start=date(2027, 1, 1), end=date(2027, 12, 31))

    shown = answered(workspace, Question("conformance", Conformance(), scope)).presentation

    assert shown.sentence.startswith("No journey that began in this period is over yet")


def test_two_groups_are_compared(workspace_of, course):
    workspace = workspace_of(
        [
            *(course(who, "ad shop pay help deliver" if who < 60 else "ad shop pay deliver") for who in range(95)),
            *(course(who, "ad shop pay pay deliver") for who in range(95, 100)),
            *(
                course(who, "ad shop pay help deliver" if who < 210 else "ad shop pay deliver", 100)
                for who in range(200, 300)
            ),
        ]
    )
    scope = Scope(date(2026, 1, 1), date(2026, 2, 28), date(2026, 3, 1), date(2026, 6, 30))

    shown = answered(workspace, Question("conformance", Conformance(), scope)).difference

    row, only_before = shown.tables[0].rows
    assert only_before.cells[:3] == ("Payment again", 0.05, 0.0)
    assert row.cells[0] == "Support contact between Payment and Delivery"
    assert row.cells[1:4] == (0.6, 0.1, pytest.approx(-0.5))
    assert row.n == 100
    assert shown.sentence == "Fitness: +6.1 points. Exactly as planned: +55.0 points."


@pytest.fixture(scope="module")
def seven_people(workspace_of, course):
    return workspace_of(
        [
            course(1, "ad shop pay deliver"),
            course(2, "ad shop pay deliver review"),
            course(3, "ad shop pay deliver", 0),
            course(3, "ad shop", 100),
            course(4, "ad pay deliver"),
            course(5, "ad shop pay help deliver"),
            course(6, "ad shop pay pay deliver"),
            course(7, "ad pay shop deliver"),
        ]
    )


@pytest.mark.parametrize(
    ("part", "customers"),
    [
        ("as-planned", 2),
        ("deviating", 5),
        ("stopped", 1),
        ("skipped", 1),
        ("unplanned", 1),
        ("repeated", 1),
        ("wrong-order", 1),
    ],
)
def test_who_deviates_can_become_a_segment(seven_people, part, customers):
    question = Question("conformance", Conformance(), ALL)

    members = KIND.members(reading(seven_people, question), question.request, part)

    assert len(members) == customers
    with pytest.raises(QuestionError, match="There is no part “x”"):
        KIND.members(reading(seven_people, question), question.request, "x")
