"""Collecting live: what sites, apps and servers send while it happens becomes events, once each, and is never lost."""
