"""What seeds have shown so far, in a file: a verification of hours can be stopped and goes on where it was."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_type_hints

import msgspec
import numpy as np

from touchline.verification.verify.row import Row


class KeptError(Exception):
    """The file cannot be gone on with; the message is a sentence for the user."""


class Asked(msgspec.Struct, frozen=True):
    """What is being verified: figures of another question are not gone on with."""

    first_seed: int
    seeds: int
    is_quick: bool
    rows: tuple[str, ...]
    """Number and title of each."""
    version: str
    """Of Touchline."""


class _Look(msgspec.Struct):
    """One row with one seed."""

    seed: int
    row: str
    seconds: float
    seen: Any = None
    not_looked_at: str = ""


@dataclass(frozen=True)
class Looked:
    """What one row saw with one seed."""

    seen: Any
    """None where it could not look."""
    not_looked_at: str
    seconds: float


def name_of(row: Row[Any]) -> str:
    """By which a row is known in the file."""
    return f"{row.number} {row.title}"


def asked_before(path: Path) -> Asked | None:
    """What the file says was asked; None where there is no such file yet. Raises KeptError."""
    if not path.exists():
        return None
    try:
        with path.open("rb") as lines:
            return msgspec.json.decode(lines.readline(), type=Asked)
    except (OSError, msgspec.DecodeError) as problem:
        raise KeptError(f"{path} does not begin as a file of `touchline verify --keep` does: {problem}.") from None


class Keeping:
    """The file of one verification. Each line is on disk before the next look begins."""

    def __init__(self, path: Path, asked: Asked) -> None:
        """Begin the file, or go on with it. Raises KeptError where it is of another verification."""
        self._path = path
        before = asked_before(path)
        if before is not None and before != asked:
            raise KeptError(
                f"{path} is of another verification ({_in_words(before)}, now {_in_words(asked)}). "
                "Name another file, or take this one away."
            )
        self._looks: dict[tuple[int, str], _Look] = {} if before is None else _read(path)
        if before is None:
            self._append(asked, "xb")

    def of(self, seed: int, row: Row[Any]) -> Looked | None:
        """What was seen before; None where the row has not looked at this seed."""
        found = self._looks.get((seed, name_of(row)))
        if found is None:
            return None
        kind = get_type_hints(row.look)["return"]
        seen = None if found.not_looked_at else msgspec.convert(found.seen, kind)
        return Looked(seen, found.not_looked_at, found.seconds)

    def add(self, seed: int, row: Row[Any], looked: Looked) -> None:
        """Keep what was just seen. Raises KeptError."""
        self._append(_Look(seed, name_of(row), looked.seconds, looked.seen, looked.not_looked_at), "ab")

    def _append(self, line: msgspec.Struct, mode: str) -> None:
        try:
            with self._path.open(mode) as file:
                file.write(msgspec.json.encode(line, enc_hook=_plain) + b"\n")
                file.flush()
                os.fsync(file.fileno())
        except OSError as problem:
            raise KeptError(f"{self._path} cannot be written: {problem.strerror}.") from None


def _read(path: Path) -> dict[tuple[int, str], _Look]:
    """All lines after the first. The last may have been cut off by whatever stopped the run: that look is done again."""
    whole, end, cut_off = path.read_bytes().rpartition(b"\n")
    if cut_off:
        path.write_bytes(whole + end)
    try:
        looks = [msgspec.json.decode(line, type=_Look) for line in whole.split(b"\n")[1:]]
    except msgspec.DecodeError as problem:
        raise KeptError(f"{path} is damaged: {problem}. Take it away and begin anew.") from None
    return {(look.seed, look.row): look for look in looks}


def _plain(value: object) -> object:
    if isinstance(value, np.generic):
        return value.item()
    raise TypeError(f"{type(value).__name__} cannot be kept")


def _in_words(asked: Asked) -> str:
    how = "quick" if asked.is_quick else "full"
    return f"{asked.seeds} seeds from {asked.first_seed}, {how}, {len(asked.rows)} quantities, version {asked.version}"
