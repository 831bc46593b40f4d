"""Events leave in formats other tools read; each module writes one of them from what `stored.py` describes."""
