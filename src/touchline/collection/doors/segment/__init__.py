"""Segment's HTTP tracking API, as its clients and RudderStack's really speak it."""

from touchline.collection.doors.segment.door import DOOR

__all__ = ["DOOR"]
