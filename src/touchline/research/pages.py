"""What research lends to the pages of others: the form of a note. Apart from the facade, for forms take long to import."""

from __future__ import annotations

from touchline.research.forms import NoteForm

__all__ = ["NoteForm"]
