"""Answers are remembered until the data change."""

from __future__ import annotations

from pathlib import Path

from touchline.engine.remembering import Memory
from touchline.engine.workspace import Settings, create_workspace


def test_an_answer_is_given_once_until_the_data_change(tmp_path: Path) -> None:
    workspace = create_workspace(tmp_path / "workspace", Settings("Shop"), "")
    asked: list[str] = []
    memory: Memory[int] = Memory(most=2)

    def ask(question: str) -> int:
        return memory.recall(workspace, question, lambda: asked.append(question) or len(asked))

    assert [ask("a"), ask("a"), ask("b")] == [1, 1, 2]
    with workspace.store.transaction() as writer:
        writer.set_meta("identities", "others")
    assert ask("a") == 3
    assert asked == ["a", "b", "a"]
    workspace.close()


def test_the_answer_asked_for_longest_ago_is_forgotten(tmp_path: Path) -> None:
    workspace = create_workspace(tmp_path / "workspace", Settings("Shop"), "")
    asked: list[str] = []
    memory: Memory[None] = Memory(most=2)

    for question in ("a", "b", "a", "c", "a", "b"):
        memory.recall(workspace, question, lambda question=question: asked.append(question))

    assert asked == ["a", "b", "c", "b"]
    workspace.close()


def test_an_answer_of_a_version_is_given_whatever_becomes_of_the_data(tmp_path: Path) -> None:
    workspace = create_workspace(tmp_path / "workspace", Settings("Shop"), "")
    memory: Memory[str] = Memory()
    first = memory.recall(workspace, "a", lambda: "first", "1")
    with workspace.store.transaction() as writer:
        writer.set_meta("identities", "others")

    assert [first, memory.recall(workspace, "a", lambda: "again", "1")] == ["first", "first"]
    assert memory.recall(workspace, "a", lambda: "anew", "2") == "anew"
    workspace.close()
