"""Any table as events: a mapping says what its columns are, a proposal guesses the mapping, applying it gives events.

Layers, lowest first: distinct, moments, words, vocabularies; times, amounts, scores; roles, cells, shapes, sample;
evidence, choosing, deciding, statements, proposal on the one side, columns, reading, staged, keys, orders, application
on the other.
"""

from touchline.events.mapping.application import Applied, apply
from touchline.events.mapping.proposal import (
    SAMPLE_ROWS,
    MappingProposal,
    RoleProposal,
    correct_mapping,
    propose_mapping,
)
from touchline.events.mapping.roles import ROLES, Mapping, MappingError, Role, header_key

__all__ = [
    "ROLES",
    "SAMPLE_ROWS",
    "Applied",
    "Mapping",
    "MappingError",
    "MappingProposal",
    "Role",
    "RoleProposal",
    "apply",
    "correct_mapping",
    "header_key",
    "propose_mapping",
]
