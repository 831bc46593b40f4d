"""What the numbers on identities mean, in people's words: the page, the terminal and the files say the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from touchline.customers.questions.accounts import Membership
from touchline.customers.rules.quality import Audit, Figure, Headline, IdentityQuality, RefusedIdentifier, Via
from touchline.customers.rules.timeline import TYPE_NAMES
from touchline.events.facade import UNDATED, source_title
from touchline.formulas.identity_error import OverallError
from touchline.formulas.proportion import Proportion
from touchline.ui.numbers import CANNOT_SAY, decimal, percent, whole

SHARED = {"shared order_id": "one order for both", "shared case_id": "one case for both"}


@dataclass(frozen=True)
class HeadlineWords:
    """A headline ready to be shown."""

    name: str
    tells: str
    now: str
    strong_only: str
    differs: bool


def rule_words(rule: str) -> str:
    """'user id and e-mail address on one row' for 'user_id and email'."""
    if rule in SHARED:
        return SHARED[rule]
    return f"{' and '.join(TYPE_NAMES.get(type_, type_) for type_ in rule.split(' and '))} on one row"


def error_words(error: Proportion) -> str:
    """'1.0% (0.2–5.4%), 1 of 100'; 'cannot say' with fewer than five pairs."""
    if error.value is None:
        return f"{CANNOT_SAY}: {pairs_words(error.of)} judged"
    return f"{_range(error.value, error.low, error.high)}, {error.count} of {whole(error.of)}"


def overall_words(overall: OverallError) -> str:
    """The error over all rules in a sentence."""
    if overall.value is None:
        return f"Cannot say yet how many joins are wrong: {pairs_words(overall.judged)} judged, at least 5 are needed."
    told = f"{_range(overall.value, overall.low, overall.high)} of the joins are wrong, from {pairs_words(overall.judged)}."
    if overall.covered is not None and overall.covered < 1:
        told += f" Nothing was judged yet of rules that made {percent(1 - overall.covered)} of the joins."
    return told


def pairs_words(pairs: int) -> str:
    """'1 pair', '200 pairs'."""
    return f"{whole(pairs)} pair{'' if pairs == 1 else 's'}"


def queue_words(audit: Audit) -> str:
    """How far this month's audit is."""
    if not audit.sampled:
        return "No two names were joined yet, so there is nothing to judge."
    return f"{audit.judged} of {pairs_words(audit.sampled)} of {month_words(audit.month)} are judged."


def month_words(month: str) -> str:
    """'March 2026' for '2026-03'."""
    return f"{date.fromisoformat(f'{month}-01'):%B %Y}"


def fact_words(value: str) -> str:
    """A fact's value; yes and no for what files call true and false."""
    return {"True": "yes", "False": "no"}.get(value, value)


def via_words(link: Via) -> str:
    """'a@example.org and +4930123: e-mail address and phone number on one row · Shopify customers · 9 Oct 2026'."""
    told = f"{link.a_value} and {link.b_value}: {reason_words(link.reason)} · {source_title(link.source)}"
    if link.time.date() != UNDATED.date():
        told += f" · {link.time.day} {link.time:%b %Y}"
    return told if link.active else f"{told} · taken back"


def reason_words(reason: str) -> str:
    """'e-mail address and browser or device on one row' for what links say of types; other reasons as they are."""
    types = reason.removesuffix(" on one row")
    return rule_words(types) if types != reason else reason


def membership_words(member: Membership) -> str:
    """Why somebody belongs to an account: 'Account Joined · Segment calls'."""
    return (
        "company in the profile" if member.source == "profile" else f"{member.reason} · {source_title(member.source)}"
    )


def refused_words(each: RefusedIdentifier) -> str:
    """'e-mail address office@example.org'."""
    return f"{TYPE_NAMES.get(each.type, each.type)} {each.value}"


def headline_words(headlines: tuple[Headline, ...]) -> Iterator[HeadlineWords]:
    """Each headline with its figures, intervals included."""
    for each in headlines:
        now, alone = _figure(each.now), _figure(each.strong_only)
        yield HeadlineWords(each.name, each.tells, now, alone, now != alone)


def summary(quality: IdentityQuality) -> str:
    """How many customers the identifiers are, in one sentence."""
    undone = f", {whole(quality.undone)} of them taken back" if quality.undone else ""
    return (
        f"{whole(quality.identifiers)} identifiers are {whole(quality.customers)} customers, "
        f"by {whole(quality.links)} links{undone}."
    )


def _figure(figure: Figure) -> str:
    if figure.value is None:
        return CANNOT_SAY
    if figure.unit == "count":
        return whole(figure.value)
    if figure.unit == "mean":
        told = f"{decimal(figure.value, 2)} ({decimal(figure.low, 2)}–{decimal(figure.high, 2)})"
    else:
        told = _range(figure.value, figure.low, figure.high)
    return f"{told}, n = {whole(figure.n)}"


def _range(value: float, low: float | None, high: float | None) -> str:
    return f"{percent(value, 1)} ({percent(low, 1).removesuffix('%')}–{percent(high, 1)})"
