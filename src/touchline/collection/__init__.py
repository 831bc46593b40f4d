"""Collecting live: what sites, apps and servers send while it happens becomes events, once each, and is never lost."""

COMMANDS = {
    "collect": "Collecting events while they happen.",
    "hook": "Webhooks: what Shopify, Zendesk, Stripe or any server tells by itself as soon as it happens.",
    "key": "Write keys: what lets a site, an app or a server send events, and nothing else.",
    "rejections": "Events that could not be stored as they came: look at them, correct them, send them again.",
}
"""What `touchline --help` says of each command: loading them all takes a second."""
