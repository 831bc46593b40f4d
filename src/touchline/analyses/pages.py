"""What analyses lend to the pages of others: a presentation written out for the template analyses/_answer.html."""

from __future__ import annotations

from touchline.analyses.page import Shown, shown_part

__all__ = ["Shown", "shown_part"]
