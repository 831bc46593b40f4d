"""Quotes closest to what is typically said at a place.

Texts become TF-IDF vectors (sub-linear term frequency, smoothed document frequency: Salton and Buckley 1988); the most
typical text has the largest cosine with the sum of all vectors of the place. A few thousand short texts need no
library for this: importing one takes longer than the whole sum.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from math import log, sqrt

TEXTS_NEEDED = 5
"""With fewer texts nothing is typical, and a quote could point at one person."""

MOST_CHARACTERS = 280

_WORD = re.compile(r"[^\W\d_]{2,}")

Vector = dict[str, float]


def most_typical(texts: Sequence[str], weights: Vector, most: int) -> list[int]:
    """Return the positions of the texts nearest to the typical one, best first; nothing below five texts.

    Equal words count once, and a text too long to be read at a glance is left out when it comes to choosing.
    """
    if len(texts) < TEXTS_NEEDED:
        return []
    vectors = [_vector(text, weights) for text in texts]
    centre: Counter[str] = Counter()
    for vector in vectors:
        centre.update(vector)
    ranked = sorted(range(len(texts)), key=lambda i: (-_likeness(vectors[i], centre), len(texts[i]), i))
    chosen: list[int] = []
    said: set[str] = set()
    for position in ranked:
        words = " ".join(_words(texts[position]))
        if words and words not in said and len(texts[position]) <= MOST_CHARACTERS:
            said.add(words)
            chosen.append(position)
    return chosen[:most]


def word_weights(texts: Iterable[str]) -> Vector:
    """Return each word's inverse document frequency, ln((1 + n) / (1 + documents with it)) + 1."""
    documents = 0
    holding: Counter[str] = Counter()
    for text in texts:
        documents += 1
        holding.update(set(_words(text)))
    return {word: log((1 + documents) / (1 + number)) + 1 for word, number in holding.items()}


def _vector(text: str, weights: Vector) -> Vector:
    """The text as a vector of length one; the empty one where it holds no word."""
    raw = {word: (1 + log(times)) * weights.get(word, 0.0) for word, times in Counter(_words(text)).items()}
    length = sqrt(sum(value * value for value in raw.values()))
    return {word: value / length for word, value in raw.items()} if length else {}


def _likeness(vector: Vector, centre: Counter[str]) -> float:
    """Cosine up to the length of the centre, which is the same for all."""
    return sum(value * centre[word] for word, value in vector.items())


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())
