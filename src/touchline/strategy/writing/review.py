"""Writing the review of a quarter down."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from touchline.documents.facade import Grid, Said, Section
from touchline.formulas.money_at_stake import Amount
from touchline.improvements.facade import Improvement, LedgerRow
from touchline.strategy.questions.review import Review
from touchline.strategy.writing.gaps import gap_grid
from touchline.ui.numbers import compact_money


def review_sections(found: Review) -> Iterator[Section]:
    """What happened, what is due, how experience moved, what was decided."""
    quarter = found.quarter.name
    yield _launches(found)
    yield _reviews(found)
    yield Section(
        "gaps-moved",
        f"Gaps opened and closed in {quarter}",
        said=(Said(f"{len(found.opened)} opened, {len(found.ended)} closed.", "/strategy/gaps"),),
        grid=gap_grid("Opened or closed", (*found.opened, *(each for each in found.ended if each not in found.opened)))
        if found.opened or found.ended
        else None,
    )
    yield _then_and_now(found)
    yield Section(
        "decisions",
        f"Decided in {quarter}",
        said=() if found.decisions else (Said("No decision is written down."),),
        points=tuple(
            f"{each.day:%-d %B %Y}{f', {each.who}' if each.who else ''}: {each.text}" for each in found.decisions
        ),
    )


def _launches(found: Review) -> Section:
    quarter = found.quarter.name
    said = [
        Said(f"{row.improvement.title}: launched for {row.launch.words}.", f"/improvements/{row.improvement.number}")
        for row in found.launched
    ]
    none = f"Nothing was launched in {quarter}." if not said else ""
    unread = "" if found.read else f"No verdict was to be read in {quarter}."
    said += [Said(each) for each in (none, unread) if each]
    return Section(
        "launches",
        f"Launched and read in {quarter}",
        said=tuple(said),
        grid=_ledger(found.read) if found.read else None,
    )


def _ledger(rows: Iterable[LedgerRow]) -> Grid:
    cells, links = [], []
    for row in rows:
        promised = _money(row.promised, row.launch.promised_currency) or "nothing"
        realised = _money(row.realised, row.verdict.currency) or "no amount"
        cells.append((row.improvement.title, promised, realised, f"{row.verdict.heading}. {row.verdict.sentence}"))
        page = f"/improvements/{row.improvement.number}#verdict"
        links.append((page, "/improvements/ledger", "/improvements/ledger", page))
    columns = ("Improvement", "Promised a month", "Realised a month", "Verdict")
    return Grid("Promised beside realised, medians with 80% intervals", columns, tuple(cells), tuple(links))


def _money(amount: Amount | None, currency: str) -> str:
    if amount is None:
        return ""
    low, middle, high = (compact_money(each, currency) for each in (amount.low, amount.median, amount.high))
    return f"{middle} ({low} to {high})"


def _reviews(found: Review) -> Section:
    said = [_review(each, "Overdue") for each in found.overdue] + [_review(each, "Due") for each in found.due]
    return Section("reviews", "Reviews", said=tuple(said) or (Said("No review of an improvement is due or overdue."),))


def _review(each: Improvement, word: str) -> Said:
    on = f"{each.next_review:%-d %B %Y}" if each.next_review else ""
    return Said(f"{word}: {each.title}, on {on}, {each.owner or 'nobody yet'}.", f"/improvements/{each.number}")


def _then_and_now(found: Review) -> Section:
    title = "Scorecard then and since"
    if found.then is None:
        return Section("then", title, said=(Said(found.moved_why, "/strategy#close"),))
    audit = found.then
    by = f" by {audit.who}" if audit.who else ""
    said = [Said(f"Compared with audit {audit.number}, closed on {audit.closed:%-d %B %Y}{by}.", "/strategy#audits")]
    if found.moved_why:
        said.append(Said(found.moved_why))
    else:
        said.append(Said("Only days after those that the audit measured; what may be chance is called noise."))
    rows = tuple((each.name, each.then, each.since, each.sentence) for each in found.moved)
    links = tuple(
        (f"/?touchpoint={each.touchpoint}", "", f"/?touchpoint={each.touchpoint}", "") for each in found.moved
    )
    grid = Grid("Experience by touchpoint", ("Touchpoint", "Then", "Since", "Change"), rows, links) if rows else None
    return Section("then", title, said=tuple(said), points=found.answers_moved, grid=grid)
