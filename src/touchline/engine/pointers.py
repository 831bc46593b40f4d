"""Where a property stands in JSON, as the store's functions are told it."""

from __future__ import annotations


def pointer_to(key: str) -> str:
    """Return the JSON pointer to a key of the outermost object, whatever signs the key holds.

    A path such as $."key" breaks at a quotation mark in it and reads * as every key. Source: RFC 6901.
    """
    return "/" + key.replace("~", "~0").replace("/", "~1")
