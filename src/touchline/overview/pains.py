"""Pain points on the map: taken from what was computed last, never computed while a map is asked for."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

from touchline.engine.workspace import Workspace
from touchline.journeys.facade import AmountAtStake, JourneyMap, MapPain, MapPains, MomentHere, PainEvidence
from touchline.overview.wording import counted, day
from touchline.pains.facade import Amount, Pain, Pains, kept_pains
from touchline.ui.numbers import compact_money, percent, signed

if TYPE_CHECKING:
    from collections.abc import Iterator

PER_MONTH = "a month"
GREYED = "a lead, not a cause"
NOT_LOOKED_FOR = "Pain points have not been looked for yet."
NONE_STANDS_OUT = "No pain point stands out."


def pains_on_map(workspace: Workspace) -> MapPains | None:
    """The pain points of all customers, as computed last; None where none were ever looked for."""
    found = kept_pains(workspace)
    return None if found is None else as_on_map(found)


def as_on_map(found: Pains) -> MapPains:
    """Pain points as a map shows them; those that the data no longer support are left out."""
    return MapPains(
        pains=tuple(_on_map(pain) for pain in found.pains if pain.is_supported),
        at_stake=None if found.total is None else _amount(found.total, found.currency),
        why_no_total=found.refusal or found.total_why,
        about=_about(found),
        computed=found.computed.replace(tzinfo=UTC),
        moments=tuple(
            MomentHere(each.touchpoint, each.top_five, each.asymmetry) for each in found.moments if each.is_labelled
        ),
    )


def _about(found: Pains) -> str:
    until = f", from data until {day(found.data_until)}" if found.data_until else ""
    changed = "" if found.is_current else "; data have changed since"
    scope = found.scope[:1].lower() + found.scope[1:]
    return f"Pain points are about {scope}, whatever the map shows; computed {day(found.computed)}{until}{changed}."


def _on_map(pain: Pain) -> MapPain:
    money = pain.money
    return MapPain(
        id=pain.id,
        touchpoint_id=pain.touchpoint,
        name=without_touchpoint(pain),
        customers=pain.sufferers,
        visits=pain.bad_visits,
        of_visits=pain.visits,
        at_stake=None if money is None else _amount(money.amount, money.currency),
        counts_in_total=money is not None and money.is_firm,
        why_no_amount=pain.money_why,
        grade=pain.grade,
        evidence=tuple(_evidence(pain)),
        status=pain.status,
        is_no_loss=money is None and pain.effect is not None and pain.effect.shows_none,
    )


def without_touchpoint(pain: Pain) -> str:
    """What happens, where the touchpoint stands beside it: 'An error was shown' of 'Payment: an error was shown'."""
    happened = pain.headline.removeprefix(f"{pain.touchpoint_name}: ")
    return happened[:1].upper() + happened[1:]


def _evidence(pain: Pain) -> Iterator[PainEvidence]:
    yield PainEvidence(f"{percent(pain.rate.value)} of visits", pain.bad_visits)
    if pain.effect is not None and pain.effect.outcome != "spent":
        yield PainEvidence(f"buying {signed(100 * pain.effect.value, 1)} points", pain.effect.bad_visits)
    if pain.score_gap is not None:
        yield PainEvidence(f"score {signed(pain.score_gap.value)} points", pain.score_gap.answers)
        yield PainEvidence(counted(pain.score_gap.answers, "answer"), pain.score_gap.answers)


def _amount(amount: Amount, currency: str) -> AmountAtStake:
    return AmountAtStake(amount.median, amount.low, amount.high, currency)


def pains_at(journey_map: JourneyMap, touchpoint_id: str) -> tuple[MapPain, ...]:
    """The pains of one touchpoint, the one to act on first before the others."""
    found = journey_map.pains.pains if journey_map.pains else ()
    return tuple(pain for pain in found if pain.touchpoint_id == touchpoint_id)


def moment_at(journey_map: JourneyMap, touchpoint_id: str) -> MomentHere | None:
    """Whether how a touchpoint feels moves what customers do; None where that cannot be told."""
    found = journey_map.pains.moments if journey_map.pains else ()
    return next((moment for moment in found if moment.touchpoint_id == touchpoint_id), None)


def moment_in_words(moment: MomentHere) -> str:
    """Such as 'moment of truth, hygiene (97% sure to be one of the five that move most)'."""
    kind = f", {moment.asymmetry}" if moment.asymmetry else ""
    return f"moment of truth{kind} ({percent(moment.top_five)} sure to be one of the five that move most)"


def amount_in_words(pain: MapPain) -> str:
    """The amount with its interval; only a range for a lead; '' where there is none."""
    stake = pain.at_stake
    if stake is None:
        return ""
    if not pain.counts_in_total:
        return f"{interval_in_words(stake)} {PER_MONTH}, {GREYED}"
    return f"{compact_money(stake.median, stake.currency)} {PER_MONTH} (80% interval {interval_in_words(stake)})"


def interval_in_words(amount: AmountAtStake) -> str:
    """€151k to €224k."""
    return f"{compact_money(amount.low, amount.currency)} to {compact_money(amount.high, amount.currency)}"


def pain_in_words(pain: MapPain) -> str:
    """One pain in one line, for tables, terminals and those who listen."""
    amount = amount_in_words(pain)
    who = counted(pain.customers, "customer")
    return f"{pain.name}: {f'{amount}, ' if amount else ''}{who}, evidence grade {pain.grade}"


def total_in_words(pains: MapPains) -> tuple[str, str]:
    """What all pains together have at stake, and what must be read with it."""
    total = pains.at_stake
    if total is None:
        return "cannot say", pains.why_no_total
    return (
        f"{compact_money(total.median, total.currency)} {PER_MONTH}",
        f"80% interval {interval_in_words(total)}",
    )
