"""The clients that tests/clients runs, for the reference: their versions from the pins, how to set them up, when they give up."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
ADDRESS = "https://collect.shop.example"
HEAD = """\
## Clients that are tested

These run with every build against a real server: over connections that are cut, against 429 and 503, with answers that get lost,
and while the server is killed and started again. Every call is stored once, with its values whole.

| client | version | set up with | gives up a call after |
|---|---|---|---|"""
FOOT = """
A client that gives up has lost what it held: none of that ever reached the server. Give the two Node clients ten tries, so that
they outlast a restart. Told 429, all of them wait as long as `Retry-After` says, except RudderStack's for Python, which waits as
long as it sees fit.

Properties and traits are kept whole, and so is what your own code adds to `context` and `integrations` of a page, screen or track
call. Of what clients write into `context` by themselves, page, campaign, channel, device, language and session are kept as such;
the IP address and the user agent are not kept.
"""
_SET_UP = {
    "segment-analytics-python": (f'`Client(KEY, host="{ADDRESS}")`', "11 tries, some 3 minutes"),
    "rudder-sdk-python": (f'`Client(KEY, host="{ADDRESS}")`', "11 tries, up to 17 minutes"),
    "@segment/analytics-node": (
        f'`new Analytics({{ writeKey: KEY, host: "{ADDRESS}" }})`',
        "4 tries, 7 to 14 seconds; `maxRetries` says otherwise",
    ),
    "@rudderstack/rudder-sdk-node": (
        f'`new Analytics(KEY, {{ dataPlaneUrl: "{ADDRESS}" }})`',
        "4 tries, 1½ seconds; `retryCount` says otherwise",
    ),
    "@segment/analytics-next": (
        f'`AnalyticsBrowser.load({{ writeKey: KEY, cdnURL: "{ADDRESS}" }})`',
        "10 tries; what is left waits on the device for the next page",
    ),
}


def clients_section() -> Iterator[str]:
    """Give the section's lines."""
    versions = pinned_versions()
    yield HEAD
    for name, (set_up, gives_up) in _SET_UP.items():
        yield f"| `{name}` | {versions[name]} | {set_up} | {gives_up} |"
    yield FOOT


def pinned_versions() -> dict[str, str]:
    """Package -> the version that is installed for the tests."""
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    package = json.loads((ROOT / "tests" / "clients" / "package.json").read_text("utf-8"))
    pinned = dict(line.split("==") for line in lines if "==" in line)
    return {**pinned, **package["dependencies"]}
