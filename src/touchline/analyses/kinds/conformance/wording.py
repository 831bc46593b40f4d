"""Deviations in words."""

from __future__ import annotations


def deviation_words(kind: str, touchpoint: str, before: str, after: str) -> str:
    """Say what happens, e.g. 'Support contact between Delivery and Review'."""
    if kind == "stopped":
        return f"stop after {before}" if before else "meet none of the planned steps"
    if kind == "skipped":
        return f"skip {before}"
    if kind == "repeated":
        return f"{touchpoint} again"
    if kind in ("back", "late"):
        return f"back to {touchpoint} after {before}" if kind == "back" else f"{touchpoint} only after {before}"
    if kind == "early":
        return f"{touchpoint} already before {after}"
    return f"{touchpoint} {_between(before, after)}"


def _between(before: str, after: str) -> str:
    if before and before == after:
        return f"while at {before}"
    if before and after:
        return f"between {before} and {after}"
    if before:
        return f"after {before}"
    return f"before {after}" if after else "without any planned step"
