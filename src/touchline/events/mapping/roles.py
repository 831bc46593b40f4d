"""What a column of any table can be to us, and what a table as a whole means once its columns have roles."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

import msgspec

from touchline.events.sources.headers import normalised


@dataclass(frozen=True)
class Role:
    """One meaning a column can have."""

    name: str
    title: str
    """As the correction page calls it."""
    expects: str
    """What its cells should hold; ends the sentence 'expected ...'."""


_ROLES: Final = (
    Role("time", "Time", "the moment it happened"),
    Role("clock", "Time of day", "a time of day such as 14:05, where the time column holds dates only"),
    Role("user_id", "Customer user id", "the id of a signed-in user"),
    Role("email", "Customer e-mail", "an e-mail address"),
    Role("phone", "Customer phone", "a phone number"),
    Role("external_id", "Customer number", "a customer, household, member or contact number"),
    Role("anonymous_id", "Customer anonymous id", "the id of a browser, device or visitor"),
    Role("name", "Event name", "what happened"),
    Role("touchpoint", "Touchpoint", "where it happened, as the company calls it"),
    Role("channel", "Channel", "web, app, email, chat, phone, store ..."),
    Role("score", "Score", "a number on the scale of the survey or review"),
    Role("text", "Text", "what the customer wrote"),
    Role("language", "Language", "a language such as en or German"),
    Role("value", "Value", "an amount such as 1,234.56"),
    Role("quantity", "Quantity", "a number of pieces; value is quantity × unit price"),
    Role("unit_price", "Unit price", "an amount such as 2.55"),
    Role("currency", "Currency", "a currency such as EUR"),
    Role("order", "Order", "an order, invoice, receipt or basket number"),
    Role("case", "Case", "a ticket, case or conversation number"),
    Role("product", "Product", "a product number or name"),
    Role("account", "Account", "the organisation the customer belongs to"),
    Role("campaign", "Campaign", "a campaign number or name"),
    Role("session", "Session", "the id of a session"),
    Role("page", "Page", "an address or path of a page"),
    Role("device", "Device", "desktop, mobile or tablet"),
    Role("key", "Row id", "an id that no other row has"),
)
ROLES: Final = {role.name: role for role in _ROLES}
CUSTOMER_ROLES: Final = ("user_id", "email", "phone", "external_id", "anonymous_id")
"""Each is a type of vocabulary.IDENTIFIER_TYPES; one file may have several."""
OBJECT_ROLES: Final = ("order", "case", "account", "product")
"""Each is a type of vocabulary.OBJECT_TYPES."""


class MappingError(ValueError):
    """A mapping that cannot be used; the message is a sentence for the user."""


@dataclass(frozen=True)
class Mapping:
    """How the rows of one kind of table become events. Frozen, and the same after `from_json(to_json())`."""

    columns: dict[str, str]
    """Role -> header as written in the file, in the order of ROLES; roles the file does not have are absent."""
    time_format: str = "iso"
    """A key of times.FORMATS: one column holds one format, anything else in it is refused."""
    time_zone: str = ""
    """For times that carry none; empty: the workspace's."""
    name: str = ""
    """Event name where no column holds one; empty: the file's name in words."""
    name_prefix: str = ""
    """Put before names that are bare numbers: 'Activity ' makes 'Activity 8'."""
    channel: str = "other"
    """Where no column holds one; a value of vocabulary.CHANNELS."""
    decimal_marks: dict[str, str] = field(default_factory=dict)
    """Role -> ',' where its numbers have a decimal comma; absent: a point."""
    metric: str = ""
    """What the score answers, a key of vocabulary.SCALES."""
    score_low: float = 0.0
    score_high: float = 0.0
    currency: str = ""
    """Where neither a column nor a sign in the cell tells it; empty: the workspace's."""
    one_event_per: str = "row"
    """'row', or 'order': rows sharing an order number become one event."""
    value_repeats: bool = False
    """Every row of an order repeats the order's total, which therefore counts once."""
    case_is_customer: bool = False
    """The file names no customer: each case is treated as one."""
    kept: tuple[str, ...] = ()
    """Headers without a role that are kept as properties."""

    def __post_init__(self) -> None:
        unknown = [role for role in self.columns if role not in ROLES]
        if unknown:
            raise MappingError(f"{unknown[0]!r} is not a role a column can have; expected one of {', '.join(ROLES)}.")
        in_order = {role: self.columns[role] for role in ROLES if role in self.columns}
        object.__setattr__(self, "columns", in_order)

    @property
    def customer_columns(self) -> dict[str, str]:
        """Identifier type -> header, for the columns that name the customer."""
        found: dict[str, str] = {role: self.columns[role] for role in CUSTOMER_ROLES if role in self.columns}
        if self.case_is_customer and "case" in self.columns:
            found["case_id"] = self.columns["case"]
        return found

    @property
    def folds(self) -> bool:
        """Whether rows wait for the end of the file: an order's rows may be spread over all of it."""
        return self.one_event_per == "order"

    @property
    def family(self) -> str:
        """What keeps the keys of two kinds of table apart, and the same for a newer export with more columns."""
        telling = ("key", "order", "case", "time", "name", "score", *CUSTOMER_ROLES)
        return "|".join(f"{role}={normalised(self.columns[role])}" for role in telling if role in self.columns)

    def to_json(self) -> str:
        """Write it as JSON, for the store."""
        return msgspec.json.encode(self).decode()

    @classmethod
    def from_json(cls, written: str) -> Mapping:
        """Read what `to_json` wrote. Raises MappingError."""
        try:
            return msgspec.json.decode(written, type=cls)
        except msgspec.DecodeError as error:
            raise MappingError(f"This is not a saved mapping: {error}") from None


def header_key(columns: Iterable[str]) -> str:
    """Give the name under which a mapping is remembered: the normalised headers, whatever their order."""
    return " | ".join(sorted(normalised(column) for column in columns))
