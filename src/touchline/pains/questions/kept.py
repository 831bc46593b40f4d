"""What was computed before."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from touchline.engine.store import Store
from touchline.pains.rules.kept import Earlier, Run
from touchline.pains.rules.pain import Pain

RUN = "select version, result from pain_runs where asked = $asked"
CLAIMS = "select pain, first_seen, was_loss, result from pain_claims where asked = $asked order by pain"


@dataclass(frozen=True)
class KeptRun:
    """A computation with the version of the data it was made of."""

    version: str
    run: Run


def kept_run(store: Store, asked: str) -> KeptRun | None:
    """The latest computation of a scope; None where there is none, or it was kept by another Touchline."""
    row = store.row(RUN, {"asked": asked})
    if row is None:
        return None
    try:
        run = msgspec.json.decode(row[1], type=Run)
    except msgspec.ValidationError:
        return None
    return KeptRun(row[0], run)


def earlier_claims(store: Store, asked: str) -> dict[str, Earlier]:
    """Every pain found before in a scope, by id."""
    found = {}
    for id_, first_seen, was_loss, result in store.rows(CLAIMS, {"asked": asked}):
        try:
            found[id_] = Earlier(msgspec.json.decode(result, type=Pain), first_seen, was_loss)
        except msgspec.ValidationError:
            continue
    return found
