"""Experiments: were the arms drawn as planned, how far apart are they, how many customers does it take."""
