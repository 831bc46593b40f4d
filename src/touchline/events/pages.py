"""What events lend to pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from touchline.engine.workspace import Settings
from touchline.events.actions.recognising import Proposal
from touchline.events.forms import MappingForm
from touchline.events.mapping import MappingProposal
from touchline.events.mapping.objects import table_of_objects

CHANNEL_ICONS: Final[Mapping[str, str]] = {
    "web": "globe",
    "app": "smartphone",
    "email": "mail",
    "chat": "message-circle",
    "phone": "phone",
    "store": "store",
    "delivery": "truck",
    "social": "share-2",
    "review": "star",
    "sms": "message-square-text",
    "push": "bell",
    "bot": "bot",
}
"""Names of icons; a channel without one is a dot."""


def mapping_form(
    data: Mapping[str, Any] | None,
    objects: Sequence[Mapping[str, Any]],
    proposed: MappingProposal,
    name: str,
    settings: Settings,
) -> MappingForm:
    """The form in which somebody corrects how JSON objects become events; events/_mapping.html shows it."""
    sample = table_of_objects(objects)
    found = Proposal(
        Path(name), name, None, 0.0, "", proposed.columns, proposed.mapping, proposal=proposed, sample=sample
    )
    form = MappingForm(data, found, settings)
    form.fields.pop("one_event_per")  # objects arrive one by one: nothing could wait for the others of an order
    return form
