"""What is proposed for tables nobody has seen before, and how a user corrects it."""

from __future__ import annotations

import pyarrow as pa
import pytest

from touchline.engine.workspace import Settings
from touchline.events.mapping import (
    Mapping,
    MappingError,
    MappingProposal,
    correct_mapping,
    header_key,
    propose_mapping,
)

SETTINGS = Settings("Test", time_zone="Europe/Berlin", currency="EUR")


def table(text: str) -> pa.Table:
    """Columns of text from lines of cells separated by '|'; the first line is the header, an empty cell is null."""
    header, *rows = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    columns = zip(*rows, strict=True)
    return pa.table(
        {name: pa.array([c or None for c in cells], pa.string()) for name, cells in zip(header, columns, strict=True)}
    )


def proposed(text: str, settings: Settings = SETTINGS) -> MappingProposal:
    sample = table(text)
    return propose_mapping(sample.column_names, sample, settings)


def columns(proposal: MappingProposal) -> dict[str, str]:
    return dict(proposal.mapping.columns)


def test_a_plain_events_file() -> None:
    found = proposed("""
        customer_id | timestamp           | event          | channel | page
        c1          | 2026-01-01 10:00:00 | Product Viewed | web     | /p/1
        c1          | 2026-01-01 10:05:00 | Product Added  | web     | /p/1
        c2          | 2026-01-02 11:00:00 | Product Viewed | app     | /p/2
    """)

    assert columns(found) == {
        "external_id": "customer_id",
        "time": "timestamp",
        "name": "event",
        "channel": "channel",
        "page": "page",
    }
    assert found.problem == ""
    assert found.confidence > 0.8
    assert found.mapping.one_event_per == "row"
    assert found.statements[:2] == (
        "Read as: time = timestamp, customer number = customer_id, event name = event, channel = channel, page = page.",
        "Times carry no zone and are read as Europe/Berlin.",
    )


def test_every_role_says_why_and_shows_cells() -> None:
    found = proposed("""
        Email       | Datum
        ada@x.org   | 01.02.2026
        ben@x.org   | 13.02.2026
    """)

    email = next(role for role in found.roles if role.role == "email")
    assert email.column == "Email"
    assert email.samples == ("ada@x.org", "ben@x.org")
    assert email.reason == "the header says 'email'; 100% of the cells are e-mail addresses"
    assert "Dates are read day first, because '13.02.2026' cannot be anything else." in found.statements


def test_a_german_orders_export_folds_into_orders() -> None:
    found = proposed("""
        Kundennummer | Bestellnummer | Bestelldatum | Artikelnummer | Menge | Einzelpreis
        K1           | B1            | 31.01.2026   | A1            | 2     | 1.234,50
        K1           | B1            | 31.01.2026   | A2            | 1     | 0,99
        K2           | B2            | 01.02.2026   | A1            | 1     | 5,00
    """)

    assert columns(found) == {
        "external_id": "Kundennummer",
        "order": "Bestellnummer",
        "time": "Bestelldatum",
        "product": "Artikelnummer",
        "quantity": "Menge",
        "unit_price": "Einzelpreis",
    }
    mapping = found.mapping
    assert (mapping.one_event_per, mapping.name, mapping.time_format) == ("order", "Order Completed", "dmy")
    assert mapping.decimal_marks == {"unit_price": ","}
    assert "Amounts carry no currency and are taken as EUR." in found.statements


