"""One kind of condition per module: its SQL, its English and its line in docs/reference/filters.md together.

A new kind is a new module with an `ENTRY`; nothing is registered elsewhere.
"""
