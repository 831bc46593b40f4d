"""What may be sent at once. The first three are those that clients of Segment's HTTP API keep to by themselves."""

from __future__ import annotations

from typing import Final

MOST_EVENT_BYTES: Final = 32 * 1024
MOST_BATCH_BYTES: Final = 500 * 1024
"""Of a body, unpacked."""
MOST_BATCH_EVENTS: Final = 2500
MOST_BATCH_ITEMS: Final = 4 * MOST_BATCH_EVENTS
"""Those beyond 2,500 are kept as rejected, one by one; of more than so many nothing is kept."""
MOST_MESSAGE_ID_CHARACTERS: Final = 100
MOST_NAME_CHARACTERS: Final = 200
"""Of the name of an event, a page or a screen."""
MOST_ID_CHARACTERS: Final = 512
"""Of a user id, an anonymous id, a group id."""
MOST_NESTING: Final = 32
"""Objects and lists inside each other, the event itself included."""

MOST_PENDING_BYTES: Final = 32_000_000
"""Received and not on disk yet. Beyond it callers are told to come back: memory stays flat whatever is sent."""
MOST_JOURNAL_BYTES: Final = 4_000_000_000
"""On disk and not in the store yet."""
SORTED_IN_FLIGHT: Final = 4
"""When more requests than this wait for their answers, batches are kept as they came and sorted in the background."""
BUSY_RETRY_SECONDS: Final = 1
UNAVAILABLE_RETRY_SECONDS: Final = 10
"""When the disk or the clock is at fault: SDKs wait so long before they try again."""