@pytest.mark.parametrize(
    ("header", "role"),
    [
        ("Date de commande", "time"),
        ("Fecha", "time"),
        ("Datum", "time"),
        ("created_at", "time"),
        ("Courriel", "email"),
        ("Correo electrónico", "email"),
        ("E-Mail-Adresse", "email"),
        ("Numéro client", "external_id"),
        ("Klantnummer", "external_id"),
        ("id_cliente", "external_id"),
        ("Customer ID", "external_id"),
        ("userId", "user_id"),
        ("visitor_id", "anonymous_id"),
        ("Numéro de commande", "order"),
        ("Rechnungsnummer", "order"),
        ("basket_id", "order"),
        ("Ticket ID", "case"),
        ("Betrag", "value"),
        ("Montant", "value"),
        ("Importe", "value"),
        ("Commentaire", "text"),
        ("Opmerking", "text"),
        ("Kanal", "channel"),
        ("Währung", "currency"),
        ("utm_campaign", "campaign"),
    ],
)
def test_headers_in_five_languages(header: str, role: str) -> None:
    cells = {
        "time": ["2026-01-01", "2026-01-02", "2026-01-03"],
        "email": ["a@x.org", "b@x.org", "a@x.org"],
        "value": ["1.50", "2.00", "7.25"],
        "text": ["I waited far too long for this", "very good, thank you all", "it was late and it was broken"],
        "channel": ["web", "app", "web"],
        "currency": ["EUR", "EUR", "GBP"],
    }.get(role, ["A17", "B20", "A17"])
    sample = pa.table({header: pa.array(cells), "colour": pa.array(["red", "blue", "red"])})
    beside = pa.table({"when happened at": pa.array(["2026-01-01"] * 3)})
    whole = sample if role == "time" else sample.append_column("when happened at", beside.column(0))
    if role in ("currency",):
        whole = whole.append_column("amount", pa.array(["1", "2", "3"]))

    found = propose_mapping(whole.column_names, whole, SETTINGS)

    assert found.mapping.columns.get(role) == header


@pytest.mark.parametrize(
    ("header", "cells", "metric", "low", "high", "name"),
    [
        ("NPS", ["0", "9", "10"], "nps", 0, 10, "Survey Answered"),
        ("How likely are you to recommend us?", ["3", "9", "10"], "nps", 0, 10, "Survey Answered"),
        ("CSAT score", ["1", "5", "4"], "csat", 1, 5, "Survey Answered"),
        ("Customer effort", ["1", "7", "4"], "ces", 1, 7, "Survey Answered"),
        ("Stars", ["1", "5", "4"], "stars", 1, 5, "Review Posted"),
        ("Rating", ["4/5", "5/5", "1/5"], "stars", 1, 5, "Review Posted"),
        ("Score", ["20", "95", "100"], "rating", 0, 100, "Survey Answered"),
    ],
)
def test_scores_and_their_scales(
    header: str, cells: list[str], metric: str, low: float, high: float, name: str
) -> None:
    sample = pa.table({"email": ["a@x.org", "b@x.org", "c@x.org"], "date": ["2026-01-01"] * 3, header: cells})

    mapping = propose_mapping(sample.column_names, sample, SETTINGS).mapping

    assert mapping.columns["score"] == header
    assert (mapping.metric, mapping.score_low, mapping.score_high, mapping.name) == (metric, low, high, name)


def test_a_file_without_times_is_not_importable_and_says_so_in_one_sentence() -> None:
    found = proposed("""
        campaign_id | household_id
        1           | 105
        2           | 106
    """)

    assert found.confidence == 0.0
    assert found.problem == (
        "No column holds a time, and without the moment it happened a row is no event: expected a column such as "
        "'date' or 'created_at', found campaign_id, household_id."
    )


def test_times_in_three_formats_are_proposed_with_little_confidence_and_a_warning() -> None:
    found = proposed("""
        email   | date          | event
        a@x.org | 2026-03-01    | Visit
        b@x.org | 31/03/2026    | Visit
        c@x.org | April 5, 2026 | Visit
    """)

    assert columns(found)["time"] == "date"
    assert found.confidence < 0.5
    assert "67% of the sampled times are written otherwise; their rows will be refused." in found.statements


def test_a_number_is_no_time_unless_the_header_says_so() -> None:
    assert "time" not in columns(proposed("reference | who\n1774965900 | a\n1774965901 | b"))
    assert columns(proposed("created | who\n1774965900 | a\n1774965901 | b"))["time"] == "created"


def test_without_a_customer_column_each_case_is_one_customer() -> None:
    found = proposed("""
        CaseID | ActivityID | CompleteTimestamp
        2      | 1          | 2012-04-03 16:55:38
        2      | 8          | 2012-04-03 16:55:53
        3      | 1          | 2010-10-29 18:14:06
    """)

    assert columns(found) == {"case": "CaseID", "name": "ActivityID", "time": "CompleteTimestamp"}
    assert found.mapping.case_is_customer
    assert found.mapping.name_prefix == "Activity "
    assert "No column names a customer: each case (CaseID) is treated as one customer." in found.statements


def test_without_any_customer_the_rows_are_evidence_at_their_touchpoint() -> None:
    found = proposed("""
        date       | stars | review
        2026-01-01 | 5     | Lovely shop, quick delivery and kind people
        2026-01-02 | 1     | It never came and nobody ever answered me
    """)

    assert columns(found) == {"time": "date", "score": "stars", "text": "review"}
    assert found.mapping.channel == "review"
    assert found.statements[1].startswith("No column names a customer: the rows count at their touchpoints")
    assert found.confidence < 0.4


