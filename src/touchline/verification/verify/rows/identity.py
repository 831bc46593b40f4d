"""Row 1: who is who in a crowd with family browsers, one at the counter, several mailboxes and a placeholder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from touchline.customers.facade import audit_of, pairs_to_judge, resolve
from touchline.engine.workspace import Settings, Workspace, create_workspace
from touchline.events.facade import import_files
from touchline.formulas.identity_error import PAIRS_A_MONTH, Judged, overall_error
from touchline.journeys.facade import DEFAULT_JOURNEY_TOML
from touchline.verification.verify.line import Line, share_line, value_line
from touchline.verification.verify.row import Row
from touchline.verification.verify.trial import Trial
from touchline.world.planted.crowd import PEOPLE, Crowd, make_crowd, write_crowd

Whole = NDArray[np.int64]

LEAST_PRECISION = 0.985
MOST_EVENTS = 25
QUICK_PEOPLE = 1_500
EVENTS = """
    with named as (
      select distinct identities.customer
      from identities join identifiers using (identifier)
      where identifiers.type <> 'anonymous_id'
    )
    select events.line, identities.customer, named.customer is not null
    from events
    join identities on identities.identifier = events.who
    left join named on named.customer = identities.customer
    where identities.customer >= 0
"""
JOINED = """
    select distinct a.type, a.value, b.type, b.value
    from links
    join identifiers a on a.identifier = links.a
    join identifiers b on b.identifier = links.b
    join identities ia on ia.identifier = links.a
    join identities ib on ib.identifier = links.b and ib.customer = ia.customer
    where links.active and ia.customer >= 0
"""


@dataclass(frozen=True)
class Seen:
    """What one crowd came out as."""

    precision: float
    """Of pairs of events within customers who have a name: a browser that a family shares stays a visitor of its own."""
    with_browsers: float
    """The same with browsers nobody could be found for."""
    recall: float
    largest: int
    audit_holds: bool


def look(trial: Trial) -> Seen:
    """Import the crowd; compare pairs of events of one customer; judge the month's sample as somebody who knows would."""
    crowd = make_crowd(trial.seed, QUICK_PEOPLE if trial.is_quick else PEOPLE)
    path = trial.folder / "calls.jsonl"
    write_crowd(crowd, path)
    workspace = create_workspace(trial.folder / "crowd", Settings("Crowd", "UTC", "EUR"), DEFAULT_JOURNEY_TOML)
    try:
        import_files(workspace, [path], accept_proposals=True)
        resolve(workspace)
        return _seen(workspace, crowd)
    finally:
        workspace.close()


def _seen(workspace: Workspace, crowd: Crowd) -> Seen:
    rows = np.array(workspace.store.rows(EVENTS), dtype=np.int64)
    person, customer = crowd.person[rows[:, 0] - 1], rows[:, 1]
    named = rows[:, 2] == 1
    return Seen(
        precision=_right(customer[named], person[named]),
        with_browsers=_right(customer, person),
        recall=_both(customer, person) / _pairs(crowd.person),
        largest=int(np.unique(customer, return_counts=True)[1].max()),
        audit_holds=_audit_holds(workspace, crowd),
    )


def _right(customer: Whole, person: Whole) -> float:
    """Share of pairs within a customer that are pairs of one person."""
    return _both(customer, person) / max(_pairs(customer), 1)


def _both(customer: Whole, person: Whole) -> int:
    return _pairs(customer * (person.max() + 1) + person)


def _pairs(groups: Whole) -> int:
    sizes = np.unique(groups, return_counts=True)[1]
    return int((sizes * (sizes - 1) // 2).sum())


def _audit_holds(workspace: Workspace, crowd: Crowd) -> bool:
    """Whether the interval of the audit holds the true share of wrong joins."""
    joined = workspace.store.rows(JOINED)
    wrong = sum(not _same(crowd, *pair) for pair in joined) / len(joined)
    said: dict[str, list[bool]] = {}
    for pair in pairs_to_judge(workspace, limit=PAIRS_A_MONTH):
        said.setdefault(pair.rule, []).append(_same(crowd, pair.a.type, pair.a.value, pair.b.type, pair.b.value))
    rules = {rule.rule: rule.pairs for rule in audit_of(workspace).rules}
    found = overall_error(
        [Judged(rules[rule], sum(same), len(same) - sum(same), 0) for rule, same in sorted(said.items())]
    )
    return found.low is not None and found.high is not None and found.low <= wrong <= found.high


def _same(crowd: Crowd, a_type: str, a: str, b_type: str, b: str) -> bool:
    owner = crowd.owner(a_type, a)
    return owner is not None and owner == crowd.owner(b_type, b)


def judge(seen: Sequence[Seen]) -> list[Line]:
    """Precision, recall for the reader, the largest, the audit."""
    return [
        value_line("pairs that are right", [each.precision for each in seen], LEAST_PRECISION, np.inf, planted="1"),
        value_line("events of the largest", [float(each.largest) for each in seen], -np.inf, MOST_EVENTS, digits=0),
        share_line("audit holds the truth", [each.audit_holds for each in seen], [1] * len(seen), least=0.95),
    ]


ROW = Row(1, "identity", look, judge)
