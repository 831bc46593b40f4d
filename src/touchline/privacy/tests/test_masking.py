from __future__ import annotations

import re
import time

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from touchline.privacy.facade import mask_personal_data
from touchline.privacy.rules import MASKS, MOST_CHARACTERS


@pytest.mark.parametrize(
    ("written", "masked"),
    [
        ("Write to ada.quill+shop@example.org, please.", "Write to [e-mail], please."),
        ("ada (at) example.org or ADA@EXAMPLE.ORG", "[e-mail] or [e-mail]"),
        ("See https://shop.example/o/77?token=9f3&mail=a and www.example.org/ada", "See [link] and [link]"),
        ("Call +44 (0)20 7946-0958 or 0171/1234567", "Call [phone] or [phone]"),
        ("My number is 555-010-4477.", "My number is [phone]."),
        ("Card 4111 1111 1111 1111 was charged", "Card [card number] was charged"),
        ("Refund to DE44 5001 0517 5407 3249 31 please", "Refund to [IBAN] please"),
        ("Refund to de44500105175407324931 please", "Refund to [IBAN] please"),
        ("Order #1001 is late", "Order [number] is late"),
        ("Bestellnummer: AB-1234 fehlt", "Bestellnummer: [number] fehlt"),
        ("order 1001 and ticket no. 77", "order [number] and ticket no. [number]"),
        ("48213 again!", "[number] again!"),
        ("Blocked at 203.0.113.9, why?", "Blocked at [IP address], why?"),
        ("Asked @adaquill twice", "Asked [name] twice"),
        ("Hi Ben, the rug is wet.", "Hi [name], the rug is wet."),
        ("Dear Anna Maria,\nthe rug is wet.", "Dear [name],\nthe rug is wet."),
        ("Mr. Quill refused to help", "Mr. [name] refused to help"),
        ("Fix it.\nKind regards,\nAda Quill", "Fix it.\nKind regards,\n[name]"),
        ("My name is Ada Quill and I wait", "My name is [name] and I wait"),
        ("I spoke to Sarah for an hour", "I spoke to [name] for an hour"),
        ("It went to 12 Mill Lane, LS1 4AP", "It went to [address], [address]"),
        ("Ich wohne Hauptstraße 5a", "Ich wohne [address]"),
    ],
)
def test_personal_data_is_replaced_by_what_it_was(written: str, masked: str) -> None:
    assert mask_personal_data(written) == masked


@pytest.mark.parametrize(
    "harmless",
    [
        "",
        "Lovely lamp, warm light. 10/10!",
        "It took 3 weeks and cost 1,234.50 euros.",
        "Ordered on 2026-08-01, came on 14.08.2026 at 10:30.",
        "Hi there, where is my order?",
        "Hello team, great service",
        "Dear Sir, Dear Madam,",
        "Thanks, Great",
        "In order to return it I had to print a label.",
        "Size 42 fits, 100 % cotton, 2 × 1500 ml.",
        "Since 2019 I buy here: 24/7 support.",
        "The rug arrived wet, again.",
    ],
)
def test_a_harmless_text_stays_as_it_is(harmless: str) -> None:
    assert mask_personal_data(harmless) == harmless


words = st.text(st.characters(codec="utf-8", categories=("L", "Zs", "P")), max_size=60)


pieces = st.sampled_from(
    ["Mr ", "Hi ", "Ada", "Ben,", " ", "\n", "Regards,", "12 ", "Mill ", "Lane", "#", "1", "00", "+", "4", "@", "a", "(at)",
     "www.", "DE44", "[e-mail]", "[name]", "order ", "no. ", "-", ".", "my name is ", "straße 5", "LS1", "@x1"]
)  # fmt: skip


@given(st.text(max_size=300) | st.lists(pieces, max_size=14).map("".join))
@example("[e-mail]@[phone]")
@example("Mr Mr Mr A B C D E F")
def test_masking_again_changes_nothing(text: str) -> None:
    once = mask_personal_data(text)

    assert mask_personal_data(once) == once


@given(words, words, st.emails(domains=st.sampled_from(["example.org", "mail.example.co.uk"])))
def test_no_address_survives_whatever_stands_around_it(before: str, after: str, address: str) -> None:
    assume("@" not in before + after)

    assert address.casefold() not in mask_personal_data(f"{before} {address} {after}").casefold()


@given(words, words, st.integers(10**6, 10**18), st.sampled_from(["", " ", "-", "."]))
def test_no_long_number_survives_in_groups_of_three(before: str, after: str, number: int, sign: str) -> None:
    digits = str(number)
    grouped = sign.join(digits[start : start + 3] for start in range(0, len(digits), 3))
    masked = mask_personal_data(f"{before} {grouped} {after}")

    assert grouped not in masked
    assert len(re.sub(r"\D", "", masked)) < 5


@given(st.text(st.characters(codec="ascii"), max_size=200))
def test_no_five_digits_in_a_row_survive(text: str) -> None:
    assert re.search(r"\d{5}", mask_personal_data(text)) is None


@pytest.mark.parametrize(
    "unit", ["a@", "1 ", "1-", "A1", "Mr A", "Hi A ", "+", "www.", "12 Mill ", "#1 ", "(at)", "DE44 "]
)
def test_time_taken_does_not_explode(unit: str) -> None:
    began = time.process_time()
    mask_personal_data(unit * 50_000)

    assert time.process_time() - began < 5


def test_a_text_beyond_all_quotes_is_cut() -> None:
    assert len(mask_personal_data("a " * MOST_CHARACTERS)) == MOST_CHARACTERS


@pytest.mark.parametrize("mask", MASKS, ids=lambda mask: mask.kind)
def test_each_mask_has_an_example_that_it_changes(mask) -> None:
    assert mask.placeholder in mask.apply(mask.example)
