"""Charts as SVG. They print, work without scripts, and each has a table that says the same."""
