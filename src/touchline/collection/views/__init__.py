"""Pages about collecting."""