def test_a_column_shared_by_many_customers_is_no_order_number() -> None:
    found = proposed("""
        order id | customer id | date
        S1       | a           | 2026-01-01
        S1       | b           | 2026-01-01
        S1       | c           | 2026-01-02
    """)

    assert "order" not in columns(found)


def test_an_order_total_repeated_on_its_lines_is_recognised() -> None:
    found = proposed("""
        order id | email   | date       | order total
        1        | a@x.org | 2026-01-01 | 30
        1        | a@x.org | 2026-01-01 | 30
        2        | b@x.org | 2026-01-01 | 12
        2        | b@x.org | 2026-01-01 | 12
        3        | b@x.org | 2026-01-02 | 7
        3        | b@x.org | 2026-01-02 | 7
    """)

    assert found.mapping.value_repeats


def test_names_and_addresses_are_not_kept() -> None:
    found = proposed("""
        email   | date       | First Name | Street   | Country
        a@x.org | 2026-01-01 | Ada        | High St  | UK
        b@x.org | 2026-01-02 | Ben        | Low St   | DE
    """)

    assert found.mapping.kept == ("Country",)
    assert found.unused == ("First Name", "Street")


def test_a_correction_decides_the_format_again_and_takes_the_column_from_its_old_role() -> None:
    sample = table("""
        email   | opened     | sent       | what
        a@x.org | 2026-01-01 | 31/12/2025 | Newsletter
        b@x.org | 2026-01-02 | 30/12/2025 | Newsletter
    """)
    first = propose_mapping(sample.column_names, sample, SETTINGS)

    corrected = correct_mapping(first.mapping, {"time": "sent", "name": "what"}, sample.column_names, sample, SETTINGS)

    assert corrected.mapping.columns["time"] == "sent"
    assert corrected.mapping.time_format == "dmy"
    assert corrected.mapping.columns["name"] == "what"
    chosen = next(role for role in corrected.roles if role.role == "time")
    assert (chosen.confidence, chosen.reason) == (1.0, "you chose it")


def test_a_role_can_be_taken_away() -> None:
    sample = table("email | date\na@x.org | 2026-01-01")
    first = propose_mapping(sample.column_names, sample, SETTINGS)

    corrected = correct_mapping(first.mapping, {"time": ""}, sample.column_names, sample, SETTINGS)

    assert corrected.problem.startswith("No column holds a time")


def test_corrections_name_what_there_is() -> None:
    sample = table("email | date\na@x.org | 2026-01-01")
    mapping = propose_mapping(sample.column_names, sample, SETTINGS).mapping

    with pytest.raises(MappingError, match="The file has no column 'when'; it has email, date"):
        correct_mapping(mapping, {"time": "when"}, sample.column_names, sample, SETTINGS)
    with pytest.raises(MappingError, match="'mood' is not a role"):
        correct_mapping(mapping, {"mood": "date"}, sample.column_names, sample, SETTINGS)


def test_a_mapping_is_the_same_after_json() -> None:
    mapping = proposed("Kunden-Nr | Datum | Betrag\n1 | 31.01.2026 | 1,50\n2 | 01.02.2026 | 2,00").mapping

    assert Mapping.from_json(mapping.to_json()) == mapping
    with pytest.raises(MappingError):
        Mapping.from_json("{}")
    with pytest.raises(MappingError, match="'mood' is not a role"):
        Mapping.from_json('{"columns": {"mood": "x"}}')


def test_the_same_mapping_is_written_the_same() -> None:
    one, other = Mapping({"time": "a", "email": "b"}), Mapping({"email": "b", "time": "a"})

    assert one.to_json() == other.to_json()


def test_a_header_is_remembered_whatever_its_order_and_spelling() -> None:
    assert header_key(["Order ID", "created_at"]) == header_key(["Created at", "order-id"])
    assert header_key(["a", "b"]) != header_key(["a", "c"])


@pytest.mark.parametrize("header", [[], ["a"], ["a", "b"]])
def test_empty_tables_have_a_problem_and_no_traceback(header: list[str]) -> None:
    sample = pa.table({name: pa.array([], pa.string()) for name in header})

    assert propose_mapping(header, sample, SETTINGS).problem
