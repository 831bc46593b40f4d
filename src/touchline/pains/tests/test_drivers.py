"""Which questions of a survey go together with its overall one, counted by hand and through a file of a survey tool."""

from __future__ import annotations

import numpy as np
import pytest

from touchline.pains.rules.drivers import SurveyRows, is_overall, survey_drivers


def rows(answers: dict[str, np.ndarray], metrics: dict[str, str], source: str = "tool", day: int = 0) -> SurveyRows:
    """Everybody answers everything on one day."""
    people = len(next(iter(answers.values())))
    count = people * len(answers)
    return SurveyRows(
        customer=np.tile(np.arange(people), len(answers)),
        time=np.full(count, day),
        source=np.full(count, source, object),
        question=np.repeat(np.array(list(answers), object), people),
        metric=np.repeat(np.array([metrics.get(name, "csat") for name in answers], object), people),
        experience=np.concatenate(list(answers.values())),
    )


@pytest.fixture(scope="module")
def answers() -> dict[str, np.ndarray]:
    """What 400 people think: recommending is three parts delivery and one part website; the colour of the box is nothing."""
    chance = np.random.default_rng(7)
    delivery, website, box = (chance.normal(size=400) for _ in range(3))
    return {
        "Would you recommend us?": 3 * delivery + website + chance.normal(size=400),
        "Delivery": delivery,
        "Website": website,
        "Colour of the box": box,
    }


def test_shares_are_those_of_what_is_explained(answers):
    (survey,) = survey_drivers(rows(answers, {"Would you recommend us?": "nps"}))

    assert (survey.overall, survey.people) == ("Would you recommend us?", 400)
    assert survey.explained == pytest.approx(10 / 11, abs=0.04)  # variances 9 and 1 of 11
    assert [each.question for each in survey.drivers] == ["Delivery", "Website", "Colour of the box"]
    assert survey.drivers[0].share == pytest.approx(0.9, abs=0.04)
    assert survey.drivers[0].low < 0.9 < survey.drivers[0].high
    assert survey.drivers[2].high < 0.03
    assert sum(each.share for each in survey.drivers) == pytest.approx(1)


def test_only_people_who_answered_everything_count_each_once(answers):
    first = rows({name: values[:100] for name, values in answers.items()}, {"Would you recommend us?": "nps"})
    again = rows({name: values[100:150] for name, values in answers.items()}, {"Would you recommend us?": "nps"}, day=9)
    kept = ~((first.customer < 10) & (first.question == "Website"))
    table = [np.concatenate([getattr(first, name)[kept], getattr(again, name)]) for name in vars(first)]

    (survey,) = survey_drivers(SurveyRows(*table))

    assert survey.people == 100  # ten lack an answer the first time, all of them gave it when asked again
    assert survey.why == ""


def test_surveys_without_an_overall_question_or_too_few_people(answers):
    metrics = {"Would you recommend us?": "nps"}
    few = survey_drivers(rows({name: values[:20] for name, values in answers.items()}, metrics))

    assert survey_drivers(rows(answers, {})) == ()
    assert survey_drivers(rows({name: answers[name] for name in list(answers)[:2]}, metrics)) == ()
    assert few[0].drivers == ()
    assert few[0].why == "20 people answered all 3 items; at least 10 for each item are needed."


@pytest.mark.parametrize(
    ("question", "metric", "expected"),
    [
        ("How satisfied are you overall?", "csat", True),
        ("Overall experience", "csat", True),
        ("Delivery", "nps", True),
        ("How satisfied are you with the overalls we sell?", "csat", False),
        ("Delivery", "csat", False),
    ],
)
def test_overall_questions_are_told_by_their_words_or_metric(question, metric, expected):
    assert is_overall(question, metric) is expected
