"""What customers answered and wrote, and what lies beside the visits."""

from __future__ import annotations

from touchline.journeys.questions.numbers.measure import CHANNEL, CUSTOMER, HERE, TIME, TOUCHPOINT, Measure
from touchline.kit.opened_number import Column

_ANSWER = (CUSTOMER, TIME, TOUCHPOINT, CHANNEL, Column("metric", "Metric"), Column("source", "Source"))
_SCORES = (Column("score", "Score", "number"), Column("experience", "On −100 to +100", "number"))
_ANSWERS_HERE = f"select v.* from {{placed}} v where {{scope}} and {HERE}"
_ORDER = "time, event"
_EVENT = (
    CUSTOMER,
    TIME,
    Column("name", "Event"),
    Column("channel", "Channel"),
    Column("page", "Page"),
    Column("label", "Label"),
    Column("file", "File"),
    Column("line", "Line", "number"),
)
_EVENTS_OF_PERIOD = """
select e.seq, e.time, e.who, e.kind, e.import_id, e.line
from events e
where e.time >= $start and e.time < $end
  and not exists (from kind_touchpoints t where t.kind = e.kind and t.touchpoint is null and not t.is_answer)
"""
_EVENT_DETAILS = """
select p.*, i.customer, k.name, k.channel, k.page, k.label, f.file
from page p join kinds k using (kind)
left join identities i on i.identifier = p.who left join imports f using (import_id)
"""

MEASURES = (
    Measure(
        id="experience",
        title="Experience score",
        definition="How customers felt here: every answer given here, whatever its question, put on −100 to +100. The"
        " mean leans on the mean of its stage as far as its own answers are few, and is shown as the difference from the"
        " mean of all answers of the journey.",
        formula="raw mean = mean of On −100 to +100; the score needs the answers of all touchpoints: open the journey mean",
        columns=(*_ANSWER, *_SCORES),
        anchor=f"{_ANSWERS_HERE} and v.experience is not null and v.metric is not null",
        order=_ORDER,
        page="experience-score",
    ),
    Measure(
        id="journey_mean",
        title="Journey mean",
        definition="The mean of all answers placed at a touchpoint: the zero of the emotional line.",
        formula="journey mean = mean of On −100 to +100",
        columns=(*_ANSWER, *_SCORES),
        anchor=f"{_ANSWERS_HERE} and v.experience is not null and v.metric is not null",
        order=_ORDER,
        page="experience-score",
        per="journey",
    ),
    Measure(
        id="effort",
        title="Effort",
        definition="How easy customers found it here, 1 to 7, higher is easier (CES).",
        formula="effort = mean of 4 + 3 · (On −100 to +100) / 100",
        columns=(*_ANSWER, *_SCORES),
        anchor=f"{_ANSWERS_HERE} and v.experience is not null and v.metric = 'ces'",
        order=_ORDER,
        page="success-effort-time",
    ),
    Measure(
        id="responses",
        title="Answers and texts",
        definition="Everything customers answered or wrote in the scope, also where no touchpoint can be named.",
        formula="answers and texts = number of rows",
        columns=(*_ANSWER, *_SCORES, Column("text", "Text")),
        anchor=f"select v.* from {{placed}} v where {{scope}} and ($everywhere or coalesce({HERE}, false))",
        order=_ORDER,
    ),
    Measure(
        id="series",
        title="Counts without people",
        definition="Figures that name no person, such as the deliveries of a campaign. They stand beside the touchpoint"
        " and are never added to people.",
        formula="amount of a measure = sum of Amount over its rows",
        columns=(
            TIME,
            TOUCHPOINT,
            Column("measure", "Measure"),
            Column("label", "Label"),
            Column("amount", "Amount", "number"),
            Column("file", "File"),
            Column("line", "Line", "number"),
        ),
        anchor="""
            select v.id, v.time, t.touchpoint, v.measure, coalesce(v.label, '') as label, v.amount, v.import_id, v.line
            from series v join (select distinct kind, touchpoint from kind_touchpoints where touchpoint is not null) t on t.kind = v.kind
            where v.time >= $start and v.time < $end and list_contains($places, t.touchpoint)""",
        order="touchpoint, measure, label, time, id",
        details="select p.*, f.file from page p left join imports f using (import_id)",
    ),
    Measure(
        id="unmapped",
        title="Unmapped events",
        definition="Events of the period that no touchpoint of the journey definition covers. Channel, device and filter"
        " do not restrict them: this is about the definition, not about some customers.",
        formula="unmapped = number of rows / all events of the period",
        columns=_EVENT,
        anchor=f"{_EVENTS_OF_PERIOD} and not exists (from kind_touchpoints t where t.kind = e.kind)",
        order="kind, time, seq",
        details=_EVENT_DETAILS,
        page="unmapped",
        per="journey",
    ),
    Measure(
        id="all_events",
        title="All events of the period",
        definition="Every event of the period, whether a touchpoint covers it or not, without those that the journey"
        " definition says to ignore.",
        formula="all events = number of rows",
        columns=_EVENT,
        anchor=_EVENTS_OF_PERIOD,
        order="time, seq",
        details=_EVENT_DETAILS,
        per="journey",
    ),
)
