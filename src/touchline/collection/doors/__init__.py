"""Doors: the ways in which events arrive, one folder each, found by being there."""
