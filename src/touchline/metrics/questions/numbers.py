"""Open a headline figure: what it means and the rows behind it."""

from __future__ import annotations

from dataclasses import dataclass

from touchline.engine.opening import RowsBehind, rows_behind
from touchline.engine.workspace import Workspace
from touchline.events.facade import CHANNELS
from touchline.kit.opened_number import Cell, Column, OpenedNumber, UnknownNumberError
from touchline.metrics.questions.answers import relation
from touchline.metrics.questions.orders import BUYERS, IN_PERIOD, repeat_sql
from touchline.metrics.questions.period import Asked, periods
from touchline.segments.facade import Scope, sentence

_CUSTOMER = Column("customer", "Customer", "customer")


@dataclass(frozen=True)
class Measure:
    """One headline figure."""

    id: str
    title: str
    definition: str
    formula: str
    columns: tuple[Column, ...]
    question: RowsBehind
    page: str


def _answers(metric: str, title: str, definition: str, formula: str) -> Measure:
    return Measure(
        id=metric,
        title=title,
        definition=definition,
        formula=formula,
        columns=(
            _CUSTOMER,
            Column("time", "Time", "time"),
            Column("channel", "Channel", "channel"),
            Column("source", "Source"),
            Column("score", "Answer", "number"),
            Column("experience", "On −100 to +100", "number"),
        ),
        question=RowsBehind(
            f"select v.* from {{placed}} v where v.metric = '{metric}' and v.experience is not null and {{scope}}",
            order="time, event",
        ),
        page=metric,
    )


MEASURES = {
    measure.id: measure
    for measure in (
        _answers(
            "nps",
            "Net Promoter Score",
            "How likely customers are to recommend, 0 to 10: the share of promoters (9 and 10) minus the share of"
            " detractors (0 to 6), wherever the question was asked.",
            "NPS = 100 · (rows with an answer of 9 or 10 − rows with 6 or less) / all rows",
        ),
        _answers(
            "csat",
            "Customer satisfaction",
            "The share of the two best answers of five.",
            "CSAT = rows with an answer of 4 or 5 / all rows (on other scales: with +50 or more on −100 to +100)",
        ),
        _answers(
            "ces",
            "Customer effort",
            "How easy it was, 1 to 7, higher is easier; the share of 5, 6 and 7 stands beside the mean.",
            "CES = mean of 4 + 3 · (On −100 to +100) / 100",
        ),
        Measure(
            id="conversion",
            title="Buyers per visitor",
            definition="Customers with an order in the period, among the customers with a visit in the scope. The unit is"
            " the customer, not the session.",
            formula="conversion = rows where Bought is yes / all rows",
            columns=(_CUSTOMER, Column("time", "First visit", "time"), Column("bought", "Bought", "yes")),
            question=RowsBehind(
                f"""select v.customer, min(v.time) as time,
                      v.customer in (select customer from ({BUYERS.replace("{bucket}", "true")})) as bought
                    from visits v where {{scope}} group by v.customer""",
                order="bought desc, customer",
            ),
            page="conversion",
        ),
        Measure(
            id="repeat",
            title="Repeat in 90 days",
            definition="Of the first-time buyers whose 90 days ran out in the period, those who ordered again within them."
            " So everybody counted has been followed for the whole 90 days.",
            formula="repeat = rows where Came back is yes / all rows",
            columns=(
                _CUSTOMER,
                Column("time", "First order", "time"),
                Column("second", "Next order", "time"),
                Column("followed_until", "90 days ran out", "time"),
                Column("came_back", "Came back", "yes"),
            ),
            question=RowsBehind(repeat_sql(IN_PERIOD).replace("{bucket}", "true"), order="time, customer"),
            page="repeat-purchase",
        ),
    )
}

FIGURES = tuple(MEASURES)
"""Ids of the headline figures."""


def opened(workspace: Workspace, scope: Scope, measure_id: str, offset: int, limit: int) -> OpenedNumber:
    """Open a headline figure. Raises UnknownNumberError and FilterError."""
    measure = MEASURES.get(measure_id)
    if measure is None:
        raise UnknownNumberError(f"There is no figure “{measure_id}”. There are: {', '.join(MEASURES)}.")
    asked = periods(workspace, scope)
    rows, total = ([], 0) if asked is None else _rows(workspace, measure, asked[0], offset, limit)
    return OpenedNumber(
        measure=measure.id,
        title=measure.title,
        target="",
        target_name="the whole journey",
        definition=measure.definition,
        formula=measure.formula,
        page=measure.page,
        scope_in_words=sentence(scope).removesuffix("."),
        columns=tuple(
            Column(one.id, one.name, "text" if one.kind == "channel" else one.kind) for one in measure.columns
        ),
        rows=tuple(rows),
        total=total,
        offset=offset,
        limit=limit,
    )


def _rows(
    workspace: Workspace, measure: Measure, asked: Asked, offset: int, limit: int
) -> tuple[list[tuple[Cell, ...]], int]:
    anchor = (
        measure.question.anchor.replace("{placed}", relation(asked))
        .replace("{scope}", asked.clause.sql)
        .replace("{people}", asked.people_sql)
    )
    columns = [column.id for column in measure.columns]
    question = RowsBehind(anchor, measure.question.order)
    rows, total = rows_behind(workspace.store, question, columns, asked.parameters, offset, limit)
    if "channel" not in columns:
        return rows, total
    place = columns.index("channel")
    return [(*row[:place], CHANNELS[row[place]], *row[place + 1 :]) for row in rows], total
