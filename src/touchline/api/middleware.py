"""What stands before the JSON API: errors in one shape, and no changes on behalf of other sites."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from touchline.api.errors import code_of, error_answer

ROOT: Final = "/api/"
SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
OWN_SITE: Final = ("same-origin", "none")
"""`none` is what a browser sends for an address typed by hand."""

Answer = Callable[[HttpRequest], HttpResponse]


class ApiAnswers:
    """Leads to the API, gives every refusal under /api/ its shape, wherever it came from, and answers HEAD as GET.

    It stands outermost: refusals of middleware, unknown addresses and faults pass here too.
    """

    def __init__(self, get_response: Answer) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Replace what is not JSON; no other site may embed an answer."""
        if not request.path.startswith(ROOT):
            return self._get_response(request)
        request.urlconf = settings.API_URLCONF
        asked, request.method = request.method, "GET" if request.method == "HEAD" else request.method
        answer = self._get_response(request)
        request.method = asked  # a server leaves the body out where HEAD was asked
        if answer.status_code >= 400 and not answer.get("Content-Type", "").startswith("application/json"):
            answer = _in_shape(answer)
        answer["Cross-Origin-Resource-Policy"] = "same-origin"
        answer["Cache-Control"] = "no-store"
        return answer


class OwnSiteOnly:
    """Refuses changes that a page of another site would have a browser send.

    Endpoints use no cookie or token that another site lacks: nobody logs in yet. So a browser must say that the page is
    ours. Where it does not (a script, curl), JSON as media type would have made it ask first, and nobody answers that.
    """

    def __init__(self, get_response: Answer) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer 403 or 415 to a change that is not ours or not JSON."""
        if request.path.startswith(ROOT) and request.method not in SAFE_METHODS:
            if _is_foreign(request):
                return error_answer("cross_site")
            if request.content_type != "application/json":
                found = request.content_type or "no media type"
                return error_answer("unsupported_media_type", f"Expected application/json; found {found}.")
        return self._get_response(request)


def _is_foreign(request: HttpRequest) -> bool:
    origin = request.headers.get("Origin")
    if origin is not None and origin != f"{request.scheme}://{request.get_host()}":
        return True
    return request.headers.get("Sec-Fetch-Site", "none") not in OWN_SITE


def _in_shape(answer: HttpResponse) -> HttpResponse:
    is_sentence = answer.get("Content-Type", "").startswith("text/plain")
    shaped = error_answer(code_of(answer.status_code), answer.text if is_sentence else "")
    if "Allow" in answer:
        shaped["Allow"] = answer["Allow"]
    return shaped
