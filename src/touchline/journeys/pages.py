"""What journeys lend to pages of others: pages that need a journey that can be read."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from touchline.journeys.rules.journey_file import JourneyFileError
from touchline.ui.requests import WorkspaceRequest

Rest = ParamSpec("Rest")
Page = Callable[Concatenate[WorkspaceRequest, Rest], HttpResponse]


def of_readable_journey(page: Page[Rest]) -> Page[Rest]:
    """While journey.toml has a mistake, lead to its text instead, where it can be put right."""

    @wraps(page)
    def shown(request: WorkspaceRequest, /, *arguments: Rest.args, **options: Rest.kwargs) -> HttpResponse:
        try:
            return page(request, *arguments, **options)
        except JourneyFileError as problem:
            messages.error(request, str(problem))
            return redirect("journey-text")

    return shown
