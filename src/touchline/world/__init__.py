"""The demo company: a seeded world whose truth is known. Pure NumPy; writes the files a shop really has.

The product never reads the truth: it lies in a folder of its own and only tests and `verification` open it.
"""
