"""Writing the register of gaps down."""

from __future__ import annotations

from collections.abc import Iterable

from touchline.documents.facade import Grid, Said, Section
from touchline.strategy.questions.gaps import Register, RegisterLine
from touchline.strategy.rules.gap import STATES

GAPS_PAGE = "/strategy/gaps"


def gaps_section(found: Register) -> Section:
    """Gaps that are kept, those proposed counted, those no longer supported said first."""
    lost = sum(line.standing.is_supported is False for line in found.kept)
    said = [Said(_how_many(found), GAPS_PAGE)]
    if lost:
        said.append(Said(f"Of those open, {lost} {'is' if lost == 1 else 'are'} no longer supported by the evidence."))
    if found.why:
        said.append(Said(found.why))
    return Section("gaps", "Gaps", said=tuple(said), grid=gap_grid("Open gaps", found.kept) if found.kept else None)


def proposed_section(found: Register) -> Section:
    """Gaps that follow from the data and wait for somebody to decide."""
    rows = tuple((each.place, each.evidence, f"{each.what_is} Should be: {each.should_be}") for each in found.proposed)
    links = tuple(("", each.link, "") for each in found.proposed)
    grid = Grid("Proposed by the data", ("Place", "Evidence", "What is, and what should be"), rows, links)
    none = (Said("Nothing is proposed."),) if not rows else ()
    return Section("proposed", "Proposed", said=none, grid=grid if rows else None)


def gap_grid(caption: str, lines: Iterable[RegisterLine]) -> Grid:
    """One row for each."""
    rows, links = [], []
    for line in lines:
        gap = line.gap
        rows.append(
            (
                f"Gap\N{NO-BREAK SPACE}{gap.number}",
                gap.place or "everywhere",
                gap.owner or "nobody yet",
                gap_words(line),
            )
        )
        links.append((f"{GAPS_PAGE}/{gap.number}", gap.link, "", ""))
    return Grid(caption, ("Gap", "Place", "Owner", "What is, and what should be"), tuple(rows), tuple(links))


def gap_words(line: RegisterLine) -> str:
    """The gap in words, with what became of its evidence and who closes it."""
    gap = line.gap
    parts = [gap.what_is]
    if gap.should_be:
        parts.append(f"Should be: {gap.should_be}")
    if line.standing.is_supported is False:
        parts.append(line.standing.sentence)
    if line.improvement is not None:
        parts.append(f"Improvement {line.improvement.number}: {line.improvement.title}.")
    if gap.state != "kept":
        parts.append(f"{STATES[gap.state]}{f': {gap.reason}' if gap.reason else '.'}")
    return " ".join(parts)


def _how_many(found: Register) -> str:
    proposed = len(found.proposed)
    open_gaps = len(found.kept)
    waiting = f"{proposed} more {'is' if proposed == 1 else 'are'} proposed by the data and not decided yet"
    return f"{open_gaps} {'gap is' if open_gaps == 1 else 'gaps are'} open; {waiting}."
