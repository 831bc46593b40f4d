from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from touchline.segments.conditions.catalogue import condition, entries
from touchline.segments.rules.expression import And, Call, Comparison, Not, Or, leaves
from touchline.segments.rules.parser import MAX_DEPTH, parse
from touchline.segments.rules.problem import FilterError
from touchline.segments.wording import filter_words


def test_one_comparison():
    assert parse('country = "DE"') == Comparison("country", False, "=", ("DE",), 1)


def test_and_binds_closer_than_or_and_not_closest():
    tree = parse("orders >= 2 or not visits < 3 and journeys = 1")

    assert isinstance(tree, Or)
    assert isinstance(tree.parts[1], And)
    assert isinstance(tree.parts[1].parts[0], Not)
    assert [leaf.name for leaf in leaves(tree)] == ["orders", "visits", "journeys"]


def test_brackets_hold_together_and_keywords_may_be_shouted():
    tree = parse("(orders >= 2 OR visits > 9) AND country IN (\"DE\", 'AT')")

    assert isinstance(tree, And)
    assert isinstance(tree.parts[0], Or)
    assert tree.parts[1].values == ("DE", "AT")


def test_a_call_has_a_first_value_and_named_ones():
    call = parse('did("Ticket Created", channel="email", within_days=30)')

    assert call == Call(
        "did", "Ticket Created", {"channel": "email", "within_days": 30.0}, {"channel": 23, "within_days": 40}, 1
    )


@pytest.mark.parametrize(
    "written", ['customer."Favourite colour" = "blue"', "customer.orders = 3", "city = “Köln”", 'name = "say \\"hi\\""']
)
def test_ways_of_writing_names_and_texts(written):
    assert isinstance(parse(written), Comparison)


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("", 'Column 1: expected a condition such as country = "DE" or did("Order Completed"), found the end.'),
        ("country", "Column 8: expected one of =, !=, <, <=, >, >=, in, contains after “country”, found the end."),
        ("country = DE", "Column 11: expected a text or a number after =, found “DE”. Texts stand in double quotes."),
        ('country = "DE', 'Column 11: This text is never closed; a " is missing.'),
        ('country == "DE"', "Column 10: expected a text or a number after =, found “=”."),
        (
            'country = "DE" & orders > 1',
            "Column 16: “&” has no meaning here. Conditions are joined by the words and, or, not.",
        ),
        ("(orders > 1", "Column 12: expected a closing bracket ), found the end."),
        ("orders > 1 visits > 2", "Column 12: expected and, or, or the end, found “visits”."),
        ('country in "DE"', 'Column 12: expected a list in brackets, as in country in ("DE", "AT"), found “DE”.'),
        ('did(channel="email", "Order Completed")', "Column 22: only the first value of did(…) goes without a name."),
        ('did("a", channel="email", channel="web")', "Column 27: channel is given twice in did(…)."),
        ("orders > 1234567890123456", "Column 10: This number is too long; 15 digits are the most."),
        ('x = "a\nb"', "Column 7: A text must not hold line breaks, tabs or other control characters."),
    ],
)
def test_a_mistake_is_named_with_its_column(written, sentence):
    with pytest.raises(FilterError) as caught:
        parse(written)

    assert str(caught.value) == sentence


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ('orders = "many"', "Column 1: orders is a count: compare it by =, !=, <, <=, >, >= with a number."),
        ('shopped("x")', "Column 1: there is no function “shopped”."),
        ('scored("npz")', "Column 1: there is no score “npz”. Did you mean nps?"),
        ('did("x", channel="fax")', "Column 10: there is no channel “fax”."),
        ('did("x", within_days=1.5)', "Column 10: within_days is a whole number from 1 to 36,500."),
        ('did("x", often=2)', "Column 10: did(…) has no argument often; it has channel, device, source,"),
        ('did("x", at_least=3, at_most=2)', "Column 1: at_least=3 and at_most=2 leave nobody."),
        ("did(5)", "Column 1: did(…) starts with the name of an event in double quotes."),
        (
            'born < "last year"',
            "Column 1: “last year” has no order; compare with a number, or a day written “2026-03-31”.",
        ),
        ('scored("nps", at_least="9")', "Column 15: at_least is a number, without quotes."),
    ],
)
def test_a_condition_that_makes_no_sense_is_named_too(written, sentence):
    with pytest.raises(FilterError) as caught:
        filter_words(written)

    assert str(caught.value).startswith(sentence)


def test_depth_and_length_are_limited():
    deep = MAX_DEPTH - 1
    assert parse("(" * deep + "orders > 1" + ")" * deep)
    with pytest.raises(FilterError, match="more than 20 conditions inside one another"):
        parse("not " * 400 + "orders > 1")
    with pytest.raises(FilterError, match="2,000 characters at most"):
        parse(" " * 2001)
    with pytest.raises(FilterError, match="more than 50 conditions"):
        parse(" and ".join(["orders > 1"] * 51))


PIECES = ["country", "customer.", "did", "visited", "orders", "=", "!=", "<=", "(", ")", ",", "and", "or", "not", "in",
          "contains", '"DE"', "'", '"', "\\", "30", "-1.5", "at_least=2", "within_days=", "channel=", "“", "”", "\n", "\x00", "\ud800"]  # fmt: skip


@given(st.one_of(st.text(max_size=200), st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join)))
@example("(" * 1999)
@example("not " * 499)
@example('"' + "\\" * 1998)
@example("orders > " + "9" * 400)
@example("٣ = 3")
@example("²=1")
def test_whatever_is_written_it_is_a_filter_or_a_filter_error(written):
    try:
        tree = parse(written)
        for leaf in leaves(tree):
            condition(leaf).words(negated=False)
    except FilterError as error:
        column = error.column or 1
    else:
        column = 1
    assert 1 <= column <= len(written) + 1


def test_columns_of_conditions_grow_from_left_to_right():
    columns = [leaf.column for leaf in leaves(parse('orders > 1 and (visits > 2 or not known("country"))'))]

    assert all(before < after for before, after in pairwise(columns))


def test_every_kind_of_condition_has_an_example_that_can_be_read():
    assert [entry.name for entry in entries()] == [
        "did",
        "journeys",
        "known",
        "orders",
        "scored",
        "segment",
        "trait",
        "visited",
        "visits",
    ]
    assert all(filter_words(entry.example) for entry in entries())
