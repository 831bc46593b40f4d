"""Proposing how a table nobody has seen before is to be read: the mapping, how sure each part of it is, and why."""

from __future__ import annotations

from collections.abc import Mapping as MappingOf
from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa

from touchline.engine.workspace import Settings
from touchline.events.mapping.choosing import choose
from touchline.events.mapping.deciding import decide_mapping
from touchline.events.mapping.evidence import Candidate, candidate
from touchline.events.mapping.roles import CUSTOMER_ROLES, ROLES, Mapping, MappingError
from touchline.events.mapping.sample import Sample
from touchline.events.mapping.statements import problem_of, statements_of

SAMPLE_ROWS = 2000
"""Rows a proposal looks at; readers give it the first ones."""

_CASE_FOR_CUSTOMER = 0.7
"""How far a case may stand in for a customer: one customer can have several."""
_NOBODY = 0.2
"""Confidence in a file that seems to name no customer: perhaps a column was not recognised."""


@dataclass(frozen=True)
class RoleProposal:
    """Which column has one role, and how sure that is."""

    role: str
    """A key of roles.ROLES."""
    title: str
    column: str
    """Header; empty where a constant stands in for a column."""
    constant: str
    confidence: float
    """0 to 1."""
    reason: str
    samples: tuple[str, ...]
    """Up to three cells."""


@dataclass(frozen=True)
class MappingProposal:
    """What the file seems to be. The user sees it, corrects any role, and the mapping is remembered for its header."""

    mapping: Mapping
    roles: tuple[RoleProposal, ...]
    columns: tuple[str, ...]
    samples: MappingOf[str, tuple[str, ...]]
    """Header -> up to three cells, for choosing another column."""
    confidence: float
    """Of the least sure of what an import needs: time, customer and event name."""
    problem: str
    """One sentence saying why the file cannot be imported; empty when it can."""
    statements: tuple[str, ...]
    """What will be assumed, in sentences."""
    unused: tuple[str, ...]
    """Columns that are neither mapped nor kept."""


def propose_mapping(columns: Sequence[str], sample: pa.Table, settings: Settings) -> MappingProposal:
    """Propose a mapping from the header and the first rows (text cells; SAMPLE_ROWS of them are enough)."""
    looked_at = Sample.of(columns, sample.slice(0, SAMPLE_ROWS), settings.time_zone)
    chosen = choose(looked_at)
    mapping = decide_mapping({role: found.column for role, found in chosen.items()}, looked_at, settings)
    return _proposal(mapping, chosen, looked_at, settings)


def correct_mapping(
    mapping: Mapping, choices: MappingOf[str, str], columns: Sequence[str], sample: pa.Table, settings: Settings
) -> MappingProposal:
    """Give some roles another column ('' for none) and decide again what follows from it, formats and scales included.

    A column that moves to another role leaves the one it had. Raises MappingError for a role or column there is not.
    """
    for role, column in choices.items():
        if role not in ROLES:
            raise MappingError(f"{role!r} is not a role a column can have.")
        if column and column not in columns:
            raise MappingError(f"The file has no column {column!r}; it has {', '.join(columns)}.")
    moved = set(choices.values()) - {""}
    assigned = {role: column for role, column in mapping.columns.items() if role not in choices and column not in moved}
    assigned |= {role: column for role, column in choices.items() if column}
    looked_at = Sample.of(columns, sample.slice(0, SAMPLE_ROWS), settings.time_zone)
    corrected = decide_mapping(assigned, looked_at, settings)
    judged = {role: candidate(role, looked_at.shapes[column]) for role, column in assigned.items()}
    by_hand = {
        role: Candidate(role, found.column, 1.0, "you chose it") if choices.get(role) else found
        for role, found in judged.items()
    }
    return _proposal(corrected, by_hand, looked_at, settings)


def _proposal(
    mapping: Mapping, chosen: MappingOf[str, Candidate], sample: Sample, settings: Settings
) -> MappingProposal:
    roles = [
        RoleProposal(
            role,
            ROLES[role].title,
            found.column,
            "",
            found.confidence,
            found.reason,
            sample.shapes[found.column].samples,
        )
        for role in ROLES
        if (found := chosen.get(role))
    ]
    roles += _constants(mapping)
    needed = [role.confidence for role in roles if role.role in ("time", "name")]
    needed.append(_sure_of_customers(mapping, chosen))
    used = {*mapping.columns.values(), *mapping.kept}
    return MappingProposal(
        mapping=mapping,
        roles=tuple(roles),
        columns=tuple(sample.columns),
        samples={header: shape.samples for header, shape in sample.shapes.items()},
        confidence=min(needed) if "time" in chosen else 0.0,
        problem=problem_of(mapping, sample),
        statements=statements_of(mapping, sample, settings),
        unused=tuple(header for header in sample.columns if header not in used),
    )


def _sure_of_customers(mapping: Mapping, chosen: MappingOf[str, Candidate]) -> float:
    if mapping.case_is_customer:
        return round(chosen["case"].confidence * _CASE_FOR_CUSTOMER, 2)
    return max((chosen[role].confidence for role in CUSTOMER_ROLES if role in chosen), default=_NOBODY)


def _constants(mapping: Mapping) -> list[RoleProposal]:
    """What stands in for a column of event names and of channels."""
    found = []
    if "name" not in mapping.columns:
        sure = 0.8 if mapping.name else 0.3
        reason = "from the columns there are" if mapping.name else "no column says what happened: named after the file"
        found.append(RoleProposal("name", ROLES["name"].title, "", mapping.name, sure, reason, ()))
    if "channel" not in mapping.columns:
        sure = 0.3 if mapping.channel == "other" else 0.6
        reason = "no column names a channel" if mapping.channel == "other" else "from the columns there are"
        found.append(RoleProposal("channel", ROLES["channel"].title, "", mapping.channel, sure, reason, ()))
    return found
