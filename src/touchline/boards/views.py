"""Pages of boards: the list, one board, and what is done with cards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBadRequest, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from touchline.analyses.facade import QuestionError, keep_segment
from touchline.analyses.pages import Shown, shown_part
from touchline.boards import facade
from touchline.boards.exports.feed import write_feed
from touchline.boards.exports.pdf import write_pdf
from touchline.boards.exports.pptx import write_pptx
from touchline.boards.facade import MAP, AnsweredCard, Board, BoardError
from touchline.boards.forms import BoardForm, CardForm
from touchline.segments.facade import FilterError
from touchline.ui.requests import WorkspaceRequest

MOVES = {"up": -1, "down": 1}
WRITERS = {
    "pdf": (write_pdf, "application/pdf"),
    "pptx": (write_pptx, "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
}
LARGEST_NUMBER = 2**31 - 1


@dataclass(frozen=True)
class ShownCard:
    """A card as its board's template draws it."""

    answered: AnsweredCard
    parts: tuple[Shown, ...]
    url: str
    form: CardForm


@require_http_methods(["GET", "HEAD", "POST"])
def boards_page(request: WorkspaceRequest) -> HttpResponse:
    """List the boards; make one."""
    form = BoardForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = facade.make_board(request.workspace, form.cleaned_data["name"])
            return redirect("board", made.id)
        except BoardError as problem:
            form.add_error("name", str(problem))
    status = 400 if form.is_bound else 200
    return render(
        request, "boards/boards.html", {"boards": facade.boards(request.workspace), "form": form}, status=status
    )


@require_safe
def board_page(request: WorkspaceRequest, number: int) -> HttpResponse:
    """Show a board, every card answered from the latest data."""
    board = _board(request, number)
    cards = [_shown(card) for card in facade.answered_board(request.workspace, board)]
    context = {"board": board, "cards": cards, "form": BoardForm(initial={"name": board.name}, auto_id="board-%s")}
    return render(request, "boards/board.html", context)


@require_safe
def board_file(request: WorkspaceRequest, number: int, suffix: str) -> HttpResponse:
    """Give a board as PDF, PowerPoint or feed."""
    board = _board(request, number)
    if suffix not in ("atom", *WRITERS):
        raise Http404
    cards = facade.answered_board(request.workspace, board)
    if not cards and suffix != "atom":
        return HttpResponseBadRequest("This board has no cards yet.", content_type="text/plain; charset=utf-8")
    if suffix == "atom":
        address = request.build_absolute_uri(reverse("board", args=[number]))
        return HttpResponse(write_feed(board, cards, address), "application/atom+xml; charset=utf-8")
    write, media_type = WRITERS[suffix]
    answer = HttpResponse(write(board.name, cards), media_type)
    answer["Content-Disposition"] = content_disposition_header(True, f"{board.name}.{suffix}") or ""
    return answer


@require_POST
def change_board(request: WorkspaceRequest, number: int, change: str) -> HttpResponse:
    """Rename or delete a board."""
    board = _board(request, number)
    if change not in ("rename", "delete"):
        raise Http404
    if change == "delete":
        facade.delete_board(request.workspace, number)
        messages.success(request, f"Deleted the board “{board.name}”.")
        return redirect("boards")
    try:
        facade.rename_board(request.workspace, number, request.POST.get("name", ""))
        messages.success(request, "Renamed.")
    except BoardError as problem:
        messages.error(request, str(problem))
    return redirect("board", number)


@require_POST
def keep_card(request: WorkspaceRequest, kind: str) -> HttpResponse:
    """Put a question on a board."""
    asked = QueryDict(request.POST.get("asked", ""))
    try:
        card = facade.keep_question(
            request.workspace,
            request.POST.get("board", ""),
            kind,
            dict(asked.lists()),
            request.POST.get("title", "").strip(),
            request.POST.get("note", ""),
        )
    except (BoardError, QuestionError, FilterError) as problem:
        messages.error(request, str(problem))
        return redirect(_asked_url(kind, asked))
    messages.success(request, f"“{card.title}” is on the board now.")
    return redirect(f"{reverse('board', args=[card.board])}#card-{card.id}")


@require_POST
def keep_members(request: WorkspaceRequest, kind: str) -> HttpResponse:
    """Keep the customers of a part of a question as a segment."""
    asked = QueryDict(request.POST.get("asked", ""))
    given = {name: [str(value) for value in values] for name, values in asked.lists()}
    try:
        kept = keep_segment(request.workspace, request.POST.get("name", ""), kind, given, request.POST.get("part", ""))
        messages.success(
            request,
            f'Kept {kept.customers:,} customers as the segment “{kept.name}”. In any filter: segment("{kept.name}")',
        )
    except QuestionError as problem:
        messages.error(request, str(problem))
    return redirect(_asked_url(kind, asked))


@require_POST
def change_card(request: WorkspaceRequest, number: int, card: int, change: str) -> HttpResponse:
    """Note on, move or take off a card."""
    workspace = request.workspace
    if change not in ("note", "remove", *MOVES) or card > LARGEST_NUMBER:
        raise Http404
    try:
        if change == "remove":
            facade.remove_card(workspace, card)
            return redirect("board", number)
        if change in MOVES:
            facade.move_card(workspace, card, MOVES[change])
        else:
            form = CardForm(request.POST)
            if not form.is_valid():
                raise BoardError(" ".join(str(each) for errors in form.errors.values() for each in errors))
            facade.change_card(workspace, card, **form.cleaned_data)
    except BoardError as problem:
        messages.error(request, str(problem))
    return redirect(f"{reverse('board', args=[number])}#card-{card}")


def _board(request: WorkspaceRequest, number: int) -> Board:
    try:
        return facade.board_of(request.workspace, number)
    except BoardError:
        raise Http404 from None


def _shown(answered: AnsweredCard) -> ShownCard:
    card = answered.card
    parts = tuple(shown_part("", "", each) for each in answered.presentations)
    initial: dict[str, Any] = {"title": card.title, "note": card.note, "noted": card.noted}
    form = CardForm(initial=initial, auto_id=f"card-{card.id}-%s")
    return ShownCard(answered, parts, _asked_url(card.kind, card.asked), form)


def _asked_url(kind: str, asked: QueryDict | str) -> str:
    query = asked if isinstance(asked, str) else asked.urlencode()
    page = reverse("map") if kind == MAP else reverse("question", args=[kind])
    return f"{page}?{query}" if query else page
