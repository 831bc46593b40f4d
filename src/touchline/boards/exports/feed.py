"""A board as an Atom feed: one entry per card, a new one when its answer changed."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from xml.etree import ElementTree

from touchline.analyses.facade import figure_words, leaving, rests_on
from touchline.boards.answers import AnsweredCard
from touchline.boards.exports.evidence import evidence_line
from touchline.boards.rules import Board

ATOM = "http://www.w3.org/2005/Atom"


def write_feed(board: Board, cards: Sequence[AnsweredCard], address: str) -> bytes:
    """The feed (RFC 4287); `address` is where the board is looked at."""
    ElementTree.register_namespace("", ATOM)
    feed = ElementTree.Element(f"{{{ATOM}}}feed")
    _add(feed, "id", f"urn:touchline:board:{board.id}")
    _add(feed, "title", board.name)
    _add(feed, "updated", max((_updated(card) for card in cards), default=_moment(board.made)))
    ElementTree.SubElement(feed, f"{{{ATOM}}}link", {"href": address})
    author = ElementTree.SubElement(feed, f"{{{ATOM}}}author")
    _add(author, "name", "Touchline")
    for card in cards:
        _entry(feed, card, address)
    found: bytes = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return found


def card_text(answered: AnsweredCard) -> str:
    """A card in words: what feeds and e-mails say."""
    parts = [answered.problem] if answered.problem else []
    for shown in map(leaving, answered.presentations):
        parts.append(shown.sentence)
        for figure in shown.figures:
            note = rests_on(figure)
            parts.append(f"- {figure.name}: {figure_words(figure)}{f' ({note})' if note else ''}")
        parts += [f"Note: {caution}" for caution in shown.cautions]
    if answered.card.note:
        parts.append(f"“{answered.card.note}”")
    return "\n".join([*parts, evidence_line(answered)])


def _entry(feed: ElementTree.Element, answered: AnsweredCard, address: str) -> None:
    text = card_text(answered)
    version = hashlib.sha256(text.encode()).hexdigest()[:16]
    entry = ElementTree.SubElement(feed, f"{{{ATOM}}}entry")
    _add(entry, "id", f"urn:touchline:card:{answered.card.id}:{version}")
    _add(entry, "title", answered.card.title)
    _add(entry, "updated", _updated(answered))
    ElementTree.SubElement(entry, f"{{{ATOM}}}link", {"href": f"{address}#card-{answered.card.id}"})
    _add(entry, "content", text)


def _add(parent: ElementTree.Element, name: str, text: str) -> None:
    child = ElementTree.SubElement(parent, f"{{{ATOM}}}{name}")
    child.text = "".join(letter for letter in text if letter in "\n\t" or letter.isprintable())


def _updated(answered: AnsweredCard) -> str:
    return _moment(answered.data_until or datetime(1970, 1, 1, tzinfo=UTC))


def _moment(time: datetime) -> str:
    return f"{time.replace(tzinfo=None, microsecond=0).isoformat()}Z"
