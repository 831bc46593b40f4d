"""A company with planted answers: which pains cost orders, and how much. Pure NumPy; writes the files a shop really has.

What is planted is given apart, as a `Truth`, and written nowhere: the product never reads it.
"""
