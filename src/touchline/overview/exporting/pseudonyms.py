"""Events without what names a person: what most exports hold."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from touchline.engine.workspace import Workspace
from touchline.events.facade import StoredEvent
from touchline.privacy.facade import mask_personal_data

KEY: Final = "exports.pseudonyms"
"""Under which the store keeps the workspace's own key: without it nobody can try out who a pseudonym is."""
_NAMELESS_OBJECTS: Final = frozenset({"product", "campaign", "survey"})
_HEX_DIGITS = 24


@dataclass(frozen=True)
class Pseudonyms:
    """The same name has the same pseudonym in every export of a workspace, and another in any other workspace."""

    key: bytes

    def of(self, kind: str, name: str) -> str:
        """Return what stands for a name of that kind."""
        return hmac.digest(self.key, f"{kind}\x1f{name}".encode(), "sha256").hex()[:_HEX_DIGITS]


def pseudonyms_of(workspace: Workspace) -> Pseudonyms:
    """Return the pseudonyms of a workspace; its key is made when first needed."""
    found = workspace.store.meta(KEY)
    if found is None:
        found = secrets.token_hex(32)
        with workspace.store.transaction() as writer:
            writer.set_meta(KEY, found)
    return Pseudonyms(bytes.fromhex(found))


def without_names(events: Iterable[StoredEvent], pseudonyms: Pseudonyms, case: str = "") -> Iterator[StoredEvent]:
    """Replace names by pseudonyms, mask texts and leave properties out; `case` is what the events are sorted by."""
    for event in events:
        # the id is a hash of what the source calls the event, often an order number that could be tried out
        id_ = int(pseudonyms.of("event", str(event.id)), 16)
        who = f"{event.who[0]}:{event.who[1]}" if event.who else None
        yield replace(
            event,
            id=id_,
            who=("customer", pseudonyms.of("customer", who)) if who else None,
            case=_case(event.case, case, pseudonyms) if event.case else None,
            objects=tuple(
                (type_, id_ if type_ in _NAMELESS_OBJECTS else pseudonyms.of(type_, id_))
                for type_, id_ in event.objects
            ),
            session=pseudonyms.of("session", event.session) if event.session else None,
            text=mask_personal_data(event.text) if event.text else None,
            properties=None,
        )


def _case(name: str, case: str, pseudonyms: Pseudonyms) -> str:
    if case == "journey":
        customer, _, journey = name.rpartition("/")
        return f"{pseudonyms.of('customer', customer)}/{journey}"
    return pseudonyms.of(case, name)
