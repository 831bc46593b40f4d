"""Handing events and journeys to other tools: which of them, under which names, in which format."""
