"""How long it lasts until something happens, when for some it has not happened yet. Any unit of time, the same throughout."""
