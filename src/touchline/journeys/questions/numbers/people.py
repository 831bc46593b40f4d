"""How many, and how many of them: customers, journeys, visits, events, reach."""

from __future__ import annotations

from touchline.journeys.questions.numbers.measure import (
    CHANNEL,
    CUSTOMER,
    HERE,
    JOURNEY,
    TIME,
    TOUCHPOINT,
    VISIT,
    VISIT_ORDER,
    VISITS_HERE,
    Measure,
)
from touchline.kit.opened_number import Column

_EACH_CUSTOMER = """
select v.customer, min(v.time) as time, count(*) as visits from visits v where {clause} and {here} group by v.customer
"""
_CUSTOMER_COLUMNS = (CUSTOMER, Column("time", "First visit", "time"), Column("visits", "Visits", "number"))

MEASURES = (
    Measure(
        id="customers",
        title="Customers",
        definition="Everybody with at least one visit here in the scope. One person counts once, however many addresses,"
        " numbers or devices were joined to them.",
        formula="customers = number of rows",
        columns=_CUSTOMER_COLUMNS,
        anchor=_EACH_CUSTOMER.replace("{clause}", "{scope}").replace("{here}", HERE),
        order="customer",
    ),
    Measure(
        id="customers_before",
        title="Customers in the comparison period",
        definition="Everybody with at least one visit here in the comparison period.",
        formula="customers before = number of rows",
        columns=_CUSTOMER_COLUMNS,
        anchor=_EACH_CUSTOMER.replace("{clause}", "{before}").replace("{here}", HERE),
        order="customer",
    ),
    Measure(
        id="journeys",
        title="Journeys",
        definition="Observed episodes of one customer: a journey ends when nothing happens for longer than the pause set"
        " in the journey definition. A journey counts when at least one of its visits lies here in the scope.",
        formula="journeys = number of rows",
        columns=(CUSTOMER, JOURNEY, Column("time", "First visit", "time"), Column("visits", "Visits", "number")),
        anchor=f"""select v.customer, v.journey, min(v.time) as time, count(*) as visits
            from visits v where {{scope}} and {HERE} group by v.customer, v.journey""",
        order="customer, journey",
    ),
    Measure(
        id="visits",
        title="Visits",
        definition="Contacts of one customer with this touchpoint. Events in a row at the same touchpoint, closer"
        " together than the minutes set in the journey definition, are one visit.",
        formula="visits = number of rows",
        columns=(*VISIT, Column("ended", "Last event", "time"), Column("events", "Events", "number")),
        anchor=VISITS_HERE,
        order=VISIT_ORDER,
    ),
    Measure(
        id="events",
        title="Events",
        definition="What the files say happened, row by row, in the visits of the scope.",
        formula="events = number of rows",
        columns=(
            CUSTOMER,
            TIME,
            TOUCHPOINT,
            Column("name", "Event"),
            Column("page", "Page"),
            Column("label", "Label"),
            Column("source", "Source"),
            Column("file", "File"),
            Column("line", "Line", "number"),
        ),
        anchor=f"""select distinct on (e.seq) v.customer, e.time, v.touchpoint, k.name, k.page, k.label, k.source,
              e.import_id, e.line, e.seq
            from ({VISITS_HERE} order by {VISIT_ORDER} limit $first_rows) v
            join identities i on i.customer = v.customer join events e on e.who = i.identifier
            join kind_touchpoints t on t.kind = e.kind and t.touchpoint = v.touchpoint and t.is_visit
            join kinds k on k.kind = e.kind
            where e.time between v.time and v.ended""",
        number=f"select coalesce(sum(v.events), 0) from visits v where {{scope}} and {HERE}",
        order="customer, time, seq",
        details="select p.*, i.file from page p left join imports i using (import_id)",
    ),
    Measure(
        id="reach",
        title="Reach",
        definition="Which part of all customers of the scope came here.",
        formula="reach = rows where Here is yes / all rows",
        columns=(CUSTOMER, Column("here", "Here", "yes"), Column("time", "First visit here", "time")),
        anchor=f"""select v.customer, bool_or({HERE}) as here, min(v.time) filter (where {HERE}) as time
            from visits v where {{scope}} group by v.customer""",
        order="here desc, customer",
        page="reach",
    ),
    Measure(
        id="channels",
        title="Channels",
        definition="By which channel the visits here came.",
        formula="share of a channel = rows with that channel / all rows",
        columns=(CUSTOMER, TIME, TOUCHPOINT, CHANNEL),
        anchor=VISITS_HERE,
        order=f"channel, {VISIT_ORDER}",
        page="steps-before-and-after",
    ),
    Measure(
        id="channel_switches",
        title="Channel switches",
        definition="Which part of the visits here came over from another channel. Only visits with a step before them in"
        " the same journey can have changed the channel.",
        formula="channel switches = rows where Switched is yes / all rows",
        columns=(
            *VISIT,
            Column("previous_channel", "Channel before", "channel"),
            Column("switched", "Switched", "yes"),
        ),
        anchor=f"{VISITS_HERE} and v.previous_channel is not null",
        order=VISIT_ORDER,
        details="select p.*, p.previous_channel <> p.channel as switched from page p",
        page="channel-switches",
    ),
    Measure(
        id="values",
        title="Value",
        definition="What the visits here were worth, as the files give it. Currencies are never added to one another.",
        formula="value = sum of Value over the rows of one currency",
        columns=(*VISIT, Column("value", "Value", "money"), Column("currency", "Currency")),
        anchor=f"{VISITS_HERE} and v.value is not null",
        order=f"currency, {VISIT_ORDER}",
        page="revenue",
    ),
)
