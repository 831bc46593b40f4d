"""Making webhooks, replacing their secrets, and saying how their bodies become events."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from touchline.collection.actions.redriving import redrive_all
from touchline.collection.actions.write_keys import WriteKeyError, insert_write_key
from touchline.collection.doors.catalogue import all_doors, door_named
from touchline.collection.doors.webhook import DELIVERY_ID, RECEIVED, WebhookDoor, fields_of
from touchline.collection.questions.rejections import RejectionFilter, rejections
from touchline.collection.questions.write_keys import write_key
from touchline.collection.rules.redriving import Redriven
from touchline.collection.rules.signatures import SignatureError, new_standard_secret, standard_key
from touchline.collection.rules.webhooks import Hook
from touchline.collection.rules.write_keys import HINT_CHARACTERS, WriteKey
from touchline.engine.announcing import WRITE_KEYS, announce
from touchline.engine.store import Writer
from touchline.engine.workspace import Workspace
from touchline.events.facade import Mapping as TableMapping
from touchline.events.facade import MappingProposal, propose_for_objects

SECRET_OVERLAP = timedelta(days=1)
"""How long an older secret goes on after a new one was given, where nobody says otherwise."""
DELIVERIES_PER_SECOND = 200
LOOKED_AT_DELIVERIES = 2_000
LEAST_CHARACTERS_WITH_HINT = 12
"""Of a shorter secret its last characters would tell too much."""


@dataclass(frozen=True)
class NewHook:
    """A webhook just made, with what nobody can show again."""

    key: WriteKey
    path: str
    """Of its address: /hooks/<kind>/<write key>."""
    secret: str | None
    """What the sender has to sign with, where we chose it; None where the sender chooses."""


@dataclass(frozen=True)
class HookMapping:
    """How the bodies of a webhook become events, as far as that is known."""

    proposal: MappingProposal | None
    """From the deliveries at hand; None: there has been none."""
    bodies: tuple[Mapping[str, Any], ...]
    """Those that were looked at, the latest first."""
    confirmed: TableMapping | None
    """What holds; None: deliveries wait for it."""


def hook_kinds() -> tuple[WebhookDoor, ...]:
    """Every kind of webhook, by name."""
    return tuple(door for door in all_doors() if isinstance(door, WebhookDoor))


def make_hook(workspace: Workspace, kind: str, name: str, secret: str | None = None) -> NewHook:
    """Make a webhook. Where the sender chooses the secret it may follow later; until then every delivery is refused.

    Raises WriteKeyError for an unknown kind, a name that is taken or a secret that cannot be one.
    """
    door = next((each for each in hook_kinds() if each.name == kind), None)
    if door is None:
        known = ", ".join(each.name for each in hook_kinds())
        raise WriteKeyError(f"{kind!r} is no kind of webhook; expected one of {known}.")
    made = new_standard_secret() if door.needs_mapping and secret is None else None
    given = _checked(door, secret) if secret is not None else made
    with workspace.store.transaction() as writer:
        key, token = insert_write_key(writer, workspace, name, (), DELIVERIES_PER_SECOND)
        writer.execute("insert into webhooks values (?, ?, null)", [key.id, kind])
        if given is not None:
            _add_secret(writer, key.id, given)
    announce(workspace, WRITE_KEYS)
    return NewHook(replace(key, hook=Hook(kind)), f"{door.prefix}{token}", made)


def replace_secret(
    workspace: Workspace, key_id: int, secret: str | None = None, overlap: timedelta = SECRET_OVERLAP
) -> str | None:
    """Give a webhook a new secret beside the older ones, which go on for `overlap`; give it where we chose it.

    Raises WriteKeyError.
    """
    door = _door_of(_hook(workspace, key_id))
    if secret is None and not door.needs_mapping:
        raise WriteKeyError(f"{door.title} chooses the secret itself: copy it from there.")
    made = None if secret is not None else new_standard_secret()
    given = _checked(door, secret) if secret is not None else str(made)
    with workspace.store.transaction() as writer:
        runs_out = _now() + overlap
        writer.execute(
            "update webhook_secrets set expires = ? where key_id = ? and (expires is null or expires > ?)",
            [runs_out, key_id, runs_out],
        )
        _add_secret(writer, key_id, given)
    announce(workspace, WRITE_KEYS)
    return made


def hook_mapping(workspace: Workspace, key_id: int, choices: Mapping[str, str] | None = None) -> HookMapping:
    """How a webhook's bodies would become events, by the deliveries at hand; `choices` (role -> field, '' for none) correct
    that. Raises WriteKeyError or MappingError."""
    key = _hook(workspace, key_id)
    confirmed = TableMapping.from_json(key.hook.mapping) if key.hook and key.hook.mapping else None
    bodies = _deliveries(workspace, key)
    if not bodies:
        return HookMapping(None, (), confirmed)
    chosen = dict(choices or {})
    first = propose_for_objects(bodies, workspace.settings)
    if "time" not in first.mapping.columns:
        bodies = _deliveries(workspace, key, with_beside=True)
        chosen = {"time": RECEIVED, "key": first.mapping.columns.get("key", DELIVERY_ID)} | chosen
    found = propose_for_objects(bodies, workspace.settings, confirmed, chosen)
    return HookMapping(found, tuple(bodies), confirmed)


def confirm_mapping(workspace: Workspace, key_id: int, mapping: TableMapping) -> list[Redriven]:
    """Read a webhook's bodies by a mapping from now on, and send again those that waited for one. Raises WriteKeyError."""
    _hook(workspace, key_id)
    with workspace.store.transaction() as writer:
        writer.execute("update webhooks set mapping = ? where key_id = ?", [mapping.to_json(), key_id])
    announce(workspace, WRITE_KEYS)
    return redrive_all(workspace, RejectionFilter(code="no_mapping", key_id=key_id))


