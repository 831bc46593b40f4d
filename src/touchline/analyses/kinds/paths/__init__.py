"""Paths: what customers do before and after a touchpoint, which paths are most frequent, and where they lead."""

from __future__ import annotations

from touchline.analyses.kinds.paths.answer import PathsAnswer
from touchline.analyses.kinds.paths.difference import difference
from touchline.analyses.kinds.paths.present import present
from touchline.analyses.kinds.paths.question import answer, members, usual
from touchline.analyses.kinds.paths.request import PathsRequest
from touchline.analyses.rules import path_parameters as common
from touchline.analyses.rules.kind import Kind
from touchline.analyses.rules.parameters import Choice, OneStep, Whole, Words

KIND = Kind(
    name="paths",
    title="Paths",
    asks="Which paths do customers take before or after a step, and where do they lead?",
    icon="route",
    order=30,
    request=PathsRequest,
    answer_type=PathsAnswer,
    parameters=(
        common.NODES,
        common.ANCHOR,
        Choice(
            "direction",
            "Look",
            "At what comes after the anchor, before it, or around it.",
            (("after", "after it"), ("before", "before it"), ("around", "around it")),
        ),
        Whole("length", "Steps in a path", "How long a path is, the anchor among its steps. Usual: 5.", 2, 10),
        common.OCCURRENCE,
        OneStep("outcome", "Outcome", "A step reached later in the same journey, e.g. first-order.", may_be_open=True),
        common.BOUNDS,
        common.SESSION_MINUTES,
        common.COLLAPSE,
        common.FOLD,
        Whole("top", "Paths listed", "How many of the most frequent paths are listed. Usual: 10.", 1, 100),
        Words("path", "One path", "A path to look at, as it is listed: 'Basket > Checkout > (end)'. Open: none."),
    ),
    usual=usual,
    answer=answer,
    present=present,
    difference=difference,
    methods=("paths", "clustered-share"),
    members=members,
    parts=(
        ("anchor", "customers who reached the anchor"),
        ("path", "customers who took the path looked at, or else the most frequent one"),
    ),
)
