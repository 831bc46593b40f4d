"""Every question gives the same answer in one bucket and in eight, each part in a process that sees only its bucket."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import msgspec
import pytest
from bucket_processes import BUCKETS, BucketProcesses

from touchline.analyses.facade import all_kinds, kind_named, reading, usual_question
from touchline.analyses.questions.units import UNITS
from touchline.engine.workspace import Workspace

KINDS = [kind.name for kind in all_kinds()]
UNITS = [(kind.name, unit) for kind in all_kinds() for unit in UNITS if unit != "customer"]


@pytest.fixture(scope="module")
def processes(company: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Iterator[BucketProcesses]:
    made = BucketProcesses(company.store, tmp_path_factory.mktemp("buckets"))
    yield made
    made.close()


@pytest.mark.parametrize("name", KINDS)
def test_parts_of_other_processes_make_the_same_answer(
    company: Workspace, processes: BucketProcesses, name: str
) -> None:
    question = usual_question(company, name, {"period": ["all"]})
    here = reading(company, question)

    alone = kind_named(name).answer(here, question.request)
    together = kind_named(name).answer(replace(here, elsewhere=processes.ask), question.request)

    assert plain(together) == same(plain(alone))


@pytest.mark.parametrize(("name", "unit"), UNITS)
def test_other_units_make_the_same_answer_in_eight_buckets(company: Workspace, name: str, unit: str) -> None:
    question = usual_question(company, name, {"period": ["all"], "unit": [unit]})
    here = reading(company, question)

    alone = kind_named(name).answer(here, question.request)
    together = kind_named(name).answer(replace(here, buckets=BUCKETS), question.request)

    assert plain(together) == same(plain(alone))


def plain(answer: Any) -> Any:
    """As lists and dictionaries."""
    return msgspec.to_builtins(answer)


def same(value: Any) -> Any:
    """Sums of parts round otherwise than the sum of all: floats are compared to nine digits."""
    if isinstance(value, float):
        return pytest.approx(value, rel=1e-9, abs=1e-12, nan_ok=True)
    if isinstance(value, dict):
        return {key: same(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(same(each) for each in value)
    return value
