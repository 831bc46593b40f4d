"""Two Typeform files (a question after a step; the recommendation question) and one SurveyMonkey file (after support)."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from touchline.world.exports.rows import utc, write_csv
from touchline.world.story import Answer, World

_TYPEFORM_END = ("Response Type", "Start Date (UTC)", "Stage Date (UTC)", "Submit Date (UTC)", "Network ID", "Tags")
STEP_QUESTION = "How satisfied were you with <strong>this step</strong>? (1–5)"
STEP_HEADER = ("#", STEP_QUESTION, "What could we do better?", "email", "anonymous_id", "touchpoint", *_TYPEFORM_END)
NPS_QUESTION = "How likely are you to recommend Alderway to a friend or colleague?"
NPS_HEADER = ("#", NPS_QUESTION, "What is the main reason for your score?", "email", "order_id", *_TYPEFORM_END)
SUPPORT_HEADER = (
    "Respondent ID", "Collector ID", "Start Date", "End Date", "IP Address", "Email Address", "First Name", "Last Name",
    "Custom Data 1", "Alderway made it easy for me to handle my issue", "Anything you want to tell us?",
)  # fmt: skip


def write(world: World, folder: Path) -> None:
    """Write the three files."""
    write_csv(folder / "typeform_step_feedback.csv", STEP_HEADER, _step_rows(world))
    write_csv(folder / "typeform_recommendation.csv", NPS_HEADER, _nps_rows(world))
    _write_support(world, folder / "surveymonkey_support.csv")


def _typeform_end(answer: Answer, number: int) -> dict[str, object]:
    time = utc(answer.time)
    return {
        "Response Type": "completed",
        "Start Date (UTC)": time,
        "Submit Date (UTC)": time,
        "Network ID": f"{number:010x}",
    }


def _of(world: World, survey: str) -> Iterator[tuple[int, Answer]]:
    return ((number, answer) for number, answer in enumerate(world.answers) if answer.survey == survey)


def _step_rows(world: World) -> Iterator[dict[str, object]]:
    for number, answer in _of(world, "step"):
        yield {
            "#": f"st{number:08x}", STEP_QUESTION: answer.score + 1, "What could we do better?": answer.text,
            "email": answer.person.email if answer.known else "", "anonymous_id": answer.person.anonymous_id,
            "touchpoint": answer.touchpoint, **_typeform_end(answer, number),
        }  # fmt: skip


def _nps_rows(world: World) -> Iterator[dict[str, object]]:
    for number, answer in _of(world, "nps"):
        yield {
            "#": f"np{number:08x}", NPS_QUESTION: answer.score, "What is the main reason for your score?": answer.text,
            "email": answer.person.email, "order_id": f"#{answer.order.number}" if answer.order else "",
            **_typeform_end(answer, number),
        }  # fmt: skip


def _write_support(world: World, path: Path) -> None:
    """SurveyMonkey puts the answer options into a second header row."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(SUPPORT_HEADER)
        writer.writerow(
            ["", "", "", "", "", "", "", "", "", "1 = strongly disagree, 7 = strongly agree", "Open-Ended Response"]
        )
        for number, answer in _of(world, "support"):
            time = answer.time.strftime("%m/%d/%Y %I:%M:%S %p")
            person = answer.person
            writer.writerow(
                [114_000_000_000 + number, 430_001, time, time, "", person.email, person.first, person.last, person.user_id,
                 answer.score + 1, answer.text]
            )  # fmt: skip
