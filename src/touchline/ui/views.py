"""Help: the documentation, shown in the product."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from touchline.ui.documents import SECTIONS, as_html, documents


@require_safe
def help_index(request: HttpRequest) -> HttpResponse:
    """List every page of documentation."""
    pages = documents().values()
    sections = [(title, [each for each in pages if each.section == name]) for name, title in SECTIONS.items()]
    return render(request, "ui/help.html", {"sections": sections})


@require_safe
def help_page(request: HttpRequest, section: str, name: str) -> HttpResponse:
    """Show one page of documentation."""
    document = documents().get((section, name))
    if document is None:
        raise Http404
    html = mark_safe(as_html(document))  # noqa: S308 - our own pages, rendered without raw HTML
    context = {"document": document, "section": SECTIONS[section], "html": html}
    return render(request, "ui/help_page.html", context)
