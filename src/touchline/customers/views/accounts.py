"""Pages of accounts: which organisations there are, and who belongs to them."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from touchline.customers import facade
from touchline.customers.forms import LARGEST_NUMBER
from touchline.customers.quality_words import membership_words
from touchline.engine.deriving import bring_up_to_date
from touchline.ui.paging import offset_of, paging
from touchline.ui.requests import WorkspaceRequest

ROWS = 50


@require_safe
def accounts(request: WorkspaceRequest) -> HttpResponse:
    """Every account, or those whose name or id holds what was typed."""
    bring_up_to_date(request.workspace)
    search, offset = request.GET.get("search", "").strip(), offset_of(request)
    found, total = facade.accounts(request.workspace, search, offset, ROWS)
    context = {
        "accounts": found,
        "search": search,
        "total": total,
        "paging": paging(request, offset, len(found), total, ROWS),
    }
    return render(request, "customers/accounts.html", context)


@require_safe
def account(request: WorkspaceRequest, number: int) -> HttpResponse:
    """One account and its members."""
    bring_up_to_date(request.workspace)
    found = facade.account(request.workspace, number) if number <= LARGEST_NUMBER else None
    if found is None:
        problem = {"heading": "No such account", "sentence": f"There is no account #{number}."}
        return render(request, "ui/problem.html", problem, status=404)
    if found.number != number:
        return redirect("account", found.number)
    offset = offset_of(request)
    members = facade.members_of(request.workspace, number, offset, ROWS)
    context = {
        "account": found,
        "members": [(each, membership_words(each)) for each in members],
        "paging": paging(request, offset, len(members), found.members, ROWS),
    }
    return render(request, "customers/account.html", context)
