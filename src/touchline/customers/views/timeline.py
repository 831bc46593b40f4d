"""Pages of one customer: the search that finds them, and their timeline."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from touchline.customers import facade, shown, wording
from touchline.customers.forms import LinkForm
from touchline.customers.questions.customer import Timeline, told_as_derived
from touchline.customers.questions.search import search, seen_lately
from touchline.customers.questions.who import UnknownCustomerError, who_is
from touchline.customers.rules.timeline import TYPE_NAMES
from touchline.customers.topics import TOPICS
from touchline.engine.deriving import bring_up_to_date
from touchline.engine.lately import Lately
from touchline.engine.workspace import Workspace
from touchline.events.facade import CHANNEL_NAMES
from touchline.ui.paging import offset_of, paging
from touchline.ui.requests import WorkspaceRequest

ENTRIES = 50
SWITCHES = {"undo": facade.undo_link, "redo": facade.redo_link}

_derived: Lately[tuple[str, ...]] = Lately()


@require_safe
def customers_page(request: WorkspaceRequest) -> HttpResponse:
    """Find customers by anything that names them; without a search, those who were seen last."""
    _bring_up_to_date_lately(request.workspace)
    found = search(request.workspace.store, request.GET.get("search", ""))
    if len(found.customers) == 1:
        return redirect("customer", found.customers[0].customer)
    context = {
        "found": found,
        "customers": found.customers if found.text else seen_lately(request.workspace.store),
        "sentence": wording.found_words(found),
        "type_names": TYPE_NAMES,
    }
    return render(request, "customers/timeline_search.html", context)


@require_safe
def customer_page(request: WorkspaceRequest, number: int) -> HttpResponse:
    """One customer's timeline."""
    channel, topic = request.GET.get("channel", ""), request.GET.get("about", "")
    try:
        notes = _bring_up_to_date_lately(request.workspace)
        told = told_as_derived(request.workspace, number, notes, channel, topic, offset_of(request), ENTRIES)
    except UnknownCustomerError as problem:
        context = {"heading": "No such customer", "sentence": str(problem)}
        return render(request, "ui/problem.html", context, status=404)
    if told.who.customer != number:
        return redirect(f"{reverse('customer', args=[told.who.customer])}?{request.GET.urlencode()}")
    return render(request, "customers/timeline.html", _context(request, told, channel, topic))


@require_POST
def switch_link(request: WorkspaceRequest, number: int, change: str) -> HttpResponse:
    """Undo or redo a link of a customer, who may be another one afterwards."""
    form = LinkForm(request.POST)
    if change not in SWITCHES or not form.is_valid():
        raise Http404
    try:
        SWITCHES[change](request.workspace, form.cleaned_data["a"], form.cleaned_data["b"])
        undone = (
            "Undone: the two are what they would be without that link." if change == "undo" else "The link holds again."
        )
        messages.success(request, undone)
        number = who_is(request.workspace, number).customer
    except (facade.UnknownLinkError, UnknownCustomerError) as problem:
        messages.error(request, str(problem))
    return redirect(f"{reverse('customer', args=[number])}#links")


def _bring_up_to_date_lately(workspace: Workspace) -> tuple[str, ...]:
    """Bring visits up to date behind the page while events arrive: with ten million events that takes a second.

    Once they are, the page hears of it and comes again. Returns why they are not newer, in sentences.
    """
    definition = workspace.journey_file
    written = definition.stat().st_mtime_ns if definition.exists() else 0
    return _derived.recall(workspace, written, lambda: bring_up_to_date(workspace))


def _context(request: WorkspaceRequest, told: Timeline, channel: str, topic: str) -> dict[str, object]:
    page, standing = told.page, told.standing
    return {
        "told": told,
        "who": told.who,
        "standing": standing,
        "days": shown.days(told),
        "spark": shown.spark(told),
        "latest_score": wording.latest_score(standing),
        "worth": wording.worth_words(standing.worth),
        "orders": shown.lane(standing.orders, wording.order_words),
        "cases": shown.lane(standing.cases, wording.case_words),
        "mails": shown.lane(standing.messages, wording.message_words),
        "answers": shown.lane(standing.answers[::-1], wording.score_words),
        "identifiers": shown.names(told.who),
        "links": shown.lane(told.links, wording.link_words),
        "channels": shown.choices(page.channels, CHANNEL_NAMES),
        "topics": shown.choices(page.topics, TOPICS),
        "channel": channel,
        "topic": topic,
        "paging": paging(request, page.offset, len(page.entries), page.total, ENTRIES),
    }
