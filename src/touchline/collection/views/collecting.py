"""The page Collect, and the page of a write key."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from touchline.collection import facade
from touchline.collection.drawing import draw_arrivals
from touchline.collection.facade import Arrivals, KeyInUse, WriteKey, WriteKeyError
from touchline.collection.forms import KeyForm, RotationForm, SendersForm
from touchline.collection.rules.snippets import snippets
from touchline.collection.tasks import collector_at
from touchline.collection.wording import consent_told, journal_told
from touchline.ui.drawing.spark import draw_spark
from touchline.ui.numbers import whole
from touchline.ui.requests import WorkspaceRequest

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
LARGEST_NUMBER = 2**31 - 1


@dataclass(frozen=True)
class ShownKey:
    """A write key as the page lists it."""

    in_use: KeyInUse
    lately: int
    """Events of the last hour."""
    spark: SafeString


@dataclass(frozen=True)
class ShownArrivals:
    """What arrived lately, as a picture with its legend."""

    svg: SafeString
    since: str
    part: str
    most: int


@require_http_methods(["GET", "HEAD", "POST"])
def collect_page(request: WorkspaceRequest) -> HttpResponse:
    """Show who may send and what arrives; make a write key, whose token is shown once."""
    form = KeyForm(request.POST or None, initial={"address": usual_address(request)})
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        try:
            key, token = facade.make_write_key(
                request.workspace, chosen["name"], chosen["origins"], chosen["events_per_second"]
            )
            return _shown_once(request, key, token, chosen["address"])
        except WriteKeyError as problem:
            form.add_error("name", str(problem))
    context = _arriving(request) | {
        "form": form,
        "consent": consent_told(request.workspace.settings),
        "settings": request.workspace.settings,
    }
    return render(request, "collection/collect.html", context, status=400 if form.is_bound else 200)


@require_safe
def key_page(request: WorkspaceRequest, number: int) -> HttpResponse:
    """Show a write key: what came by it, who may send with it, and what can be changed."""
    return _key_page(request, _in_use(request, number))


@require_POST
def change_key(request: WorkspaceRequest, number: int, change: str) -> HttpResponse:
    """Change who may send, give a new token, or revoke."""
    found = _in_use(request, number)
    changes = {"senders": _change_senders, "rotate": _rotate, "revoke": _revoke}
    if change not in changes:
        raise Http404
    try:
        return changes[change](request, found)
    except WriteKeyError as problem:
        messages.error(request, str(problem))
        return redirect("write-key", number)


def _change_senders(request: WorkspaceRequest, found: KeyInUse) -> HttpResponse:
    form = SendersForm(request.POST)
    if not form.is_valid():
        return _key_page(request, found, senders=form)
    chosen = form.cleaned_data
    facade.change_write_key(request.workspace, found.key.id, chosen["origins"], chosen["events_per_second"])
    messages.success(request, "Changed. It holds from now on.")
    return redirect("write-key", found.key.id)


def _rotate(request: WorkspaceRequest, found: KeyInUse) -> HttpResponse:
    form = RotationForm(request.POST)
    if not form.is_valid():
        return _key_page(request, found, rotation=form)
    overlap = timedelta(days=form.cleaned_data["overlap_days"])
    token = facade.rotate_write_key(request.workspace, found.key.id, overlap)
    return _shown_once(request, found.key, token, form.cleaned_data["address"])


def _revoke(request: WorkspaceRequest, found: KeyInUse) -> HttpResponse:
    facade.revoke_write_key(request.workspace, found.key.id)
    messages.success(request, f"The write key “{found.key.name}” opens nothing any more. What came by it stays.")
    return redirect("collect")


def _key_page(
    request: WorkspaceRequest,
    found: KeyInUse,
    senders: SendersForm | None = None,
    rotation: RotationForm | None = None,
) -> HttpResponse:
    key = found.key
    facts = {"origins": "\n".join(key.origins), "events_per_second": key.events_per_second}
    days = facade.arrivals(request.workspace.store, [key.import_id], _now(), HOUR, 24)[key.import_id]
    context = {
        "found": found,
        "chart": _chart(days, "24 h ago", "hour", "24 hours"),
        "total": days.total,
        "senders": senders or SendersForm(initial=facts),
        "rotation": rotation or RotationForm(initial={"address": usual_address(request)}),
    }
    bound = [form for form in (senders, rotation) if form is not None]
    return render(request, "collection/write_key.html", context, status=400 if bound else 200)


def _shown_once(request: WorkspaceRequest, key: WriteKey, token: str, address: str) -> HttpResponse:
    """The only page that ever holds a token: it is kept nowhere, by the browser neither."""
    facade.remember_address(request.workspace, address)
    context = {"key": key, "token": token, "snippets": snippets(address, token), "address": address}
    answer = render(request, "collection/token.html", context)
    answer["Cache-Control"] = "no-store"
    return answer


def _arriving(request: WorkspaceRequest) -> dict[str, object]:
    workspace = request.workspace
    now = _now()
    keys, hooks = facade.keys_in_use(workspace.store, now), facade.hooks_in_use(workspace.store, now)
    senders = [*keys, *(hook.use for hook in hooks)]
    minutes = facade.arrivals(workspace.store, [each.key.import_id for each in senders], now, MINUTE, 60)
    counts = tuple(map(sum, zip(*(each.counts for each in minutes.values()), strict=True))) or (0,) * 60
    all_minutes = Arrivals(now - 60 * MINUTE, MINUTE, counts)
    collector = collector_at(workspace.folder)
    return {
        "keys": [_shown(each, minutes[each.key.import_id]) for each in keys],
        "hooks": [(each, hook_titles().get(each.hook.kind, "")) for each in hooks],
        "journal": journal_told(collector.state() if collector else None),
        "is_collecting": collector is not None,
        "lately": all_minutes.total,
        "chart": _chart(all_minutes, "60 min ago", "minute", "hour"),
        "stored": sum(each.stored for each in senders),
        "repeated": sum(each.repeated for each in senders),
        "rejected": sum(each.rejected for each in senders),
        "valid": sum(each.key.revoked is None for each in keys),
    }


def _shown(found: KeyInUse, minutes: Arrivals) -> ShownKey:
    spark = draw_spark([float(count) for count in minutes.counts]) if minutes.total else ""
    return ShownKey(found, minutes.total, mark_safe(spark))  # noqa: S308 - our own drawing


def _chart(found: Arrivals, since: str, part: str, span: str) -> ShownArrivals:
    most = max(found.counts)
    label = f"Events stored in the last {span}, by {part}: {whole(found.total)} in all, at most {whole(most)} in one {part}."
    return ShownArrivals(mark_safe(draw_arrivals(found, label)), since, part, most)  # noqa: S308 - our own drawing


def _in_use(request: WorkspaceRequest, number: int) -> KeyInUse:
    keys = facade.keys_in_use(request.workspace.store, _now())
    found = next((each for each in keys if each.key.id == number), None)
    if found is None:
        raise Http404
    return found


def hook_titles() -> dict[str, str]:
    """Kind of webhook -> as people call it."""
    return {door.name: door.title for door in facade.hook_kinds()}


def usual_address(request: WorkspaceRequest) -> str:
    """Where senders reach this workspace, as somebody said last, else where this page is."""
    return facade.remembered_address(request.workspace.store) or f"{request.scheme}://{request.get_host()}"


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
