"""What a form lacks, said above the next page."""

from __future__ import annotations

from django.contrib import messages
from django.forms import Form

from touchline.ui.requests import WorkspaceRequest


def say_problems(request: WorkspaceRequest, form: Form) -> None:
    """Say above the next page what a form lacks."""
    for name, problems in form.errors.items():
        label = form.fields[name].label if name in form.fields else ""
        messages.error(request, " ".join(filter(None, (f"{label}:" if label else "", *map(str, problems)))))
