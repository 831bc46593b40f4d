"""Attribution: which marketing gets the credit for conversions. Credit, not cause."""

from touchline.analyses.kinds.attribution.answer import AttributionAnswer
from touchline.analyses.kinds.attribution.answering import answer, usual
from touchline.analyses.kinds.attribution.difference import compare
from touchline.analyses.kinds.attribution.present import present
from touchline.analyses.kinds.attribution.request import AttributionRequest
from touchline.analyses.rules.kind import Kind
from touchline.analyses.rules.parameters import Choice, Number, OneStep, StepList, Whole

KIND = Kind(
    name="attribution",
    title="Attribution",
    asks="Which marketing gets the credit for conversions? Credit, not cause.",
    icon="megaphone",
    order=70,
    request=AttributionRequest,
    answer_type=AttributionAnswer,
    parameters=(
        OneStep("conversion", "Conversion", "What counts as a conversion: a touchpoint, stage or event."),
        Choice(
            "rule",
            "Rule",
            "How credit is divided; the others stand beside it.",
            (
                ("markov", "Markov: what would be lost without it"),
                ("shapley", "Shapley: equal parts for all that were met"),
                ("linear", "Linear: equal parts for all contacts"),
                ("decay", "Time decay: more for later contacts"),
                ("last", "Last contact"),
                ("first", "First contact"),
            ),
        ),
        Choice(
            "by",
            "Credit goes to",
            "What gets the credit.",
            (
                ("campaign", "Campaigns (touchpoints where none is named)"),
                ("touchpoint", "Touchpoints"),
                ("channel", "Channels"),
            ),
        ),
        StepList(
            "touches",
            "Marketing",
            "Steps that count as marketing. Without: contacts that name a campaign, and those of the first stage.",
            0,
            12,
        ),
        Whole("lookback_days", "Lookback", "How many days before a conversion a contact counts.", 1, 365),
        Number("half_life_days", "Half-life", "Days in which a contact's credit halves, for time decay.", 0, 365),
    ),
    usual=usual,
    answer=answer,
    present=present,
    difference=compare,
    methods=("attribution",),
)
