"""Taking personal data out of what customers wrote, before anybody else reads it as a quote.

Each kind of personal data is one `Mask`; they are applied in order, the most telling signs first. What looks like
personal data and is none is masked too: a quote loses little by it. docs/reference/masking.md is made from this module.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

MOST_CHARACTERS: Final = 20_000
"""Longer texts are cut before they are looked at: nobody quotes more, and the time taken stays bounded."""


@dataclass(frozen=True)
class Mask:
    """One kind of personal data: how it is found and what stands in its place."""

    kind: str
    placeholder: str
    pattern: re.Pattern[str]
    example: str
    """A text of our own that shows it, for the reference page."""
    is_meant: Callable[[re.Match[str]], bool] = lambda found: True
    """A second look at what the pattern found."""

    def apply(self, text: str) -> str:
        """Put the placeholder in; a group named `kept` stays in front of it."""
        return self.pattern.sub(self._replacement, text)

    def _replacement(self, found: re.Match[str]) -> str:
        if not self.is_meant(found):
            return found[0]
        return (found.groupdict().get("kept") or "") + self.placeholder


def mask_personal_data(text: str) -> str:
    """Return the text with e-mail addresses, numbers, links, names and addresses replaced by what they were.

    Masking a masked text again changes nothing.
    """
    text = text[:MOST_CHARACTERS]
    for mask in MASKS:
        text = mask.apply(text)
    return text


def _digits(found: re.Match[str]) -> str:
    return re.sub(r"\D", "", found[0])


def _is_card(found: re.Match[str]) -> bool:
    """13 to 19 digits whose check digit is right (Luhn, ISO/IEC 7812-1)."""
    digits = _digits(found)
    doubled = (2 * int(digit) for digit in digits[-2::-2])
    total = sum(map(int, digits[-1::-2])) + sum(double // 10 + double % 10 for double in doubled)
    return 13 <= len(digits) <= 19 and total % 10 == 0


def _is_phone(found: re.Match[str]) -> bool:
    """Seven digits or more that are no date."""
    return len(_digits(found)) >= 7 and not _DATE.fullmatch(found[0].strip())


def _is_name(found: re.Match[str]) -> bool:
    return found["name"].split()[0].casefold() not in _NO_NAMES


_IN_ADDRESS = r"[^\s@<>()\[\],;:\"]"
_DATE = re.compile(r"\d{4}[-./ ]\d{1,2}[-./ ]\d{1,2}|\d{1,2}[-./ ]\d{1,2}[-./ ]\d{4}")
_NAME = r"(?P<name>[A-ZÀ-ÖØ-Þ][\w'’-]+(?:[ ][A-ZÀ-ÖØ-Þ][\w'’-]*){0,2})"
_NO_NAMES = frozenset(
    re.findall(
        r"\w+",
        "all everybody everyone folks friends guys here ladies madam service sir sirs support team there "
        "damen alle zusammen bonjour madame monsieur tous a an the i we you it they this that my our your and but no not "
        "yes great good very thanks thank please hello hi",
    )
)
_TITLES = r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Herr|Herrn|Frau|Monsieur|Mme|Madame|Señor|Señora|Sr|Sra)"
_NUMBERED = (
    r"order|invoice|ticket|case|booking|reference|ref|customer|account|contract|parcel|tracking|bestellung|rechnung|kunde|"
    r"kundennummer|bestellnummer|auftrag|commande|facture|pedido|factura"
)
_STREETS = (
    r"Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Close|Court|Ct|Square|Sq|Crescent|Terrace|Way|Boulevard|Blvd|Place"
)

MASKS: Final = (
    Mask(
        "Links, whatever they hold",
        "[link]",
        re.compile(r"\b(?:https?://|www\.)[^\s<>\"\]]+", re.IGNORECASE),
        "The link https://shop.example/reset?token=9f3 is dead.",
    ),
    Mask(
        "E-mail addresses",
        "[e-mail]",
        re.compile(rf"(?<!{_IN_ADDRESS}){_IN_ADDRESS}+(?:@|[ ]?[(\[]at[)\]][ ]?){_IN_ADDRESS}+", re.IGNORECASE),
        "Write to ada.quill@example.org, please.",
    ),
    Mask(
        "Names on social networks",
        "[name]",
        re.compile(r"(?P<kept>^|[^\w\]])@\w{2,}"),
        "I asked @adaquill about it.",
    ),
    Mask(
        "Bank accounts",
        "[IBAN]",
        re.compile(
            r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b|\b(?i:[a-z]{2}\d{2}[a-z0-9]{11,30})\b"
        ),
        "Refund to GB82 WEST 1234 5698 7654 32 did not come.",
    ),
    Mask(
        "Network addresses",
        "[IP address]",
        re.compile(r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w.]*\d)"),
        "My address 203.0.113.9 is blocked.",
    ),
    Mask(
        "Payment cards",
        "[card number]",
        re.compile(r"(?<!\w)\d(?:[ -]?\d){12,18}(?!\w)"),
        "They charged 4111 1111 1111 1111 twice.",
        _is_card,
    ),
    Mask(
        "Phone numbers",
        "[phone]",
        re.compile(r"(?<![\w+])(?:\+|\()?\d(?:[ ()./-]{0,2}\d){6,17}(?!\w)"),
        "Call me on +44 20 7946 0958.",
        _is_phone,
    ),
    Mask(
        "Numbers of orders, customers, tickets and the like",
        "[number]",
        re.compile(
            rf"(?P<kept>\b(?:{_NUMBERED})(?:[ ]?(?:number|no\.?|nr\.?|id|code))?[ ]?:?[ ]?)#?(?=[A-Za-z-]*\d)\w[\w-]*",
            re.IGNORECASE,
        ),
        "Order no. 1001 never came.",
    ),
    Mask(
        "Other numbers of five digits or more, and codes of letters and digits",
        "[number]",
        re.compile(r"#\d+\b|(?<![\w-])[\w-]*\d{5,}[\w-]*|(?<![\w-])(?=[A-Z-]*\d)(?=(?:[A-Z-]*\d){3})[A-Z0-9-]{7,}\b"),
        "Nobody answers about #77, 48213 or XK-4410-B.",
        lambda found: not _DATE.fullmatch(found[0]),
    ),
    Mask(
        "Streets with a house number, and British postcodes",
        "[address]",
        re.compile(
            rf"\b\d{{1,4}}[A-Za-z]? (?:[A-Z][\w'’-]+ ){{1,3}}(?:{_STREETS})\b\.?"
            r"|(?<![\w-])[A-ZÄÖÜ][\w-]*(?:straße|strasse|str\.|weg|platz|allee|gasse) ?\d{1,4}[a-z]?\b"
            r"|\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b"
        ),
        "It went to 12 Mill Lane instead.",
    ),
    Mask(
        "Names after a title",
        "[name]",
        re.compile(rf"(?P<kept>\b{_TITLES}\.? ){_NAME}"),
        "Mrs Adeyemi was kind.",
        _is_name,
    ),
    Mask(
        "Names after a greeting",
        "[name]",
        re.compile(
            rf"(?P<kept>(?:^|[\n.!?] ?)(?i:dear|hello|hi|hey|hallo|liebe|lieber|bonjour|hola) ){_NAME}(?=\s*(?:[,!.:;\n–-]|$))"
        ),
        "Hi Ben, thank you!",
        _is_name,
    ),
    Mask(
        "Names under a closing line",
        "[name]",
        re.compile(
            r"(?P<kept>\b(?i:regards|wishes|sincerely|yours|cheers|thanks|thank you|grüße|grüßen|grüssen|cordialement|saludos)"
            rf"[,.!]?\s+){_NAME}[\s.!]*\Z"
        ),
        "Kind regards, Ada Quill",
        _is_name,
    ),
    Mask(
        "Names that are introduced",
        "[name]",
        re.compile(
            r"(?P<kept>\b(?i:my name is|my name's|i am called|mein name ist|ich heiße|je m'appelle|me llamo"
            rf"|spoke to|spoke with|talked to|talked with|served by|an agent called|a colleague called) ){_NAME}"
        ),
        "I spoke to Sarah for an hour.",
        _is_name,
    ),
)
"""In the order in which they are applied."""
