"""Texts that do harm where they are pasted instead of bound, escaped or neutralised."""

from __future__ import annotations

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(2)>',
    "{{7*7}}{% include 'x' %}",
    "=cmd|' /C calc'!A0",
    "+1+1",
    "@SUM(1+1)",
    "\t=1+1",
    "'; drop table events; --",
    '" or 1=1 --',
    "%s {0} $1 ? *",
    "a\\",
    "\u202eevil\u202c",
    "\x07\x1b[31m",
    "a[b=c]",
    "$.x",
    "*",
    "~/~",
    "%%{init: {}}%%",
    "L" * 10_000,
)
