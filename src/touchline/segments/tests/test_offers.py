from __future__ import annotations

from datetime import date
from pathlib import Path

from touchline.engine.workspace import Settings, create_workspace
from touchline.events.facade import import_files
from touchline.journeys.facade import DEFAULT_JOURNEY_TOML
from touchline.overview.facade import filled_scope, measured_map
from touchline.segments.facade import Scope
from touchline.segments.offers import data_span
from touchline.segments.rules.period import DataSpan


def test_facts_without_a_date_do_not_stretch_the_data(tmp_path: Path) -> None:
    customers = tmp_path / "customers_export.csv"
    customers.write_text(
        "Customer ID,First Name,Last Name,Email,Accepts Email Marketing,Total Spent,Total Orders,Phone\n"
        "1,Ada,Quist,ada@shop.example,yes,20.00,1,\n"
    )
    visits = tmp_path / "visits.csv"
    visits.write_text(
        "email,time,event\nada@shop.example,2026-03-01 10:00,Signed In\nada@shop.example,2026-03-09 10:00,Signed In\n"
    )
    workspace = create_workspace(tmp_path / "workspace", Settings("Shop"), DEFAULT_JOURNEY_TOML)

    import_files(workspace, [customers])
    assert data_span(workspace) is None
    import_files(workspace, [visits], accept_proposals=True)
    assert data_span(workspace) == DataSpan(date(2026, 3, 1), date(2026, 3, 9))
    measured = measured_map(workspace, filled_scope(workspace, Scope(), "none", everything=True))
    assert (measured.start, measured.end) == (date(2026, 3, 1), date(2026, 3, 9))
    workspace.close()
