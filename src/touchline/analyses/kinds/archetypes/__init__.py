"""Archetypes: the few kinds of ways that customers take, each with its share."""

from touchline.analyses.kinds.archetypes.answer import ArchetypesAnswer
from touchline.analyses.kinds.archetypes.answering import AUTO, MOST, PARTS, answer, members, usual
from touchline.analyses.kinds.archetypes.difference import compare
from touchline.analyses.kinds.archetypes.present import present
from touchline.analyses.kinds.archetypes.request import ArchetypesRequest
from touchline.analyses.rules.kind import Kind
from touchline.analyses.rules.parameters import Choice, OneStep, Words

KIND = Kind(
    name="archetypes",
    title="Archetypes",
    asks="Which few kinds of ways do customers take, and how many take each?",
    icon="shapes",
    order=60,
    request=ArchetypesRequest,
    answer_type=ArchetypesAnswer,
    parameters=(
        Choice(
            "number",
            "Number of archetypes",
            "auto finds how many there are; a number shows so many, stable or not.",
            ((AUTO, "As many as there are"), *((str(number), str(number)) for number in range(2, MOST + 1))),
        ),
        OneStep(
            "outcome", "Outcome", "What counts as success: a touchpoint, stage or event; its share is shown.", True
        ),
        Words("names", "Names", "Your names for the archetypes, the largest first, joined by commas."),
    ),
    usual=usual,
    answer=answer,
    present=present,
    difference=compare,
    methods=("archetypes",),
    members=members,
    parts=PARTS,
)
