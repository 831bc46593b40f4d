"""The backlog and the ledger in a terminal."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.money_at_stake import Amount
from touchline.improvements.questions.backlog import Line
from touchline.improvements.rules.improvement import STATUSES
from touchline.improvements.rules.ledger import Ledger
from touchline.improvements.writing import amount_words, realised_words
from touchline.ui.numbers import compact_money, percent

INDENT = (0, 0, 0, 2)


def print_backlog(console: Console, lines: Iterable[Line]) -> None:
    """One block for each improvement, the most promising first."""
    for line in lines:
        each = line.improvement
        console.print(Text(f"{each.number}. {each.title}", "bold"))
        promised = line.promised
        money = (
            f"promises {compact_money(promised.median, line.currency)} a month, {amount_words(promised, line.currency)}"
            if isinstance(promised, Amount)
            else promised.sentence
        )
        review = f"next review {each.next_review:%-d %b %Y}" if each.next_review else "no review set"
        about = f"{STATUSES[each.status]}; {each.owner or 'nobody'} looks after it; {review}"
        console.print(Padding(Text(f"{money}\n{about}"), INDENT))


def print_ledger(console: Console, ledger: Ledger) -> None:
    """Promised beside realised."""
    for row in ledger.rows:
        console.print(Text(f"{row.improvement.number}. {row.improvement.title}", "bold"))
        promised = _money(row.promised, row.launch.promised_currency, "nothing was promised")
        realised = realised_words(row.verdict) or row.verdict.money_sentence or "not read yet"
        console.print(
            Padding(Text(f"{row.verdict.heading}\npromised a month: {promised}\nrealised a month: {realised}"), INDENT)
        )
    known = ledger.calibration
    if isinstance(known, CannotSay):
        console.print(Text(known.sentence))
    else:
        console.print(
            Text(
                f"{known.count} of {known.of} realised amounts lie within the promised 80% interval "
                f"({percent(known.value)}, 95% interval {percent(known.low)} to {percent(known.high)})."
            )
        )
    total = ledger.realised_a_month
    if isinstance(total, CannotSay):
        console.print(Text(total.sentence))
    else:
        console.print(Text(f"Realised a month, each amount shrunk first: {_money(total, ledger.currency, '')}."))


def _money(amount: Amount | None, currency: str, otherwise: str) -> str:
    if amount is None:
        return otherwise
    return f"{compact_money(amount.median, currency)}, {amount_words(amount, currency)}"
