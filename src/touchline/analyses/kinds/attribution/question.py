"""What is counted: every marketing contact and every conversion, with whose and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from touchline.analyses.kinds.attribution.kernel import Moments, Whole
from touchline.analyses.questions.matches import Matches, condition
from touchline.analyses.questions.reading import Relation
from touchline.analyses.rules.steps import Step
from touchline.engine.question import Bucket
from touchline.engine.store import Store
from touchline.engine.sums import used
from touchline.events.facade import CHANNEL_NAMES, CHANNELS

DIRECT = (
    "Page Viewed", "Screen Viewed", "Application Installed", "Application Opened", "Application Foregrounded",
    "Application Crashed", "Deep Link Opened",
)  # fmt: skip
"""Coming by oneself is no marketing, unless a campaign is named."""

NO_CONTACT = ("Unsubscribed", "Email Bounced", "Email Marked as Spam", "Profile Updated", "Survey Answered")
"""Name a campaign without being a contact that could lead to anything."""

MARKETING = """
select v.unit, epoch_us(v.time) as at, {name} as name
from {relation} v
join (
  select kind, min(touchpoint) as touchpoint from kind_touchpoints where is_visit and touchpoint is not null group by kind
) k on k.kind = v.kind
join touchpoints t on t.position = k.touchpoint
where not ({converts}) and {bucket}
  and ((v.campaign is not null and not list_contains($no_contact, v.name))
    or (t.stage = $first_stage and not list_contains($direct, v.name)))
"""

NAMES = {
    "campaign": "coalesce(v.campaign, t.name)",
    "touchpoint": "t.name",
    "channel": "v.channel::varchar",
}

CONVERTED = """
select v.unit, epoch_us(v.time) as at, coalesce((v.value * 10000)::bigint, 0) as value,
  case when v.value is null then '' else coalesce(v.currency, '?') end as currency
from {relation} v where ({converts}) and {bucket}
"""


@dataclass(frozen=True)
class Told:
    """Moments with the names that their numbers stand for, in alphabetical order."""

    moments: Moments
    names: tuple[str, ...]
    currencies: tuple[str, ...]
    """'' stands for conversions without a value, '?' for a value without a currency."""


@dataclass(frozen=True)
class Contacts:
    """Find marketing contacts and conversions."""

    events: Relation
    """Without the scope's channels: marketing reaches people elsewhere than they convert."""
    conversions: Relation
    """Events or visits, as the conversion is one or the other."""
    conversion: Step
    touches: Matches | None
    """What counts as marketing where it was asked for by step."""
    first_stage: str
    by: str

    def part(self, store: Store, bucket: Bucket) -> Told:
        """Look in one bucket."""
        touched = self._stepped(store, bucket) if self.touches else self._marketing(store, bucket)
        converted = self._converted(store, bucket)
        names, name = _numbered(touched, "name")
        currencies, currency = _numbered(converted, "currency")
        return Told(
            Moments(
                _whole(touched, "unit"),
                _whole(touched, "at"),
                name,
                _whole(converted, "unit"),
                _whole(converted, "at"),
                _whole(converted, "value"),
                currency,
            ),
            names,
            currencies,
        )

    def combine(self, parts: Sequence[Told]) -> Told:
        """Put the parts one behind the other; names are numbered anew."""
        names = tuple(sorted({name for part in parts for name in part.names}))
        currencies = tuple(sorted({each for part in parts for each in part.currencies}))

        def joined(field: str, known: Sequence[str] = (), listed: str = "") -> Whole:
            columns = []
            for part in parts:
                column: Whole = getattr(part.moments, field)
                if listed:
                    column = np.array([known.index(each) for each in getattr(part, listed)], np.int64)[column]
                columns.append(column)
            return np.concatenate(columns)

        return Told(
            Moments(
                joined("touch_unit"),
                joined("touch_us"),
                joined("touch_name", names, "names"),
                joined("conversion_unit"),
                joined("conversion_us"),
                joined("conversion_value"),
                joined("conversion_currency", currencies, "currencies"),
            ),
            names,
            currencies,
        )

    def _marketing(self, store: Store, bucket: Bucket) -> pa.Table:
        values: dict[str, Any] = dict(self.events.parameters)
        converts = condition(self.conversion, 0, values) if self.conversion.is_event else "false"
        text = MARKETING.replace("{name}", NAMES[self.by]).replace("{converts}", converts)
        sql = self.events.statement(text.replace("{bucket}", bucket.holds("v.unit")))
        values |= {"no_contact": list(NO_CONTACT), "direct": list(DIRECT), "first_stage": self.first_stage}
        found = store.table(sql, used(sql, values))
        if self.by != "channel":
            return found
        words = [CHANNEL_NAMES[CHANNELS[int(str(each))]] for each in found.column("name").to_pylist()]
        return found.set_column(2, "name", pa.array(words, pa.string()))

    def _stepped(self, store: Store, bucket: Bucket) -> pa.Table:
        if self.touches is None:
            raise ValueError("No steps count as marketing.")
        found = self.touches.matched(store, bucket)
        steps = [step.name for step in self.touches.steps]
        first = np.log2(found.mask & -found.mask).astype(np.int64) if len(found.mask) else found.mask
        names = pa.array([steps[each] for each in first], pa.string())
        return pa.table({"unit": found.unit, "at": found.time_us, "name": names})

    def _converted(self, store: Store, bucket: Bucket) -> pa.Table:
        values: dict[str, Any] = dict(self.conversions.parameters)
        text = CONVERTED.replace("{converts}", condition(self.conversion, 0, values))
        sql = self.conversions.statement(text.replace("{bucket}", bucket.holds("v.unit")))
        return store.table(sql, used(sql, values))


def _whole(table: pa.Table, name: str) -> Whole:
    column: Whole = table.column(name).to_numpy().astype(np.int64, copy=False)
    return column


def _numbered(table: pa.Table, column: str) -> tuple[tuple[str, ...], Whole]:
    """The texts of a column that occur, and the number of each row's."""
    coded = table.column(column).combine_chunks().dictionary_encode()
    return tuple(map(str, coded.dictionary.to_pylist())), coded.indices.to_numpy(zero_copy_only=False).astype(np.int64)
