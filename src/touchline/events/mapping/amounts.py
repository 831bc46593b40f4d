"""Reading columns of numbers and money as people write them: 1,23,456.78 and 1.234,56, € 12, (5.00), −3."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from touchline.events.mapping.distinct import Column, numbers_read, translated

LARGEST_AMOUNT: Final = 9e11
"""Beyond it a float no longer holds four decimals."""
UNITS_PER_ONE: Final = 10_000
"""Amounts are counted in ten-thousandths: the store's decimal(18, 4)."""

CURRENCY_SIGNS: Final = {
    "€": "EUR", "£": "GBP", "$": "USD", "¥": "JPY", "₹": "INR", "₽": "RUB", "₩": "KRW", "₺": "TRY", "₫": "VND", "zł": "PLN",
    "R$": "BRL", "A$": "AUD", "C$": "CAD", "CA$": "CAD", "AU$": "AUD", "NZ$": "NZD", "HK$": "HKD", "US$": "USD", "Kč": "CZK",
    "Fr.": "CHF", "kr": "SEK",
}  # fmt: skip
_CODES = (
    "AED ARS AUD BGN BRL CAD CHF CLP CNY COP CZK DKK EGP EUR GBP HKD HUF IDR ILS INR ISK JPY KES KRW KWD MAD MXN MYR NGN NOK"
    " NZD PEN PHP PKR PLN QAR RON RSD RUB SAR SEK SGD THB TRY TWD UAH USD UYU VND ZAR"
)
CURRENCY_CODES: Final = frozenset(_CODES.split())

_GROUPED = re.compile(r"\d{1,3}(?:[,' ]\d{2,3})*[,' ]\d{3}(?:\.\d+)?|(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,2})?")
_SIGN_OR_CODE = re.compile(
    "|".join(re.escape(sign) for sign in sorted(CURRENCY_SIGNS, key=len, reverse=True)) + r"|\b[A-Z]{3}\b"
)
_SPACES = re.compile(r"[\s\u00a0\u202f]+")
_PLAIN = r"^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,2})?$"
_POINTED = re.compile(_PLAIN[1:-1], re.ASCII)
_LONGEST = 40
_FIRST_LOOK = 20
"""Cells of which at least one must be a number before the whole sample is tried: most columns are no numbers."""
_GROUP_AT_END = re.compile(r"\.\d{3}(?!\d)")
_SWAPPED = str.maketrans(",.", ".,")


@dataclass(frozen=True)
class NumberFinding:
    """What a sample says about a column of numbers."""

    decimal_mark: str
    """'.' or ','."""
    share: float
    """Of the sample's cells, how many are numbers."""
    low: float
    high: float
    whole: bool
    """No cell has decimals."""
    certain: bool
    """False where 1,234 could be one thousand or one and a bit."""


def decide_number(values: Sequence[str]) -> NumberFinding | None:
    """Choose the decimal mark that reads most of the sample (a point when both do); None when half is no number."""
    if all(read_number(value, mark) is None for value in values[:_FIRST_LOOK] for mark in (".", ",")):
        return None
    marks = (".", ",") if _could_be_grouped(values) else (".",)
    read = {mark: [read_number(value, mark) for value in values] for mark in marks}
    shares = {mark: sum(number is not None for number in numbers) / len(values) for mark, numbers in read.items()}
    best = max(marks, key=lambda mark: shares[mark])
    numbers = [number for number in read[best] if number is not None]
    if shares[best] < 0.5:
        return None
    certain = len(marks) == 1 or shares["."] != shares[","] or read["."] == read[","]
    whole = all(number.is_integer() for number in numbers)
    return NumberFinding(best, shares[best], min(numbers), max(numbers), whole, certain)


def _could_be_grouped(values: Sequence[str]) -> bool:
    """Whether a comma, or a point before three digits, could mean either thing in these cells."""
    pointed = [value for value in values if "." in value]
    return any("," in value for value in values) or all(_GROUP_AT_END.search(value) for value in pointed)


def read_number(written: str, decimal_mark: str = ".") -> float | None:
    """Read one number; None for anything else. Digits may be grouped by the other mark, a space or an apostrophe."""
    if len(written) > _LONGEST:
        return None
    if decimal_mark == "." and _POINTED.fullmatch(written):
        return float(written)
    bare = _SPACES.sub(" ", _SIGN_OR_CODE.sub("", written)).strip().replace("\u2212", "-").replace("’", "'")
    negative = bare.startswith(("-", "(")) or bare.endswith("-")
    if bare.startswith("(") != bare.endswith(")"):
        return None
    digits = bare.strip("()").removesuffix("-").lstrip("+-").strip()
    if decimal_mark == ",":
        digits = digits.translate(_SWAPPED)
    if not _GROUPED.fullmatch(digits):
        return None
    value = float(re.sub(r"[,' ]", "", digits))
    return -value if negative and value else value


def parse_numbers(cells: Column, decimal_mark: str = ".") -> tuple[np.ndarray, np.ndarray]:
    """Read a column of text: float64 values (0 where unread) and a mask of the cells that were read."""
    if decimal_mark == "." and pc.all(pc.match_substring_regex(cells, _PLAIN)).as_py() is not False:
        cast: Column = pc.cast(cells, pa.float64())
        return cast.fill_null(0).to_numpy(zero_copy_only=False), cast.is_valid().to_numpy(zero_copy_only=False)
    return numbers_read(cells, lambda written: read_number(written, decimal_mark), "float64")


def currency_signs(cells: Column, dollar: str) -> Column:
    """Give the currency that each cell names by sign or code; null where it names none. `dollar` is what $ means."""

    def read(written: str) -> str | None:
        match = _SIGN_OR_CODE.search(written)
        if not match:
            return None
        if match[0] == "$":
            return dollar
        return CURRENCY_SIGNS.get(match[0]) or (match[0] if match[0] in CURRENCY_CODES else None)

    if not pc.any(pc.match_substring_regex(cells, r"[^\d.,+\-]")).as_py():
        return pa.nulls(len(cells), pa.string())
    return translated(cells, read)


def currency_code(written: str) -> str | None:
    """Read a word as a currency we know: 'eur', '€', 'EUR'; None for anything else."""
    code = written.strip().upper()
    return code if code in CURRENCY_CODES else CURRENCY_SIGNS.get(written.strip())


def currency_cell(written: str) -> str | None:
    """Read a cell of a currency column, in which any three letters are a currency."""
    code = written.strip().upper()
    three_letters = len(code) == 3 and code.isascii() and code.isalpha()
    return code if three_letters else currency_code(written)


def as_units(amounts: np.ndarray) -> np.ndarray:
    """Turn amounts into whole ten-thousandths (int64), rounded half to even."""
    return np.asarray(np.rint(amounts * UNITS_PER_ONE), dtype=np.int64)


def units_as_decimals(units: np.ndarray, there: np.ndarray) -> Column:
    """Turn ten-thousandths into decimal(18, 4), null where not `there`."""
    words = np.empty((len(units), 2), dtype=np.int64)
    words[:, 0] = units
    words[:, 1] = units >> 63
    validity = pa.py_buffer(np.packbits(there, bitorder="little").tobytes())
    return pa.Array.from_buffers(pa.decimal128(18, 4), len(units), [validity, pa.py_buffer(words.tobytes())])
