"""The board pack: audit, gaps, proposals, roadmap and review of a quarter as one document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from touchline.documents.facade import Document
from touchline.formulas.value_for_effort import Priority
from touchline.strategy.questions.gaps import Register
from touchline.strategy.questions.inventory import Inventory
from touchline.strategy.questions.proposals import ProposalLine
from touchline.strategy.questions.review import Review
from touchline.strategy.rules.answers import Answer, Area
from touchline.strategy.rules.roadmap import Roadmap
from touchline.strategy.rules.scorecard import Scorecard, leaving
from touchline.strategy.writing.audit import answers_section, scorecard_section
from touchline.strategy.writing.gaps import gaps_section
from touchline.strategy.writing.proposals import proposals_section
from touchline.strategy.writing.review import review_sections
from touchline.strategy.writing.roadmap import inventory_section, roadmap_section


@dataclass(frozen=True)
class Pack:
    """What the document is made of."""

    workspace: str
    currency: str
    card: Scorecard
    areas: tuple[Area, ...]
    answers: tuple[Answer, ...]
    register: Register
    proposals: tuple[ProposalLine, ...]
    roadmap: Roadmap
    inventory: Inventory
    places: Mapping[str, str]
    review: Review


def written_pack(pack: Pack) -> Document:
    """The document; figures that rest on fewer than ten customers or answers are left out."""
    quarter = pack.review.quarter.name
    until = f" · data until {pack.card.end:%-d %B %Y}" if pack.card.end else ""
    return Document(
        title=f"{pack.workspace}: board pack {quarter}",
        sentence=_summary(pack),
        grade="",
        wording="",
        about=f"Board pack {quarter}{until}",
        sections=(
            scorecard_section(leaving(pack.card)),
            answers_section(pack.areas, pack.answers),
            gaps_section(pack.register),
            proposals_section(pack.proposals),
            roadmap_section(pack.roadmap),
            inventory_section(pack.inventory, pack.places, pack.currency),
            *review_sections(pack.review),
        ),
    )


def _summary(pack: Pack) -> str:
    """The whole in three sentences."""
    measured = sum(each.felt is not None for each in leaving(pack.card).lines)
    touchpoints = f"{measured} of {len(pack.card.lines)} touchpoints have an experience score."
    kept = len(pack.register.kept)
    gaps = f"{kept} {'gap is' if kept == 1 else 'gaps are'} open, {len(pack.register.proposed)} more are proposed."
    first = next((each for each in pack.proposals if isinstance(each.priority, Priority)), None)
    proposal = (
        f"First in the order of proposals: {first.improvement.title}." if first else "No proposal can be ranked yet."
    )
    over = [plan.quarter.name for plan in pack.roadmap.quarters if plan.is_overloaded]
    load = f"More is planned than teams have in {', '.join(over)}." if over else ""
    return " ".join(filter(None, (pack.card.why or touchpoints, gaps, proposal, load)))
