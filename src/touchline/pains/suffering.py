"""What the template of one pain is given about who suffers: the groups whom it hits more often than all others."""

from __future__ import annotations

from dataclasses import dataclass

from touchline.pains.figure import Figure
from touchline.pains.rules.pain import Pain, SufferingGroup
from touchline.pains.wording import GROUPS_NOTE, counted, more_span, more_words, share_span
from touchline.ui.numbers import percent, whole


@dataclass(frozen=True)
class ShownGroup:
    """A row of the table."""

    words: str
    share: str
    rests_on: str
    elsewhere: str
    elsewhere_rests_on: str
    more: str
    more_span: str
    of_all_bad: str
    number: int
    """Place among the groups, from 1: the rows behind it are opened by it."""


def who_context(pain: Pain) -> dict[str, object]:
    """The context of the table, or the sentence that stands in its place."""
    return {
        "groups": tuple(_shown(number, group) for number, group in enumerate(pain.who, start=1)),
        "groups_note": GROUPS_NOTE,
        "who_why": pain.who_why or "Who suffers was not looked at when this was computed.",
    }


def _shown(number: int, group: SufferingGroup) -> ShownGroup:
    return ShownGroup(
        words=group.words[:1].upper() + group.words[1:],
        share=percent(group.share.value, 1),
        rests_on=f"of {counted(group.share.of, 'visit')} of {counted(group.customers, 'customer')}, {share_span(group.share)}",
        elsewhere=percent(group.elsewhere.value, 1),
        elsewhere_rests_on=f"of {whole(group.elsewhere.of)}, {share_span(group.elsewhere)}",
        more=more_words(group),
        more_span=more_span(group),
        of_all_bad=percent(group.of_all_bad),
        number=number,
    )


def group_figures(group: SufferingGroup) -> tuple[Figure, ...]:
    """What the rows behind one group give, as the page of the pain shows it."""
    name = group.words[:1].upper() + group.words[1:]
    return (
        Figure(
            f"Bad visits: {name}",
            percent(group.share.value, 1),
            f"of {counted(group.share.of, 'visit')}, 95% interval {share_span(group.share)}",
        ),
        Figure("Customers", whole(group.customers), "in the half of all customers that the figures rest on"),
        Figure(
            "Of all others",
            percent(group.elsewhere.value, 1),
            f"of {whole(group.elsewhere.of)}, 95% interval {share_span(group.elsewhere)}",
        ),
        Figure("More often by", more_words(group), f"95% interval {more_span(group)}"),
    )
