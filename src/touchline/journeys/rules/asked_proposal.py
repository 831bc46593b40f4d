"""What a user asks of a proposal, read from the texts of a form or of a command."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from touchline.journeys.rules.proposal import USUAL_STAGES, Pin, ProposalError


@dataclass(frozen=True)
class AskedProposal:
    """What was filled in on the page of a proposal."""

    stages: int = USUAL_STAGES
    pins: Mapping[str, Pin] = field(default_factory=dict)
    touchpoint_names: Mapping[str, str] = field(default_factory=dict)
    stage_names: Mapping[int, str] = field(default_factory=dict)
    """Those that were changed, by number from 1."""


LONGEST_NAME = 60


def read_proposal(filled: Mapping[str, str]) -> AskedProposal:
    """Read the page of a proposal: stages, pin-ID, place-ID, name-ID, stage-N beside was-N. Raises ProposalError."""
    pins, names, stage_names = {}, {}, {}
    for key, text in filled.items():
        kind, _, rest = key.partition("-")
        if kind == "pin" and text.strip():
            place = filled.get(f"place-{rest}", "").strip()
            pins[rest] = Pin(_whole(text, "The stage to keep"), _whole(place, "The place in a stage") if place else 0)
        elif kind == "name" and text.strip():
            names[rest] = _short(text)
        elif kind == "stage" and rest.isdigit() and text.strip() and text.strip() != filled.get(f"was-{rest}", ""):
            stage_names[int(rest)] = _short(text)
    return AskedProposal(_whole(filled.get("stages", str(USUAL_STAGES)), "Stages"), pins, names, stage_names)


def _whole(text: str, what: str) -> int:
    if not text.strip().isdecimal() or not 1 <= int(text) <= 999:
        raise ProposalError(f"{what} is “{text}”; expected a whole number from 1.")
    return int(text)


def _short(text: str) -> str:
    if len(text.strip()) > LONGEST_NAME:
        raise ProposalError(f"The name “{text.strip()[:20]}…” has {len(text.strip())} characters; expected at most 60.")
    return text.strip()
