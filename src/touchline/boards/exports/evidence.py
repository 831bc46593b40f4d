"""The line under every exported answer: what it rests on and until when."""

from __future__ import annotations

from touchline.boards.answers import AnsweredCard


def evidence_line(answered: AnsweredCard) -> str:
    """Say whom the answer is about, how far the data reach, and that small figures stay at home."""
    until = f" Data until {answered.data_until:%-d %B %Y}." if answered.data_until else ""
    about = f"{answered.words}." if answered.words else answered.problem
    return f"{about}{until} Measured with Touchline; figures that rest on fewer than ten people are left out."
