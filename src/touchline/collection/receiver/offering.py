"""The variants on offer, in memory: nothing is asked of the store while a request waits."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec

from touchline.collection.doors.protocol import Request
from touchline.collection.doors.segment.door import basic_user
from touchline.collection.questions.offers import offers
from touchline.collection.rules.limits import MOST_ID_CHARACTERS
from touchline.collection.rules.problems import RefusedError
from touchline.collection.rules.variants import EXPOSED, VariantOffer, message_id_of
from touchline.engine.announcing import OFFERS, listen
from touchline.engine.workspace import Workspace
from touchline.formulas.experiments.assignment import arm_of

ASSIGN_PATH = "/v1/variant"


class OfferBoard:
    """Offers by the name of their experiment. Used in the thread of the event loop; changes are announced from others."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._by_name: dict[str, VariantOffer] = {}
        self._stale = True
        self._stop_listening = listen(workspace, OFFERS, self._forget)

    def offer_of(self, experiment: str) -> VariantOffer | None:
        """The offer of an experiment, or None."""
        return self._all().get(experiment)

    def told(self) -> dict[str, Any]:
        """What the browser SDK needs, by experiment."""
        return {name: {"salt": offer.salt, "arms": offer.arms} for name, offer in self._all().items()}

    def close(self) -> None:
        """Hear of no changes any more."""
        self._stop_listening()

    def _all(self) -> dict[str, VariantOffer]:
        if self._stale:
            self._stale = False  # first: what changes while the store is asked makes it stale again
            self._by_name = {offer.experiment: offer for offer in offers(self._workspace.store)}
        return self._by_name

    def _forget(self) -> None:
        self._stale = True


_Id = str | Annotated[int, msgspec.Meta(ge=-(2**63), le=2**63 - 1)] | None


class Asked(msgspec.Struct):
    """What a server asks for."""

    experiment: str = ""
    userId: _Id = None  # noqa: N815  # the names of the wire
    anonymousId: _Id = None  # noqa: N815
    writeKey: str | None = None  # noqa: N815
    consent: bool = False


def read_asked(request: Request) -> tuple[str | None, Asked]:
    """Return the write key and what is asked. Raises RefusedError for a body that cannot be read."""
    try:
        asked = msgspec.json.decode(request.body, type=Asked)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise RefusedError("invalid_json", f"The body cannot be read as a JSON object: {error}.") from None
    return basic_user(request.headers.get("authorization", "")) or asked.writeKey, asked


def assigned(board: OfferBoard, asked: Asked, *, consent_is_required: bool) -> tuple[dict[str, Any], bytes | None]:
    """Return the answer, and the call that tells of the exposure; None: nobody met anything.

    Raises RefusedError where nobody is named.
    """
    named = asked.anonymousId if asked.userId is None else asked.userId
    unit = "" if named is None else str(named).strip()
    if not unit or len(unit) > MOST_ID_CHARACTERS:
        raise RefusedError("nobody_named", "Send `userId` or `anonymousId`, of at most 512 characters.")
    offer = board.offer_of(asked.experiment)
    if offer is None:
        return _nothing(asked, "not_running"), None
    if consent_is_required and not asked.consent:
        return _nothing(asked, "no_consent"), None
    arm = arm_of(offer.salt, offer.arms, unit)
    if arm is None:
        return _nothing(asked, "not_included"), None
    who = {"userId": asked.userId, "anonymousId": asked.anonymousId}
    call = {
        "type": "track",
        "event": EXPOSED,
        "messageId": message_id_of(asked.experiment, unit),
        **{name: str(value) for name, value in who.items() if value is not None},
        "properties": {"experiment_id": asked.experiment, "variation_id": arm},
    }
    return {"experiment": asked.experiment, "variant": arm, "reason": ""}, msgspec.json.encode(call)


def _nothing(asked: Asked, reason: str) -> dict[str, Any]:
    return {"experiment": asked.experiment, "variant": None, "reason": reason}
