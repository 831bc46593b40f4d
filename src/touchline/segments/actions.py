"""Keep filters by name."""

from __future__ import annotations

from datetime import UTC, datetime

from touchline.engine.workspace import Workspace
from touchline.segments.questions import SavedFilter
from touchline.segments.rules.problem import FilterError
from touchline.segments.wording import filter_words

MAX_NAME_CHARACTERS = 80


def save_filter(workspace: Workspace, name: str, expression: str) -> SavedFilter:
    """Keep a filter under a name; one of that name (case does not count) is replaced. Raises FilterError."""
    name, expression = " ".join(name.split()), expression.strip()
    if not 0 < len(name) <= MAX_NAME_CHARACTERS:
        raise FilterError(f"A filter's name has 1 to {MAX_NAME_CHARACTERS} characters.")
    if not name.isprintable():
        raise FilterError("A filter's name must not hold control characters.")
    filter_words(expression)
    saved = SavedFilter(name, expression, datetime.now(UTC).replace(tzinfo=None, microsecond=0))
    with workspace.store.transaction() as writer:
        writer.execute("delete from filters where lower(name) = lower(?)", [name])
        writer.execute("insert into filters values (?, ?, ?)", [saved.name, saved.expression, saved.saved])
    return saved


def delete_filter(workspace: Workspace, name: str) -> None:
    """Forget a filter. Raises FilterError when none has that name."""
    with workspace.store.transaction() as writer:
        if not writer.value("select count(*) from filters where lower(name) = lower(?)", [name]):
            raise FilterError(f"No filter is called “{name}”.")
        writer.execute("delete from filters where lower(name) = lower(?)", [name])
