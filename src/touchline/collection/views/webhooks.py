"""Pages of webhooks: whose servers may send, with which secret, and how what they send is read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from touchline.collection import facade
from touchline.collection.facade import HookInUse, WriteKeyError
from touchline.collection.forms import HookForm, RotationForm, SecretForm
from touchline.collection.views.collecting import hook_titles, usual_address
from touchline.events.pages import mapping_form
from touchline.ui.numbers import whole
from touchline.ui.requests import WorkspaceRequest

_TITLES = hook_titles()


@require_http_methods(["GET", "HEAD", "POST"])
def new_hook(request: WorkspaceRequest) -> HttpResponse:
    """Make a webhook; its address, and its secret where we make it, are shown once."""
    kind = request.GET.get("kind", "")
    initial = {"address": usual_address(request), "kind": kind, "name": _TITLES.get(kind, "")}
    form = HookForm(request.POST or None, list(_TITLES.items()), initial=initial)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        try:
            made = facade.make_hook(request.workspace, chosen["kind"], chosen["name"], chosen["secret"] or None)
            return _shown_once(request, made.key.id, chosen["address"] + made.path, made.secret)
        except WriteKeyError as problem:
            form.add_error(None, str(problem))
    return render(request, "collection/hook_new.html", {"form": form}, status=400 if form.is_bound else 200)


@require_safe
def hook_page(request: WorkspaceRequest, number: int) -> HttpResponse:
    """Show a webhook: what came by it, its secrets, its mapping, and what can be changed."""
    return _hook_page(request, _in_use(request, number))


@require_POST
def change_hook(request: WorkspaceRequest, number: int, change: str) -> HttpResponse:
    """Give a webhook another secret or another address, or revoke it."""
    found = _in_use(request, number)
    changes = {"secret": _change_secret, "address": _change_address, "revoke": _revoke}
    if change not in changes:
        raise Http404
    try:
        return changes[change](request, found)
    except WriteKeyError as problem:
        messages.error(request, str(problem))
        return redirect("hook", number)


@require_http_methods(["GET", "HEAD", "POST"])
def mapping_page(request: WorkspaceRequest, number: int) -> HttpResponse:
    """Correct how deliveries become events; confirming it sends again those that waited for it."""
    found = _in_use(request, number)
    name = found.use.key.name
    if found.use.key.revoked is not None or found.hook.kind not in _mapped_kinds():
        raise Http404
    known = facade.hook_mapping(request.workspace, number)
    if known.proposal is None:
        messages.info(request, "Nothing has come by it yet, so there is nothing to propose a mapping from.")
        return redirect("hook", number)
    form = mapping_form(request.POST or None, known.bodies, known.proposal, name, request.workspace.settings)
    shown = form.proposed
    if form.is_valid():
        shown = form.corrected
        if "confirm" in request.POST and not shown.problem:
            done = facade.confirm_mapping(request.workspace, number, shown.mapping)
            stored = sum(each.outcome == "stored" for each in done)
            messages.success(request, f"Confirmed. {whole(stored)} of {whole(len(done))} that waited were stored.")
            return redirect("hook", number)
    context = {"found": found, "form": form, "proposal": shown, "deliveries": len(known.bodies)}
    return render(request, "collection/hook_mapping.html", context, status=400 if form.errors else 200)


def _change_secret(request: WorkspaceRequest, found: HookInUse) -> HttpResponse:
    form = SecretForm(request.POST)
    if not form.is_valid():
        return _hook_page(request, found, secret=form)
    overlap = timedelta(days=form.cleaned_data["overlap_days"])
    number = found.use.key.id
    made = facade.replace_secret(request.workspace, number, form.cleaned_data["secret"] or None, overlap)
    if made is not None:
        return _shown_once(request, number, "", made)
    messages.success(request, "What is signed with the new secret is taken from now on.")
    return redirect("hook", number)


def _change_address(request: WorkspaceRequest, found: HookInUse) -> HttpResponse:
    form = RotationForm(request.POST)
    if not form.is_valid():
        return _hook_page(request, found, rotation=form)
    chosen, number = form.cleaned_data, found.use.key.id
    token = facade.rotate_write_key(request.workspace, number, timedelta(days=chosen["overlap_days"]))
    return _shown_once(request, number, f"{chosen['address']}/hooks/{found.hook.kind}/{token}", None)


def _revoke(request: WorkspaceRequest, found: HookInUse) -> HttpResponse:
    facade.revoke_write_key(request.workspace, found.use.key.id)
    messages.success(request, f"The webhook “{found.use.key.name}” is closed. What came by it stays.")
    return redirect("collect")


def _shown_once(request: WorkspaceRequest, number: int, address: str, secret: str | None) -> HttpResponse:
    """The only page that ever holds an address or a secret: they are kept nowhere, by the browser neither."""
    found = _in_use(request, number)
    door = next(each for each in facade.hook_kinds() if each.name == found.hook.kind)
    context = {"found": found, "address": address, "secret": secret, "door": door}
    answer = render(request, "collection/hook_made.html", context)
    answer["Cache-Control"] = "no-store"
    return answer


def _hook_page(
    request: WorkspaceRequest, found: HookInUse, secret: SecretForm | None = None, rotation: RotationForm | None = None
) -> HttpResponse:
    is_mapped = found.hook.kind in _mapped_kinds()
    secret, rotation = secret or SecretForm(), rotation or RotationForm(initial={"address": usual_address(request)})
    rotation.fields["overlap_days"].label = "The addresses it has now"
    if not is_mapped:
        secret.fields["secret"].help_text = f"As {_TITLES[found.hook.kind]} shows it."
    context = {
        "found": found,
        "kind": _TITLES.get(found.hook.kind, found.hook.kind),
        "is_mapped": is_mapped,
        "secret": secret,
        "rotation": rotation,
    }
    is_bound = secret.is_bound or rotation.is_bound
    return render(request, "collection/hook.html", context, status=400 if is_bound else 200)


def _mapped_kinds() -> set[str]:
    return {door.name for door in facade.hook_kinds() if door.needs_mapping}


def _in_use(request: WorkspaceRequest, number: int) -> HookInUse:
    hooks = facade.hooks_in_use(request.workspace.store, _now())
    found = next((each for each in hooks if each.use.key.id == number), None)
    if found is None:
        raise Http404
    return found


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
