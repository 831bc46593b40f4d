"""Pain points in the terminal."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from touchline.pains.rules.pain import FAILED, PASSED, Check, Pain, Pains
from touchline.pains.terminal_scores import print_scores
from touchline.pains.wording import (
    GROUPS_NOTE,
    amount_span,
    counted,
    effect_span,
    group_words,
    outcome_words,
    share_span,
)
from touchline.ui.numbers import compact_money, moment, percent, signed, whole

MOST_ROWS = 15
"""More are in --json and on the page; what stands lowest is nothing to begin with."""
_MARKS = {PASSED: ("passed", "green"), FAILED: ("failed", "red")}


def print_pains(console: Console, pains: Pains) -> None:
    """Print the ranked table with what it rests on."""
    if pains.refusal:
        console.print(Text(pains.refusal))
        return
    console.print(
        Text(
            f"{pains.scope}. {counted(pains.visits, 'visit')} of {counted(pains.customers, 'customer')}, "
            f"{whole(pains.looked_at)} pairs of touchpoint and symptom looked at."
        )
    )
    if not pains.pains:
        console.print(Text("No pain point stands out."))
    else:
        _print_table(console, pains)
    if pains.total is not None:
        total = compact_money(pains.total.median, pains.currency)
        console.print(
            Text(
                f"Together {total} a month ({amount_span(pains.total, pains.currency)}), by a model that counts nothing twice."
            )
        )
    elif pains.total_why:
        console.print(Text(f"No total: {pains.total_why}"))
    for note in pains.notes:
        console.print(Text(note))
    if pains.assumptions:
        console.print(
            Text("Amounts rest on: " + " ".join(pains.assumptions) + " Change them with touchline value --set.", "dim")
        )
    if not pains.is_current:
        console.print(Text("Data have changed since this was computed."))
    print_scores(console, pains)
    if pains.pains:
        console.print(Text(f"\nMore about one: {pains.pains[0].claim.query}", "dim"))


def _print_table(console: Console, pains: Pains) -> None:
    table = Table(box=None, pad_edge=False)
    for heading, justify in (
        ("Pain", "left"),
        ("Who it hits", "right"),
        ("At stake a month", "right"),
        ("Evidence", "left"),
    ):
        table.add_column(heading, justify="right" if justify == "right" else "left")
    table.add_column("Grade")
    for pain in pains.pains[:MOST_ROWS]:
        style = "" if pain.is_supported and pain.money is not None and pain.money.is_firm else "dim"
        table.add_row(pain.headline, _who(pain), _stake(pain), _evidence(pain), _grade(pain), style=style)
    console.print(table)
    if len(pains.pains) > MOST_ROWS:
        console.print(Text(f"… and {len(pains.pains) - MOST_ROWS} more: touchline pains --json", "dim"))
    console.print(
        Text(
            "Grade C: after adjustment, if causal. D: a lead, not a cause, in grey and in no total. 80% intervals of amounts.",
            "dim",
        )
    )


def print_pain(console: Console, pain: Pain, pains: Pains) -> None:
    """Print one pain with its three rows of evidence, its checks and its protocol."""
    console.print(Text(pain.headline, "bold"))
    console.print(Text(pain.claim_sentence))
    if not pain.is_supported:
        console.print(Text(f"No longer supported: {pain.status_why}"))
    _heading(console, "How many")
    console.print(
        Text(
            f"{counted(pain.bad_visits, 'bad visit')} of {whole(pain.visits)} ({percent(pain.rate.value, 1)}, 95% interval "
            f"{share_span(pain.rate)}), {whole(pain.bad_visits_a_month)} a month; {counted(pain.sufferers, 'customer')} of "
            f"{whole(pain.customers)}. Elsewhere: {percent(pain.baseline.value, 1)} of {whole(pain.baseline.of)} visits."
        )
    )
    _heading(console, "Who suffers")
    _print_groups(console, pain)
    _heading(console, "How bad")
    console.print(Text(_gap(pain)))
    _heading(console, "What it costs")
    console.print(Text(_cost(pain)))
    for sentence in pains.assumptions if pain.money is not None else ():
        console.print(Text(sentence, "dim"))
    if pain.intervened:
        console.print(
            Text("Bad visits are followed by refunds or follow-up cases more often: the effect is that of both.")
        )
    _heading(console, f"Checks (grade {pain.grade}: {pain.wording})")
    for check in pain.checks:
        console.print(_check(check))
    _heading(console, "How this was computed")
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column(no_wrap=True)
    table.add_column()
    for row in pain.protocol:
        table.add_row(row.element, row.rule)
    console.print(table)
    console.print(
        Text(
            f"Computed {moment(pain.claim.computed)} from data until {moment(pain.claim.data_until)}; "
            f"known since {moment(pain.first_seen)}.",
            "dim",
        )
    )


def _print_groups(console: Console, pain: Pain) -> None:
    for group in pain.who:
        console.print(Text(group_words(group)))
    console.print(Text(GROUPS_NOTE, "dim") if pain.who else Text(pain.who_why))


def _who(pain: Pain) -> str:
    return f"{counted(pain.sufferers, 'customer')}, {percent(pain.rate.value, 1)} of visits"


def _stake(pain: Pain) -> str:
    if pain.money is None:
        return "no loss seen" if pain.effect is not None and pain.effect.shows_none else "cannot say"
    money = pain.money
    span = amount_span(money.amount, money.currency)
    return f"{compact_money(money.amount.median, money.currency)} ({span})" if money.is_firm else span


def _evidence(pain: Pain) -> str:
    shown = [f"score {signed(pain.score_gap.value)} points"] if pain.score_gap is not None else []
    if pain.effect is not None:
        shown.append(f"reorder {signed(100 * pain.effect.value, 1)} points")
    return ", ".join(shown) or "share of visits"


def _grade(pain: Pain) -> str:
    return pain.grade if pain.is_supported else f"{pain.grade}, no longer supported"


def _gap(pain: Pain) -> str:
    gap = pain.score_gap
    if gap is None:
        return pain.score_gap_why
    return (
        f"Sufferers score {signed(gap.value)} points on ±100 against others at the same touchpoint ({signed(gap.low)} to "
        f"{signed(gap.high)}; {gap.answers} and {gap.others} answers)."
    )


def _cost(pain: Pain) -> str:
    effect = pain.effect
    if effect is None:
        return pain.effect_why
    told = (
        f"{signed(100 * effect.value, 1)} points of those who {outcome_words(effect.outcome, effect.window_days)} "
        f"({effect_span(effect)}); plainly compared {signed(100 * effect.naive, 1)} points. "
    )
    if pain.money is None:
        return told + pain.money_why
    return (
        told
        + f"{_stake(pain)} a month at {compact_money(pain.money.value_of_one, pain.money.currency)} an order regained."
    )


def _check(check: Check) -> Text:
    word, style = _MARKS.get(check.state, ("not done", "dim"))
    line = Text()
    line.append(f"{word:8}", style)
    line.append(f" {check.title}: ", "bold")
    line.append(check.sentence)
    return line


def _heading(console: Console, text: str) -> None:
    console.print()
    console.print(Text(text, "bold"))
