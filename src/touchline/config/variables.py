"""Every environment variable that Touchline reads; docs/reference/settings.md is made from this list."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Variable:
    """One environment variable."""

    name: str
    default: str
    """In words."""
    tells: str
    """One sentence."""


VARIABLES = (
    Variable(
        "TOUCHLINE_WORKSPACE",
        "touchline-workspace in the current folder",
        "The workspace folder; the same as the option --workspace.",
    ),
    Variable(
        "TOUCHLINE_MEMORY_MB",
        "1000",
        "How much memory the store may take, in megabytes, before it goes on in temporary files on disk.",
    ),
    Variable(
        "TOUCHLINE_SKIP_WEB",
        "not set",
        "1 while installing from a source tree: do not build the pages' scripts and styles (no Node is fetched then). "
        "The pages work without them, but look plain.",
    ),
    Variable(
        "TOUCHLINE_SMTP",
        "not set: boards are not sent",
        "Mail server for boards, e.g. smtp://user:password@mail.example.org:587; smtp begins TLS after connecting, smtps "
        "with it, smtp-plain has none. Read by the process that has the workspace open.",
    ),
    Variable("TOUCHLINE_MAIL_FROM", "not set", "Sender of boards sent by e-mail, e.g. touchline@example.org."),
    Variable(
        "TOUCHLINE_HOOK_SECRET",
        "not set",
        "The signing secret of a webhook, for `touchline hook create` and `touchline hook secret`, so that it stands in no history "
        "of commands.",
    ),
    Variable(
        "TOUCHLINE_DATA",
        "../shared/data",
        "For tests and row 14 of `touchline verify`: where the public data sets lie. What needs them says so when they are absent.",
    ),
    Variable(
        "TOUCHLINE_SCREENSHOTS",
        "screenshots",
        "Only for the browser tests: the folder into which they put pictures of what they saw.",
    ),
    Variable(
        "TOUCHLINE_SOAK_SECONDS",
        "1800",
        "Only for `make soak`: how long events are collected at half of the load asked for.",
    ),
)
