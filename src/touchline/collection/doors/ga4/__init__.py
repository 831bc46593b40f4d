"""Google Analytics 4's Measurement Protocol: what already sends there sends here by another host and secret."""

from touchline.collection.doors.ga4.door import DOOR

__all__ = ["DOOR"]
