"""Quotes closest to what is typically said at a place.

Texts become TF-IDF vectors (sub-linear term frequency, smoothed document frequency: Salton and Buckley 1988); the most
typical text has the largest cosine with the sum of all vectors of the place. A few thousand short texts need no
library for this: importing one takes longer than the whole sum.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import log, sqrt

TEXTS_NEEDED = 5
"""With fewer texts nothing is typical, and a quote could point at one person."""

MOST_CHARACTERS = 280

_WORD = re.compile(r"[^\W\d_]{2,}")

Vector = dict[str, float]


@dataclass(frozen=True)
class Said:
    """A text, its words, and its TF-IDF vector of length one."""

    text: str
    words: tuple[str, ...]
    vector: Vector


def read_texts(texts: Sequence[str]) -> list[Said]:
    """Turn texts into vectors; a word weighs the less the more of all these texts hold it."""
    words = [tuple(_WORD.findall(text.casefold())) for text in texts]
    weights = _weights(words)
    return [Said(text, found, _vector(found, weights)) for text, found in zip(texts, words, strict=True)]


def most_typical(said: Sequence[Said], most: int) -> list[int]:
    """Return the positions of the texts nearest to the typical one, best first; nothing below five texts.

    The same words are quoted once, and a text too long to be read at a glance counts, but is not quoted.
    """
    if len(said) < TEXTS_NEEDED:
        return []
    centre: Vector = {}
    for one in said:
        for word, weight in one.vector.items():
            centre[word] = centre.get(word, 0.0) + weight
    ranked = sorted(range(len(said)), key=lambda i: (-_likeness(said[i].vector, centre), len(said[i].text), i))
    chosen: dict[tuple[str, ...], int] = {}
    for position in ranked:
        one = said[position]
        if one.words and len(one.text) <= MOST_CHARACTERS:
            chosen.setdefault(one.words, position)
        if len(chosen) == most:
            break
    return list(chosen.values())


def _weights(texts: Sequence[tuple[str, ...]]) -> Vector:
    """Each word's inverse document frequency, ln((1 + n) / (1 + documents with it)) + 1."""
    holding: Counter[str] = Counter()
    for words in texts:
        holding.update(set(words))
    return {word: log((1 + len(texts)) / (1 + number)) + 1 for word, number in holding.items()}


def _vector(words: tuple[str, ...], weights: Vector) -> Vector:
    times: dict[str, int] = {}
    for word in words:
        times[word] = times.get(word, 0) + 1
    raw = {word: (1 + log(number)) * weights[word] for word, number in times.items()}
    length = sqrt(sum(value * value for value in raw.values()))
    return {word: value / length for word, value in raw.items()}


def _likeness(vector: Vector, centre: Vector) -> float:
    """Cosine up to the length of the centre, which is the same for all."""
    return sum(value * centre[word] for word, value in vector.items())
