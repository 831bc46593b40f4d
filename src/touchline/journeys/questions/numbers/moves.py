"""What came before and after: going on, dropping out, loops, waiting, contacts, neighbours, transitions."""

from __future__ import annotations

from touchline.journeys.questions.numbers.measure import (
    CUSTOMER,
    JOURNEY,
    JOURNEYS_OVER,
    LATER,
    VISIT,
    VISIT_ORDER,
    VISITS_HERE,
    Measure,
)
from touchline.kit.opened_number import Column

_VISITS_OF_JOURNEYS_OVER = f"{VISITS_HERE} and (v.customer, v.journey) in ({JOURNEYS_OVER})"

_FIRST_VISIT_HERE = f"""{VISITS_HERE} and (len($later) > 0 or not $is_stage)
qualify row_number() over (partition by v.customer order by v.time, v.rowid) = 1"""
"""After the last stage there is nothing to go on to."""

_DAYS = "/ 86400.0"

MEASURES = (
    Measure(
        id="went_on",
        title="Went on",
        definition="Which part of the customers here reached a later stage after their first visit here, in the same"
        " journey. What comes after is looked up beyond the end of the period too.",
        formula="went on = rows with a time under Went on at / all rows",
        columns=(*VISIT, Column("on_at", "Went on at", "time"), Column("on_to", "Went on to", "touchpoint")),
        anchor=_FIRST_VISIT_HERE,
        order=VISIT_ORDER,
        details=f"""
            select p.customer, p.time, p.touchpoint, p.channel, p.journey, p.row, min(l.time) as on_at,
              arg_min(l.touchpoint, (l.time, l.rowid)) as on_to
            from page p left join visits l
              on l.customer = p.customer and l.journey = p.journey and list_contains($later, l.touchpoint) and {LATER}
            group by all""",
        page="went-on",
    ),
    Measure(
        id="dropped_out",
        title="Dropped out",
        definition="Which part of the visits here was the journey's last. Only journeys that are over count: their last"
        " visit lies longer before the end of the data than a journey may pause.",
        formula="dropped out = rows where Last is yes / all rows",
        columns=(*VISIT, Column("last", "Last", "yes")),
        anchor=_VISITS_OF_JOURNEYS_OVER,
        order=VISIT_ORDER,
        details="select p.*, p.following is null as last from page p",
        page="dropped-out",
    ),
    Measure(
        id="success",
        title="Success",
        definition="Which part of the visits here was followed by any later step of the same journey. Only journeys that"
        " are over count.",
        formula="success = rows where Followed is yes / all rows",
        columns=(*VISIT, Column("followed", "Followed", "yes"), Column("following", "By", "touchpoint")),
        anchor=_VISITS_OF_JOURNEYS_OVER,
        order=VISIT_ORDER,
        details="select p.*, p.following is not null as followed from page p",
        page="success-effort-time",
    ),
    Measure(
        id="loops",
        title="Loops",
        definition="Which part of the visits here came back here later in the same journey.",
        formula="loops = rows with a time under Back at / all rows",
        columns=(*VISIT, Column("back_at", "Back at", "time")),
        anchor=VISITS_HERE,
        order=VISIT_ORDER,
        details=f"""
            select p.customer, p.time, p.touchpoint, p.channel, p.journey, p.row, min(l.time) as back_at
            from page p left join visits l
              on l.customer = p.customer and l.journey = p.journey and l.touchpoint = p.touchpoint and {LATER}
            group by all""",
        page="loops",
    ),
    Measure(
        id="retries",
        title="Retries",
        definition="How often a customer had to come here again within one journey.",
        formula="retries = sum of (Visits − 1) / number of rows",
        columns=(CUSTOMER, JOURNEY, Column("visits", "Visits", "number")),
        anchor=f"select customer, journey, count(*) as visits from ({VISITS_HERE}) group by customer, journey",
        order="customer, journey",
        page="success-effort-time",
    ),
    Measure(
        id="waiting",
        title="Time to the next step",
        definition="How long it takes until a visit here is followed by the next step, when some never go on. Whoever"
        " left is known to have left after the longest pause a journey may have; whoever is undecided has waited until"
        " the end of the data.",
        formula="Aalen–Johansen estimate over Days, by how each wait ended",
        columns=(*VISIT, Column("days", "Days", "days"), Column("ended_how", "How it ended")),
        anchor=VISITS_HERE,
        order=VISIT_ORDER,
        details=f"""
            with ended_journeys as ({JOURNEYS_OVER} and customer in (select customer from page))
            select p.*,
              case when p.wait is not null then 'went on' when o.customer is not null then 'left' else 'undecided' end
                as ended_how,
              case ended_how when 'went on' then p.wait {_DAYS} when 'left' then $gap_days
                else epoch($data_until - p.ended) {_DAYS} end as days
            from page p left join ended_journeys o on o.customer = p.customer and o.journey = p.journey""",
        page="time-to-next-step",
    ),
    Measure(
        id="contacts_after",
        title="Service contacts after",
        definition="Which part of the visits here was followed by a service contact of the same customer by chat, phone"
        " or e-mail within seven days. Visits younger than that at the end of the data are left out.",
        formula="service contacts after = rows with a time under Contact at / all rows",
        columns=(*VISIT, Column("contact_at", "Contact at", "time"), Column("contact", "Contact", "touchpoint")),
        anchor=f"{VISITS_HERE} and v.time <= $contact_observed_until and len($service) > 0",
        order=VISIT_ORDER,
        details=f"""
            select p.customer, p.time, p.touchpoint, p.channel, p.journey, p.row, min(l.time) as contact_at,
              arg_min(l.touchpoint, (l.time, l.rowid)) as contact
            from page p left join visits l
              on l.customer = p.customer and list_contains($service, l.touchpoint)
              and list_contains($contact_channels, l.channel) and {LATER} and l.time <= p.time + to_days($contact_days)
            group by all""",
        page="success-effort-time",
    ),
    Measure(
        id="next_steps",
        title="Next steps",
        definition="What came next in the same journey, for every visit here.",
        formula="share of a next step = rows with that next step / all rows",
        columns=(*VISIT, Column("following", "Next step", "touchpoint")),
        anchor=VISITS_HERE,
        order=VISIT_ORDER,
        page="steps-before-and-after",
    ),
    Measure(
        id="previous_steps",
        title="Previous steps",
        definition="What came just before in the same journey, for every visit here.",
        formula="share of a previous step = rows with that step before / all rows",
        columns=(*VISIT, Column("previous", "Step before", "touchpoint")),
        anchor=VISITS_HERE,
        order=VISIT_ORDER,
        page="steps-before-and-after",
    ),
    Measure(
        id="transitions",
        title="Transition",
        definition="Visits that were followed by this next step in the same journey.",
        formula="count = number of rows; customers = different customers; median time = median of Days",
        columns=(*VISIT, Column("following", "Next step", "touchpoint"), Column("days", "Days", "days")),
        anchor=f"{VISITS_HERE} and list_contains($next_places, v.following)",
        order=VISIT_ORDER,
        details=f"select p.*, p.wait {_DAYS} as days from page p",
        page="steps-before-and-after",
        per="step",
    ),
    Measure(
        id="drift",
        title="Change of the paths",
        definition="Every transition in both periods, in 64 groups of customers: each group's steps now and before. Whole"
        " groups are redrawn to see how large a distance chance alone gives.",
        formula="distance = half the sum over transitions of |share of steps now − share of steps before|",
        columns=(
            Column("bucket", "Group of customers", "number"),
            Column("touchpoint", "From", "touchpoint"),
            Column("following", "To", "touchpoint"),
            Column("now", "Steps now", "number"),
            Column("before", "Steps before", "number"),
        ),
        anchor="""
            select v.customer % 64 as bucket, v.touchpoint, v.following,
              count(*) filter (where coalesce({scope}, false)) as now,
              count(*) filter (where coalesce({before}, false)) as before
            from visits v
            where v.following is not null and (coalesce({scope}, false) or coalesce({before}, false))
            group by all""",
        order="bucket, touchpoint, following",
        page="staleness",
        per="journey",
    ),
)
