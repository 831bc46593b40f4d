"""What names a customer, in one spelling; and what only looks as if it did.

Placeholders such as 'null', '-1' or 'none@example.org' stand in thousands of rows of different people: they would join
them all into one, so they never become identifiers. The list follows what Segment and Mixpanel block.
"""

from __future__ import annotations

from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from touchline.events.vocabulary import IDENTIFIER_TYPES

_BLOCKED_WORDS: Final = (
    "null|nil|none|nan|na|n/a|n\\.a\\.|undefined|unknown|anonymous|anon|guest|nobody|test|tester|user|customer|default|"
    "false|true|empty|not set|\\(not set\\)|not provided|\\[object object\\]|tbd|xxx+|deleted|redacted|system"
)
BLOCKED: Final = rf"(?i)^(?:[0.\-\s]*|-1|{_BLOCKED_WORDS}|[^\w]*)$"
BLOCKED_MAILBOXES: Final = (
    r"^(?:none|null|na|n/a|no|noemail|no-email|nomail|nobody|noreply|no-reply|donotreply|do-not-reply|test|tester|testing|"
    r"anonymous|unknown|undefined|example|guest|email|dummy|fake|xxx+|[0.\-]+)@"
)
_AN_EMAIL: Final = r"^[^@\s]+@[^@\s]+$"
SHORTEST_PHONE, LONGEST_PHONE = 7, 15
"""Digits; E.164 allows fifteen."""


def normalise_identifiers(table: pa.Table) -> pa.Table:
    """Give a staged table with its identifier columns in one spelling, null where nobody is named.

    Each distinct identifier is looked at once: customers come back, and the patterns cost more than finding out.
    """
    for type_ in IDENTIFIER_TYPES:
        column = table.column(type_)
        if column.null_count < len(column):
            at = table.schema.get_field_index(type_)
            found: Any = pc.dictionary_encode(column.combine_chunks())
            normalised = normalise_identifier(type_, found.dictionary).take(found.indices)
            table = table.set_column(at, table.schema.field(at), normalised)
    return table


def normalise_identifier(type_: str, values: Any) -> Any:
    """Write Arrow strings of one identifier type in one spelling; blocked ones become null."""
    trimmed = pc.utf8_trim_whitespace(values)
    if type_ == "email":
        return _emails(trimmed)
    if type_ == "phone":
        return _phones(trimmed)
    if type_ == "order_id":
        trimmed = pc.utf8_ltrim(trimmed, "#")
    if type_ != "anonymous_id":
        trimmed = pc.replace_substring_regex(trimmed, r"^([0-9]+)\.0$", r"\1")
    return _unless(pc.match_substring_regex(trimmed, BLOCKED), trimmed)


def spellings_of(text: str) -> dict[str, str]:
    """How a text would be kept as an identifier of each type: type -> value. Types that it cannot be are left out."""
    kept = {type_: normalise_identifier(type_, pa.array([text]))[0].as_py() for type_ in IDENTIFIER_TYPES}
    return {type_: value for type_, value in kept.items() if value is not None}


def _emails(trimmed: Any) -> Any:
    lower = pc.utf8_lower(pc.replace_substring_regex(trimmed, r"^(?i:mailto:)", ""))
    named = pc.and_(
        pc.match_substring_regex(lower, _AN_EMAIL), pc.invert(pc.match_substring_regex(lower, BLOCKED_MAILBOXES))
    )
    return _unless(pc.invert(named), lower)


def _phones(trimmed: Any) -> Any:
    """'+44 (0)20 7946-0958' and '0044 20 79460958' are +442079460958; a number without country code stays digits."""
    plain = pc.replace_substring_regex(trimmed, r"^'", "")
    abroad = pc.replace_substring_regex(pc.replace_substring_regex(plain, r"^\s*00", "+"), r"^\+(.*?)\(0\)", r"+\1")
    plus = pc.if_else(pc.starts_with(abroad, "+"), "+", "")
    digits = pc.replace_substring_regex(pc.replace_substring_regex(abroad, r"\.0$", ""), r"[^0-9]", "")
    length: Any = pc.utf8_length(digits)
    wrong_length = pc.or_(pc.less(length, pa.scalar(SHORTEST_PHONE)), pc.greater(length, pa.scalar(LONGEST_PHONE)))
    one_digit = pc.match_substring_regex(digits, "^(?:" + "|".join(f"{digit}*" for digit in range(10)) + ")$")
    joined = pc.binary_join_element_wise(plus, digits, "")
    return _unless(pc.or_(wrong_length, one_digit), joined)


def _unless(blocked: Any, values: Any) -> Any:
    return pc.if_else(blocked, pa.scalar(None, pa.string()), values)
