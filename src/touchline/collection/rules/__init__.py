"""Decisions of collecting: limits, what is wrong with a call, who may send, how much, and whether the clock can be believed."""
