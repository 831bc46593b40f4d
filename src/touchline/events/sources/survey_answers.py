"""Turning one respondent's row into events: one 'Survey Answered' per scored question, its comment attached to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from msgspec.structs import replace

from touchline.events.rules import Event, Score, Skipped
from touchline.events.sources.cells import identifiers, order_number, text
from touchline.events.sources.headers import normalised
from touchline.events.sources.protocol import Result
from touchline.events.sources.survey_questions import Question, is_ticked, plain, score
from touchline.events.vocabulary import CHANNELS

_WORDS_OF_A_COMMENT = 6
"""An answer of that many words to a question that is not scored is a comment, whatever the question."""


@dataclass(frozen=True)
class Response:
    """One respondent's row: what the survey tool itself says about it."""

    id: str
    time: datetime
    line: int
    identifiers: Mapping[str, str] = field(default_factory=dict)
    properties: Mapping[str, object] = field(default_factory=dict)


@dataclass
class _Answers:
    """The answers of one row, sorted by what they are."""

    scores: list[tuple[Question, float]] = field(default_factory=list)
    comments: list[tuple[int, str]] = field(default_factory=list)
    """(how many scores stood before it, words)."""
    others: dict[str, object] = field(default_factory=dict)
    about: dict[str, str] = field(default_factory=dict)
    """Identifiers, touchpoint, language, channel and campaign."""


def survey_events(response: Response, questions: Sequence[Question], cells: Mapping[str, str]) -> Iterator[Result]:
    """Give the events of one row, or skip it when it holds no answer.

    A comment belongs to the scored question before it; one before all of them to the first. Without any score the
    comments make one event. Raises CellError for an answer off its scale.
    """
    answers = _sorted_answers(questions, cells)
    whole = _event(response, answers)
    if answers.scores:
        for position, (asked, value) in enumerate(answers.scores):
            scale = asked.scale
            assert scale is not None  # noqa: S101 - only scored questions are in `scores`
            yield replace(
                whole,
                key=f"{response.id}|{normalised(asked.title)}",
                score=Score(scale.metric, value, scale.low, scale.high),
                text=_comments_at(position, answers),
                properties={**whole.properties, "question": asked.title},
            )
    elif answers.comments or answers.others:
        yield whole
    else:
        yield Skipped(response.line, "no question was answered")


def _sorted_answers(questions: Sequence[Question], cells: Mapping[str, str]) -> _Answers:
    answers = _Answers()
    for asked in questions:
        cell = text(cells, asked.column)
        if cell is None:
            continue
        is_words = asked.role != "score" or is_ticked(asked, cell)
        if not is_words:
            value = score(asked, cell)
            if value is not None:
                answers.scores.append((asked, value))
        elif asked.names_customer or asked.role in ("touchpoint", "language", "channel", "campaign"):
            answers.about.setdefault(asked.role, cell)
        elif _is_comment(asked, cell):
            answers.comments.append((len(answers.scores), plain(cell)))
        else:
            _note(answers.others, asked, cell)
    return answers


def _is_comment(asked: Question, cell: str) -> bool:
    if asked.role == "comment":
        return True
    return not asked.option and not is_ticked(asked, cell) and len(cell.split()) >= _WORDS_OF_A_COMMENT


def _note(others: dict[str, object], asked: Question, cell: str) -> None:
    """Keep an answer in words; ticked options of one question come together as a list."""
    if not asked.option:
        others[asked.title] = cell
        return
    ticked = others.setdefault(asked.title, [])
    if isinstance(ticked, list):
        ticked.append(cell)


def _event(response: Response, answers: _Answers) -> Event:
    about = answers.about
    channel = about.get("channel", "").casefold()
    found = {type_: about.get(type_) for type_ in ("user_id", "phone", "external_id", "case_id", "anonymous_id")}
    email = about.get("email")
    return Event(
        key=f"{response.id}|answers",
        name="Survey Answered",
        time=response.time,
        line=response.line,
        channel=channel if channel in CHANNELS else "web",
        identifiers={
            **identifiers(
                email=email if email and "@" in email else None,
                order_id=order_number(about.get("order_id")),
                **found,
            ),
            **response.identifiers,
        },
        label=about.get("touchpoint"),
        campaign=about.get("campaign"),
        language=about.get("language"),
        text="\n".join(words for _, words in answers.comments) or None,
        objects=tuple(_objects(about)),
        properties={**response.properties, **answers.others},
    )


def _objects(about: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    order = order_number(about.get("order_id"))
    if order:
        yield ("order", order)
    if "case_id" in about:
        yield ("case", about["case_id"])


def _comments_at(position: int, answers: _Answers) -> str | None:
    """Comments that stand after score number `position` (from 0) and before the next; the first takes earlier ones."""
    words = [comment for before, comment in answers.comments if max(before - 1, 0) == position]
    return "\n".join(words) or None
