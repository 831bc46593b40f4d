"""How a step matrix is shown."""

from __future__ import annotations

from touchline.analyses.kinds.step_matrix.answer import MatrixRow, StepMatrixAnswer
from touchline.analyses.rules.path_words import NOT_BEGUN, OVER, cautions, nobody, reach_figures
from touchline.analyses.rules.presentation import Column, Figure, Heat, Presentation, Row, Table
from touchline.ui.numbers import percent, signed


def present(answer: StepMatrixAnswer) -> Presentation:
    """A sentence, the matrix as a heat map and as a table, and the most frequent step of each place with its interval."""
    seen = answer.seen
    if not answer.rows:
        return Presentation(nobody(seen), reach_figures(seen, answer.folded))
    return Presentation(
        _sentence(answer),
        (*reach_figures(seen, answer.folded), *_under_way(answer)),
        (_heat(answer),),
        (_matrix(answer), _leading(answer)),
        cautions(seen, answer.folded),
    )


def place_names(answer: StepMatrixAnswer) -> tuple[str, ...]:
    """−2, −1, 0, +1, +2 around an anchor; 1, 2, 3 from the beginning."""
    return tuple(signed(place) if answer.seen.anchor else str(place) for place in answer.places)


def title(answer: StepMatrixAnswer) -> str:
    """What the matrix shows."""
    if answer.seen.anchor:
        return f"Where {answer.seen.journeys} are before and after {answer.seen.anchor}"
    return f"Where {answer.seen.journeys} are, step by step"


def _sentence(answer: StepMatrixAnswer) -> str:
    seen = answer.seen
    said = seen.counted(answer.customers)
    place = answer.places.index(1)
    row = max(answer.rows, key=lambda each: each.shares[place].value or 0.0)
    share = row.shares[place].value
    if share is None:
        return f"{said}: too few {seen.units} to say where they are."
    where = {OVER: "the end of the journey"}.get(row.name, row.name)
    if seen.anchor:
        return f"{said} have {seen.anchor}. What comes next most often is {where}: {percent(share, 1)}."
    return f"{said}. They begin most often with {where}: {percent(share, 1)}."


def _under_way(answer: StepMatrixAnswer) -> tuple[Figure, ...]:
    over = next((row.shares[-1] for row in answer.rows if row.name == OVER), None)
    if over is None or over.value is None or over.low is None or over.high is None:
        return ()
    name = f"Still under way at step {place_names(answer)[-1]}"
    return (Figure("under-way", name, 1 - over.value, "share", over.clusters, 1 - over.high, 1 - over.low),)


def _heat(answer: StepMatrixAnswer) -> Heat:
    return Heat(
        "step-matrix",
        title(answer),
        tuple(row.name for row in answer.rows),
        place_names(answer),
        tuple(tuple(share.value for share in row.shares) for row in answer.rows),
        "share",
        "matrix",
        provisional=_provisional(answer),
        n=tuple(row.customers for row in answer.rows),
    )


def _provisional(answer: StepMatrixAnswer) -> tuple[tuple[int, int], ...]:
    """Cells that say a journey is over, while it may not be."""
    if not answer.seen.may_go_on:
        return ()
    return tuple(
        (at, place)
        for at, row in enumerate(answer.rows)
        if row.name == OVER
        for place, share in enumerate(row.shares)
        if share.count
    )


def _matrix(answer: StepMatrixAnswer) -> Table:
    columns = (Column("Step"), *(Column(name, "share") for name in place_names(answer)))
    rows = tuple(
        Row(
            (row.name, *(share.value for share in row.shares)),
            row.customers,
            is_provisional=row.name == OVER and answer.seen.may_go_on > 0,
        )
        for row in answer.rows
    )
    ends = [name for name in (NOT_BEGUN, OVER) if any(row.name == name for row in answer.rows)]
    note = {
        (NOT_BEGUN, OVER): "(start): not begun yet; (end): over already.",
        (NOT_BEGUN,): "(start): not begun yet.",
        (OVER,): "(end): over already.",
    }.get(tuple(ends), "")
    return Table("matrix", title(answer), columns, rows, f"Every column adds up to 100%. {note}".strip())


def _leading(answer: StepMatrixAnswer) -> Table:
    columns = (
        Column("Step"),
        Column("Most are at"),
        Column("Share", "share"),
        Column("low", "share"),
        Column("high", "share"),
    )
    rows = []
    for place, name in enumerate(place_names(answer)):
        if answer.places[place] == 0:
            continue

        def share_there(row: MatrixRow, place: int = place) -> float:
            return row.shares[place].value or 0.0

        row = max(answer.rows, key=share_there)
        share = row.shares[place]
        rows.append(Row((name, row.name, share.value, share.low, share.high), n=answer.customers))
    return Table("leading", "Where most are at each step", columns, tuple(rows))
