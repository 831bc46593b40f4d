"""Pages about files coming in: dropping them, correcting what their columns mean, what became of every row."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from touchline.engine.store import StoreError
from touchline.events import facade
from touchline.events.forms import MappingForm
from touchline.events.intake.report import MAPPED_SOURCE
from touchline.events.readers.sheet import WHOLE_LINE
from touchline.events.tasks import ASKING, DONE, FAILED, RUNNING, STOPPED, WAITING, DroppedFile, desk_of
from touchline.ui.paging import offset_of, paging
from touchline.ui.requests import WorkspaceRequest

QUARANTINE_ROWS = 25


@require_http_methods(["GET", "HEAD", "POST"])
def import_page(request: WorkspaceRequest) -> HttpResponse:
    """Take files in, and show how far each is."""
    if request.method == "POST":
        desk = desk_of(request.workspace)
        files = request.FILES.getlist("files")
        if not files:
            messages.warning(request, "No file came with that: choose one or more files first.")
        for file in files:
            if isinstance(file, TemporaryUploadedFile):
                desk.receive(file.name or "file", _moved_from(file))
        return redirect("import")
    return render(request, "events/import.html", _under_way(request))


@require_safe
def import_progress(request: WorkspaceRequest) -> HttpResponse:
    """Give the part of the import page that refreshes itself."""
    return render(request, "events/progress.html", _under_way(request))


@require_http_methods(["GET", "HEAD", "POST"])
def mapping(request: WorkspaceRequest, id_: str) -> HttpResponse:
    """Correct what the columns of a dropped file mean; confirming it starts the import and is remembered."""
    dropped = _dropped(request, id_)
    if dropped.proposal is None or not dropped.is_mapped:
        raise Http404
    form = MappingForm(request.POST or None, dropped.proposal, request.workspace.settings)
    shown = form.proposed
    if form.is_valid():
        shown = form.corrected
        if "confirm" in request.POST and not shown.problem:
            facade.save_mapping(request.workspace, dropped.proposal.header_key, shown.mapping)
            desk_of(request.workspace).start(dropped)
            messages.success(request, f"{dropped.name} is being imported. Its columns will be recognised from now on.")
            return redirect("import")
    context = {"file": dropped, "form": form, "proposal": shown}
    return render(request, "events/mapping.html", context)


@require_POST
def change_import(request: WorkspaceRequest, id_: str, change: str) -> HttpResponse:
    """Stop, resume or forget a dropped file."""
    desk = desk_of(request.workspace)
    changes = {"stop": desk.stop, "resume": desk.start, "forget": desk.forget}
    if change not in changes:
        raise Http404
    changes[change](_dropped(request, id_))
    return redirect("import")


@require_safe
def imports(request: WorkspaceRequest) -> HttpResponse:
    """List every file that was read."""
    records = [
        (each, "Table with mapped columns" if each.source == MAPPED_SOURCE else facade.source_title(each.source))
        for each in facade.imports(request.workspace)
    ]
    return render(request, "events/imports.html", {"records": records})


@require_http_methods(["GET", "HEAD", "POST"])
def quarantine(request: WorkspaceRequest) -> HttpResponse:
    """List the rows that could not be read; a corrected one is tried again."""
    if request.method == "POST":
        _retry(request)
        return redirect(request.get_full_path())
    chosen = _number(request.GET.get("import", ""))
    offset = offset_of(request)
    page = facade.quarantined(request.workspace, chosen, offset, QUARANTINE_ROWS)
    context = {
        "page": page,
        "rows": [_shown(row) for row in page.rows],
        "chosen": chosen,
        "choices": [record for record in facade.imports(request.workspace) if record.quarantined],
        "paging": paging(request, offset, len(page.rows), page.total, QUARANTINE_ROWS),
    }
    return render(request, "events/quarantine.html", context)


@require_safe
def quarantine_csv(request: WorkspaceRequest) -> HttpResponse:
    """Give the rows in quarantine as a file to correct them in."""
    text = facade.export_quarantine(request.workspace, _number(request.GET.get("import", "")))
    answer = HttpResponse(text, "text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="quarantine.csv"'
    return answer


def _retry(request: WorkspaceRequest) -> None:
    import_id = _number(request.POST.get("import", ""))
    if import_id is None:
        raise Http404
    try:
        report = facade.retry_quarantined(request.workspace, import_id, _corrections(request))
    except StoreError as problem:
        messages.error(request, str(problem))
        return
    told = messages.success if report.imported or report.skipped else messages.warning
    told(
        request,
        f"Tried again: {report.imported} imported, {report.skipped} skipped, {report.quarantined} still in quarantine.",
    )


def _corrections(request: WorkspaceRequest) -> list[facade.Correction]:
    """What was changed in the row that was sent; nothing when all rows are to be tried as they are."""
    line = None if "everywhere" in request.POST else _number(request.POST.get("line", ""))
    return [
        facade.Correction(header, value, found=before if line is None else None, line=line)
        for header, before, value in _cells(request)
        if value != before
    ]


def _shown(row: facade.QuarantinedRow) -> dict[str, object]:
    cells = {header: cell for header, cell in row.content.items() if header != WHOLE_LINE}
    return {
        "import_id": row.import_id,
        "file": row.file,
        "line": row.line,
        "reason": row.reason,
        "cells": cells,
        "cells_json": json.dumps(cells),
        "whole_line": row.content.get(WHOLE_LINE, ""),
    }


def _cells(request: WorkspaceRequest) -> list[tuple[str, str, str]]:
    """Header, cell as read and cell as corrected, for every cell of the row that was sent."""
    try:
        before: Any = json.loads(request.POST.get("cells", "{}"))
    except (ValueError, RecursionError):
        raise Http404 from None
    if not isinstance(before, dict):
        raise Http404
    return [(header, str(cell), request.POST.get(f"cell:{header}", str(cell))) for header, cell in before.items()]


_ORDER = (ASKING, FAILED, STOPPED, RUNNING, WAITING, DONE)
"""What needs a person stands first."""


def _under_way(request: WorkspaceRequest) -> dict[str, object]:
    desk = desk_of(request.workspace)
    files = sorted(desk.files(), key=lambda each: _ORDER.index(each.state))
    return {"files": files, "busy": desk.is_busy, "done": any(each.state == DONE for each in files)}


def _dropped(request: WorkspaceRequest, id_: str) -> DroppedFile:
    found = desk_of(request.workspace).file(id_)
    if found is None:
        raise Http404
    return found


def _moved_from(file: TemporaryUploadedFile) -> Any:
    def put(path: Path) -> None:
        Path(file.temporary_file_path()).rename(path)

    return put


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else None
