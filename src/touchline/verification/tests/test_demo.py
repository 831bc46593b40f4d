"""The demo company through the whole product: what is planted must be on the map."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from touchline.engine.workspace import Settings, create_workspace
from touchline.events.facade import import_files
from touchline.journeys.facade import DEFAULT_JOURNEY_TOML, JourneyMap, TouchpointMeasures, journey_map
from touchline.segments.facade import Scope
from touchline.verification.facade import write_demo_exports

CHANGE = date(2026, 8, 2)
"""From this day on the planted feelings are the later ones."""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory):
    folder = tmp_path_factory.mktemp("demo")
    write_demo_exports(folder / "exports", folder / "truth", seed=11, customers=1500)
    workspace = create_workspace(folder / "workspace", Settings("Demo", "Europe/Berlin", "EUR"), DEFAULT_JOURNEY_TOML)
    reports = import_files(workspace, [folder / "exports"], accept_proposals=True)
    yield workspace, json.loads((folder / "truth" / "truth.json").read_text("utf-8")), reports, folder
    workspace.close()


@pytest.fixture(scope="module")
def whole(demo) -> JourneyMap:
    return journey_map(demo[0], Scope(start=date(2026, 5, 1), end=date(2026, 10, 31)))


def touchpoint(measured: JourneyMap, name: str) -> TouchpointMeasures:
    return next(each for each in measured.touchpoints if each.name == name)


def test_every_file_is_recognised_and_every_row_accounted_for(demo) -> None:
    _, _, reports, _ = demo

    assert len(reports) == 11
    assert {report.status for report in reports} == {"done"}
    assert all(report.rows == report.imported + report.quarantined + report.skipped for report in reports)
    assert sum(report.quarantined for report in reports) == 0


def test_importing_the_folder_again_changes_nothing(demo) -> None:
    workspace, _, _, folder = demo
    before = workspace.store.rows("select count(*), sum(value), max(seq) from events")

    again = import_files(workspace, [folder / "exports"], accept_proposals=True)

    assert workspace.store.rows("select count(*), sum(value), max(seq) from events") == before
    assert sum(report.imported for report in again) == 0


def test_the_map_counts_what_happened(demo, whole: JourneyMap) -> None:
    truth = demo[1]

    assert touchpoint(whole, "First order").customers == truth["buyers"]
    assert touchpoint(whole, "Repeat order").events == truth["orders"] - truth["buyers"]
    assert touchpoint(whole, "Cancellation").events == truth["cancelled"]
    assert touchpoint(whole, "Return & refund").events == truth["refunded"]
    assert touchpoint(whole, "Review").events == truth["answers"]["review"]


def test_what_went_wrong_is_in_the_store_as_often_as_it_was_planted(demo) -> None:
    workspace, truth, _, _ = demo
    counted = dict(workspace.store.rows("select k.name, count(*) from events join kinds k using (kind) group by all"))

    assert counted["Payment Failed"] == truth["troubles"]["declined"]["events"]
    assert counted["Dead Click Detected"] == truth["troubles"]["stuck_filter"]["events"]
    assert counted["Order Delivered"] == truth["troubles"]["late"]["parcels"]


def test_web_visits_orders_tickets_and_answers_of_one_person_are_one_customer(demo, whole: JourneyMap) -> None:
    """A buyer is one customer over cookie, account, e-mail, phone, order and ticket. A subscriber who never bought is two:
    the cookie of the visits and the address in the newsletter, and nothing in any file joins them; so is who wrote a
    review without being asked.
    """
    truth = demo[1]

    assert whole.customers == truth["visitors"] + truth["subscribers_nothing_joins"] + truth["reviewers_nothing_joins"]


@pytest.mark.parametrize("period", ["before", "after"])
def test_the_band_holds_the_planted_feelings(demo, period: str) -> None:
    """80 % bands over nine touchpoints: more than three missed has a chance of about one in ten thousand at nine."""
    workspace, truth, _, _ = demo
    days = {"before": (date(2026, 5, 1), date(2026, 8, 1)), "after": (CHANGE, date(2026, 10, 31))}[period]
    measured = journey_map(workspace, Scope(start=days[0], end=days[1]))
    mean = measured.journey_mean
    assert mean is not None
    scores = {
        feeling["touchpoint"]: touchpoint(measured, feeling["touchpoint"]).experience for feeling in truth["feelings"]
    }
    planted = {feeling["touchpoint"]: feeling[period] - mean for feeling in truth["feelings"]}
    missed = {
        name: (planted[name], score.low, score.high)
        for name, score in scores.items()
        if score.low is not None and score.high is not None and not score.low <= planted[name] <= score.high
    }

    assert sum(score.low is not None for score in scores.values()) >= 8
    assert len(missed) <= 4, missed


def test_payment_is_the_low_point_and_got_worse(demo) -> None:
    workspace = demo[0]
    measured = journey_map(workspace, Scope(start=CHANGE, end=date(2026, 10, 31)).with_previous_period())
    payment = touchpoint(measured, "Payment").experience
    differences = {
        each.name: each.experience.difference for each in measured.touchpoints if each.experience.difference is not None
    }

    assert min(differences, key=lambda name: differences[name]) == "Payment"
    assert payment.label == "low"
    assert payment.change is not None
    assert payment.change < 0
    assert not payment.change_is_noise


def test_the_data_ends_when_the_files_do(whole: JourneyMap) -> None:
    until = whole.staleness.data_until

    assert until is not None
    assert datetime(2026, 10, 28, tzinfo=UTC) < until.replace(tzinfo=UTC) <= datetime(2026, 10, 31, tzinfo=UTC)


def test_campaign_figures_stand_beside_the_map_and_add_no_customers(demo, whole: JourneyMap) -> None:
    measures = {figure.measure for each in whole.touchpoints for figure in each.series}

    assert demo[0].store.value("select count(*) from series") > 0
    assert len(measures) > 2


def test_the_exports_do_not_hold_the_truth(demo) -> None:
    folder: Path = demo[3]

    assert [path for path in (folder / "exports").rglob("*") if "truth" in path.name] == []
