"""Pure maths: counts in, scores out. No framework, no database; None means "cannot say", never zero.

Every number the product shows is defined here once; docs/algorithms has a page for each, recomputed by a test.
"""
