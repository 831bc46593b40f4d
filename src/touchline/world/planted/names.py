"""Touchpoints of the planted company, a shop for coffee that most people order again and again. All of it is invented."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

STAGES: Final = (
    "Ordering", "Getting ready", "Receiving", "First cups", "Every day", "Getting help", "Paying and staying",
)  # fmt: skip


@dataclass(frozen=True)
class Name:
    """One touchpoint as its company calls it."""

    stage: int
    words: str
    other_words: str
    symptom: str
    """What is seen of a bad visit: 'rage', 'dead', 'form', 'script', 'slow', 'late', 'declined', 'repeat', 'reopened';
    'order' is the order itself, which is never bad."""
    kind: str = "page"
    """'page', 'order', 'delivery', 'payment' or 'ticket'."""
    told_by: str = ""
    """What tells two of one kind apart: how it was delivered, paid or asked."""

    def called(self, which: int) -> Name:
        """The same under its other name."""
        return replace(self, words=self.other_words, other_words=self.words) if which else self

    @property
    def id(self) -> str:
        """As in journey.toml."""
        return self.words.lower().replace(" & ", " ").replace(" ", "-")

    @property
    def page(self) -> str:
        """Its address, where it is a page."""
        return f"/{self.id}"

    @property
    def once(self) -> bool:
        """Whether it happens at most once in a journey: a parcel, a payment, a question to the help desk."""
        return self.kind != "page"


def _pages(stage: int, *words: tuple[str, str, str]) -> tuple[Name, ...]:
    return tuple(Name(stage, name, other, symptom) for name, other, symptom in words)


NAMES: Final = (
    Name(0, "Order", "Order placed", "order", "order"),
    *_pages(0, ("Confirmation", "Thanks for ordering", "script"), ("Order overview", "My order", "slow"),
            ("Change order", "Edit my order", "form"), ("Gift note", "Add a greeting", "dead")),
    *_pages(1, ("Grind choice", "How to grind", "dead"), ("Delivery slot", "When to deliver", "form"),
            ("Packing status", "Where it is packed", "slow"), ("Roast calendar", "Roasting days", "script"),
            ("Add to parcel", "One more thing", "rage"), ("Address book", "My addresses", "form")),
    Name(2, "Parcel at the door", "Home delivery", "late", "delivery", "home"),
    Name(2, "Parcel shop", "Pick-up point", "late", "delivery", "pick-up"),
    *_pages(2, ("Tracking map", "Follow the parcel", "slow"), ("Unboxing film", "Opening the box", "script"),
            ("Parcel notice", "Missed you", "dead"), ("Report damage", "Something broke", "form")),
    *_pages(3, ("Brewing guide", "How to brew", "slow"), ("Video lesson", "Watch and learn", "script"),
            ("Recipe finder", "Find a recipe", "rage"), ("Taste quiz", "What do you like", "dead"),
            ("Machine settings", "Set up the machine", "form"), ("First rating", "Rate this bag", "rage")),
    *_pages(4, ("Taste profile", "My taste", "rage"), ("Stock meter", "How much is left", "script"),
            ("Shop news", "What is new", "slow"), ("Community wall", "Others say", "dead"),
            ("Plan settings", "My plan", "form"), ("Pause plan", "Take a break", "rage")),
    Name(5, "Chat with us", "Live chat", "repeat", "ticket", "Chat"),
    Name(5, "Call us", "Phone line", "reopened", "ticket", "Voice"),
    *_pages(5, ("Help centre", "Answers", "dead"), ("Search help", "Find an answer", "rage"),
            ("Swap a bag", "Exchange", "form")),
    Name(6, "Card payment", "Pay by card", "declined", "payment", "card"),
    Name(6, "Direct debit", "Pay by account", "declined", "payment", "debit"),
    *_pages(6, ("Bonus club", "Club corner", "rage"), ("Tell a friend", "Recommend us", "dead"),
            ("Tasting evening", "Meet the roaster", "slow"), ("Farm letters", "From the farm", "script")),
)  # fmt: skip
