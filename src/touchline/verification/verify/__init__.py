"""Lets planted worlds through the product and tells, quantity by quantity, what was planted and what came back."""
