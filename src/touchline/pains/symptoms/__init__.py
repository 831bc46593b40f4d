"""Kinds of symptoms: a folder each, found by being there. protocol.py says what one is."""
