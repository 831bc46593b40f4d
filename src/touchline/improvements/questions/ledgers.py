"""The ledger: every launched improvement, promised beside realised."""

from __future__ import annotations

from collections import Counter

from touchline.engine.workspace import Workspace
from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.forecast_ledger import Kept, calibration, is_inside, shrunk_sum
from touchline.formulas.money_at_stake import amount_of
from touchline.improvements.questions.kept import improvements, launch_of
from touchline.improvements.questions.verdicts import verdict_of
from touchline.improvements.rules.improvement import Improvement
from touchline.improvements.rules.launch import Launch
from touchline.improvements.rules.ledger import Ledger, LedgerRow
from touchline.improvements.rules.verdict import Verdict


def ledger_of(workspace: Workspace) -> Ledger:
    """All launched improvements, the latest first; sums in the currency of most of them."""
    launched = [(each, launch_of(workspace, each.number)) for each in improvements(workspace)]
    rows = [_row(each, launch, verdict_of(workspace, each)) for each, launch in launched if launch is not None]
    currency = _currency(rows)
    kept = [
        Kept(row.promised, row.realised)
        for row in rows
        if row.counts and row.promised and row.realised and row.verdict.currency == currency
    ]
    realised = shrunk_sum(kept)
    return Ledger(
        rows=tuple(sorted(rows, key=lambda row: row.launch.day, reverse=True)),
        currency=currency,
        calibration=calibration(kept),
        realised_a_month=realised,
        promised_a_month=None
        if isinstance(realised, CannotSay)
        else amount_of(sum((each.promised.draws for each in kept[1:]), kept[0].promised.draws)),
        counted=len(kept),
    )


def _row(improvement: Improvement, launch: Launch, verdict: Verdict) -> LedgerRow:
    promised, realised = launch.promised, verdict.realised
    counts = promised is not None and realised is not None and verdict.money_may_be_summed
    inside = is_inside(Kept(promised, realised)) if promised and realised else None
    return LedgerRow(improvement, launch, verdict, promised, realised, inside, counts)


def _currency(rows: list[LedgerRow]) -> str:
    found = Counter(row.verdict.currency for row in rows if row.counts)
    return found.most_common(1)[0][0] if found else ""
