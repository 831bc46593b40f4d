"""Texts of any shape in any parameter of any question end in an answer or in a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.hostile.hostile_world import HOSTILE, make_hostile_workspace

from touchline.analyses.facade import QuestionError, all_kinds, answered, usual_question
from touchline.engine.workspace import Workspace, open_workspace

KINDS = {kind.name: kind for kind in all_kinds()}
OF_THE_SCOPE = (
    "start", "end", "compare", "channel", "device", "intent", "filter", "unit", "against", "breakdown", "saved", "period",
)  # fmt: skip
LIKELY = ("event:Product Viewed", "event:Product Added", "page", "campaign", "day", "1", "all", "7", "basket?", "∞", "")
TEXTS = st.sampled_from((*HOSTILE, *LIKELY)) | st.text(max_size=20)


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    workspace = open_workspace(make_hostile_workspace(tmp_path_factory.mktemp("hostile")))
    yield workspace
    workspace.close()


def ask(workspace: Workspace, name: str, asked: dict[str, list[str]]) -> None:
    with suppress(QuestionError):
        answered(workspace, usual_question(workspace, name, asked))


@pytest.mark.parametrize("name", KINDS)
def test_any_text_ends_in_an_answer_or_a_sentence(opened: Workspace, name: str) -> None:
    fields = [parameter.name for parameter in KINDS[name].parameters] + list(OF_THE_SCOPE)

    @settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
    @given(st.dictionaries(st.sampled_from(fields), st.lists(TEXTS, min_size=1, max_size=2), min_size=1, max_size=2))
    def tried(asked: dict[str, list[str]]) -> None:
        ask(opened, name, asked)

    tried()


@pytest.mark.parametrize("key", HOSTILE)
def test_a_property_of_any_name_can_be_asked_for(opened: Workspace, key: str) -> None:
    step = f"event:Product Viewed[{key}={HOSTILE[0]}]" if not set('[]=,"') & set(key) else "event:Product Viewed"

    ask(opened, "funnel", {"steps": [step, "event:Product Added"], "split": [key]})
