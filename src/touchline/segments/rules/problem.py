"""What is wrong with a filter, in a sentence that says where."""

from __future__ import annotations


class FilterError(ValueError):
    """A filter or scope cannot be read as written; the message is a sentence for the user."""

    def __init__(self, sentence: str, column: int | None = None) -> None:
        super().__init__(sentence if column is None else f"Column {column}: {sentence}")
        self.column = column
        """Where in the expression, counted from 1; None where the whole of it is meant."""
