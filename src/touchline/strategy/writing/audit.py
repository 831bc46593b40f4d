"""Writing the audit down: the scorecard, and answers counted."""

from __future__ import annotations

from collections.abc import Iterable

from touchline.analyses.facade import Bars, Series
from touchline.documents.facade import Grid, Said, Section
from touchline.strategy.rules.answers import ANSWERS, Answer, Area, counts
from touchline.strategy.rules.scorecard import Scorecard, ScoreLine, felt_words, score_words
from touchline.ui.numbers import percent

MAP_PAGE = "/?touchpoint="


def scorecard_section(card: Scorecard) -> Section:
    """What is measured at each touchpoint."""
    title = "Scorecard"
    if card.why:
        return Section("scorecard", title, said=(Said(card.why),))
    said = [Said(f"{card.about}.", "/")]
    if card.pains_why:
        said.append(Said(card.pains_why, "/pains"))
    return Section("scorecard", title, said=tuple(said), grid=_grid(card), chart=_chart(card.lines))


def answers_section(areas: Iterable[Area], answers: Iterable[Answer]) -> Section:
    """How far we say that we are there: answers counted, by area and lens."""
    given = tuple(answers)
    found = [(area, counts(area, given)) for area in areas]
    said = [Said("Counts of answers by people, not measurements; no index is made of them.", "/strategy#answers")]
    said += [Said(f"Lens “{area.title}”: {area.limits} Source: {area.source}.") for area, _ in found if area.is_lens]
    rows = tuple(
        (
            f"{area.title} (lens)" if area.is_lens else area.title,
            *(str(count) for _, count in each.by_answer),
            f"{each.unanswered} of {each.of}",
        )
        for area, each in found
    )
    columns = ("Area", *ANSWERS.values(), "Not answered")
    return Section("answers", "Self-assessment", said=tuple(said), grid=Grid("Answers by area", columns, rows))


def change_words(line: ScoreLine) -> str:
    """The change against the period before, called noise where it may be chance."""
    if line.change is None:
        return "cannot say"
    shown = f"{score_words(line.change)} points"
    return f"{shown}, within the noise" if line.change_is_noise else shown


def reach_words(line: ScoreLine) -> str:
    """How many customers come here, of all."""
    if line.reach is None:
        return f"{line.customers:,} customers"
    interval = f"95% interval {percent(line.reach_low)} to {percent(line.reach_high)}"
    return f"{percent(line.reach)} ({interval}), {line.customers:,} customers"


def pain_words(line: ScoreLine, *, is_searched: bool) -> str:
    """The worst pain point with its grade and amount."""
    if line.pain is None:
        return "No pain point was found." if is_searched else "Pain points were not looked for."
    return f"{line.pain.headline} (grade {line.pain.grade}). {line.pain.money}"


def remedy_words(line: ScoreLine) -> str:
    """What is done about it and who does it."""
    if not line.remedies:
        return "Nothing is planned."
    return " ".join(f"Improvement {each.number}: {each.title}, {each.owner or 'nobody yet'}." for each in line.remedies)


def _grid(card: Scorecard) -> Grid:
    rows, links = [], []
    for line in card.lines:
        felt = felt_words(line.felt) if line.felt else line.felt_why
        pain = _sentence(pain_words(line, is_searched=card.is_searched))
        rows.append((line.name, reach_words(line), felt, change_words(line), f"{pain} {remedy_words(line)}"))
        reach, felt_page = (f"/numbers/{name}?target={line.touchpoint}" for name in ("reach", "experience"))
        pain_page = f"/pains/{line.pain.id}" if line.pain else ""
        links.append((f"{MAP_PAGE}{line.touchpoint}", reach, felt_page if line.felt else "", "", pain_page))
    columns = ("Touchpoint", "Reach", "Experience", "Change", "Worst pain point, and what is done")
    return Grid("Touchpoint by touchpoint", columns, tuple(rows), tuple(links))


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _chart(lines: Iterable[ScoreLine]) -> Bars | None:
    felt = [(line.name, line.felt) for line in lines if line.felt is not None]
    if not felt:
        return None
    series = Series(
        "Experience",
        tuple(round(each.value, 1) for _, each in felt),
        tuple(round(each.low, 1) for _, each in felt),
        tuple(round(each.high, 1) for _, each in felt),
        tuple(each.answers for _, each in felt),
    )
    title = "Experience score by touchpoint, −100 to +100, with 80% intervals"
    return Bars("experience", title, tuple(name for name, _ in felt), (series,), "score", "scorecard")