def _deliveries(workspace: Workspace, key: WriteKey, *, with_beside: bool = False) -> list[dict[str, Any]]:
    """Bodies that wait or waited for a mapping, the latest first; where they say no time, with what is known beside them."""
    which = RejectionFilter(key_id=key.id, waiting=False)
    found = []
    for each in rejections(workspace.store, which, most=LOOKED_AT_DELIVERIES):
        try:
            body, known = fields_of(each.content.encode(), each.received.replace(tzinfo=UTC))
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            continue
        found.append({**body, **known} if with_beside else body)
    return found


def _hook(workspace: Workspace, key_id: int) -> WriteKey:
    key = write_key(workspace.store, key_id)
    if key is None or key.hook is None:
        raise WriteKeyError(f"There is no webhook {key_id}.")
    if key.revoked is not None:
        raise WriteKeyError(f"The webhook {key.name!r} was revoked on {key.revoked:%Y-%m-%d}. Make a new one.")
    return key


def _door_of(key: WriteKey) -> WebhookDoor:
    door = door_named(key.hook.kind) if key.hook else None
    if not isinstance(door, WebhookDoor):
        raise WriteKeyError(f"The kind of the webhook {key.name!r} does not exist any more.")
    return door


def _checked(door: WebhookDoor, secret: str) -> str:
    given = secret.strip()
    if not given or any(character.isspace() for character in given):
        raise WriteKeyError("A secret is one word without blanks, as the sender shows it.")
    if door.needs_mapping:
        try:
            standard_key(given)
        except SignatureError as error:
            raise WriteKeyError(str(error)) from None
    return given


def _add_secret(writer: Writer, key_id: int, secret: str) -> None:
    hint = secret[-HINT_CHARACTERS:] if len(secret) >= LEAST_CHARACTERS_WITH_HINT else ""
    writer.execute("insert into webhook_secrets values (?, ?, ?, ?, null)", [key_id, secret, hint, _now()])


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
