from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from touchline.engine.workspace import Settings, create_workspace
from touchline.segments.facade import FilterError, Scope, compile_scope

NAMES = {1: "Ada", 2: "Bob", 3: "Cem", 4: "Dee", 5: "Eve"}


def visits(shop, scope):
    clause = compile_scope(shop, scope)
    return shop.store.rows(
        f"select v.customer, v.time from visits v where {clause.sql} order by all", clause.parameters
    )


def who(shop, expression, **scope):
    return sorted({NAMES[customer] for customer, _ in visits(shop, Scope(filter=expression, **scope))})


def test_no_restriction_is_everything(shop):
    assert compile_scope(shop, Scope()).sql == "true"
    assert len(visits(shop, Scope())) == 8


def test_the_last_day_of_a_period_belongs_to_it(shop):
    march = visits(shop, Scope(start=date(2026, 3, 1), end=date(2026, 3, 31)))

    assert [(NAMES[customer], time.day) for customer, time in march] == [
        ("Ada", 1),
        ("Ada", 2),
        ("Bob", 31),
        ("Eve", 15),
    ]


def test_channels_devices_and_intent(shop):
    assert len(visits(shop, Scope(channels=("web", "app")))) == 6
    assert len(visits(shop, Scope(devices=("mobile",)))) == 3
    assert len(visits(shop, Scope(intent="spring"))) == 3
    assert (
        len(visits(shop, Scope(channels=("app",), devices=("mobile",), intent="spring", start=date(2026, 3, 2)))) == 1
    )


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ('country = "DE"', ["Ada", "Bob"]),
        ('country = "de"', ["Ada", "Bob"]),
        ('customer.country = "DE"', ["Ada", "Bob"]),
        ('country != "DE"', ["Cem", "Dee"]),
        ('not country = "DE"', ["Cem", "Dee", "Eve"]),
        ('country in ("AT", "fr")', ["Cem", "Dee"]),
        ('country contains "E"', ["Ada", "Bob"]),
        ('customer."favourite colour" contains "green"', ["Ada"]),
        ("age > 30", ["Ada"]),
        ("age = 29", ["Bob"]),
        ("age in (29, 41)", ["Ada", "Bob"]),
        ("age != 29", ["Ada", "Cem"]),
        ('joined >= "2025-01-01"', ["Bob"]),
        ('joined < "2025-01-01"', ["Ada"]),
        ('known("country")', ["Ada", "Bob", "Cem", "Dee"]),
        ('not known("country")', ["Eve"]),
        ("orders >= 2", ["Ada", "Eve"]),
        ("orders = 0", ["Cem", "Dee"]),
        ("orders < 2", ["Bob", "Cem", "Dee"]),
        ("orders != 1", ["Ada", "Cem", "Dee", "Eve"]),
        ("not orders >= 1", ["Cem", "Dee"]),
        ("visits >= 4", ["Ada"]),
        ("journeys > 1", ["Ada"]),
        ("journeys <= 1", ["Bob", "Cem", "Dee", "Eve"]),
        ('did("Order Completed")', ["Ada", "Bob", "Eve"]),
        ('did("order completed")', ["Ada", "Bob", "Eve"]),
        ('did("Order Completed", at_least=3)', ["Eve"]),
        ('did("Order Completed", at_most=2)', ["Ada", "Bob", "Cem", "Dee"]),
        ('did("Order Completed", at_most=0)', ["Cem", "Dee"]),
        ('did("Order Completed", at_least=1, at_most=2)', ["Ada", "Bob"]),
        ('did("Order Completed", at_least=0)', ["Ada", "Bob", "Cem", "Dee", "Eve"]),
        ('did("Ticket Created", channel="email")', ["Ada", "Cem"]),
        ('did("Ticket Created", source="zendesk_tickets")', ["Ada", "Bob", "Cem"]),
        ('did("Order Completed", device="mobile")', ["Ada", "Bob"]),
        ('did("Order Completed", campaign="Spring")', ["Bob"]),
        ('did("Order Completed", label="till")', []),
        ('did("Never Heard Of")', []),
        ('visited("product-page")', ["Ada", "Bob"]),
        ('visited("product-page", at_least=2)', ["Ada"]),
        ('visited("product-page", channel="app")', ["Ada"]),
        ('visited("checkout", device="mobile")', ["Ada"]),
        ('not visited("home")', ["Bob", "Eve"]),
        ('scored("nps", at_most=6)', ["Ada", "Bob"]),
        ('scored("nps", at_least=9)', ["Ada"]),
        ('scored("nps", at_least=4, at_most=8)', ["Bob"]),
        ('scored("nps", at_most=6, touchpoint="checkout")', ["Ada"]),
        ('scored("csat")', ["Cem"]),
        ('not scored("nps", at_most=6)', ["Cem", "Dee", "Eve"]),
        ('country = "DE" and orders >= 2', ["Ada"]),
        ('country = "AT" or orders >= 3', ["Cem", "Eve"]),
        ('not (country = "DE" or orders >= 3)', ["Cem", "Dee"]),
    ],
)
def test_who_fulfils_a_filter(shop, expression, expected):
    assert who(shop, expression) == expected


def test_the_filter_of_the_guide(shop):
    expression = (
        'country = "DE" and orders >= 2 and not did("Ticket Created", channel="phone", within_days=30, at_least=2)'
        ' and visited("product-page") and scored("nps", at_most=6)'
    )

    assert who(shop, expression) == ["Ada"]


def test_days_are_counted_back_from_the_end_of_the_period(shop):
    # Ada wrote on 20 and 25 March, Cem on 2 January. The data end on 31 March.
    assert who(shop, 'did("Ticket Created", within_days=30)') == ["Ada", "Bob"]
    assert who(shop, 'did("Ticket Created", within_days=7)') == ["Ada"]
    assert who(shop, 'did("Ticket Created", within_days=40)', end=date(2026, 2, 5)) == ["Cem"]
    assert who(shop, 'visited("product-page", within_days=1)', end=date(2026, 3, 31)) == ["Bob"]
    assert who(shop, 'scored("nps", within_days=60)') == ["Ada"]
    assert who(shop, 'did("Ticket Created", within_days=36500)', end=date(50, 1, 1)) == []


@pytest.mark.parametrize(
    ("scope", "sentence"),
    [
        (
            Scope(filter='contry = "DE"'),
            "Column 1: there is no fact about customers called “contry”. Did you mean country?",
        ),
        (
            Scope(filter='visited("produkt-page")'),
            "Column 1: there is no touchpoint “produkt-page”. Did you mean product-page?",
        ),
        (Scope(filter='scored("nps", touchpoint="cart")'), "Column 1: there is no touchpoint “cart”."),
        (Scope(channels=("e-mail",)), "there is no channel “e-mail”. Did you mean email?"),
        (Scope(devices=("watch",)), "there is no device “watch”. There are: desktop, mobile, tablet, unknown."),
        (
            Scope(start=date(2026, 2, 1), end=date(2026, 1, 1)),
            "The period ends (2026-01-01) before it starts (2026-02-01).",
        ),
        (Scope(end=date(9999, 12, 31)), "The period must end before the year 9999."),
    ],
)
def test_what_the_workspace_does_not_have_is_named(shop, scope, sentence):
    with pytest.raises(FilterError) as caught:
        compile_scope(shop, scope)

    assert str(caught.value).startswith(sentence)


def test_two_clauses_go_into_one_statement(shop):
    scope = Scope(
        start=date(2026, 3, 1), end=date(2026, 3, 31), compare_start=date(2026, 1, 1), compare_end=date(2026, 1, 31)
    )
    now, before = compile_scope(shop, scope, names="now"), compile_scope(shop, scope.comparison(), names="before")

    found = shop.store.row(
        f"select count(*) filter ({now.sql}), count(*) filter ({before.sql}) from visits v",
        {**now.parameters, **before.parameters},
    )

    assert found == (4, 2)


def test_within_an_empty_store(tmp_path):
    workspace = create_workspace(tmp_path / "empty", Settings("Empty"), "")

    assert visits(workspace, Scope(filter='did("Order Completed", within_days=3) or orders = 0')) == []
    with pytest.raises(FilterError, match="There is none yet"):
        compile_scope(workspace, Scope(filter='visited("home")'))
    workspace.close()


INJECTIONS = [
    "'; drop table visits; --", '" or 1=1 --', "x') or true --", "$scope_1", "{}", "%s", "?", "\\", "'", "''", "/*", "ＤＥ",
    "a'||(select value from meta)||'", "; attach '/etc/passwd'", "💥", "\u202e", "nul\u2400",
]  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.one_of(
        st.sampled_from(INJECTIONS),
        st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=20).filter(str.strip),
    )
)
def test_no_text_reaches_the_sql(shop, text):
    def scope(word):
        quoted = '"' + word.replace("\\", "\\\\").replace('"', '\\"') + '"'
        texts = f"country = {quoted} or country contains {quoted} or known({quoted})"
        return Scope(
            intent=word, filter=f"{texts} or did({quoted}, campaign={quoted}, source={quoted}, label={quoted})"
        )

    clause = compile_scope(shop, scope(text))

    assert clause.sql == compile_scope(shop, scope("harmless")).sql
    shop.store.rows(f"select count(*) from visits v where {clause.sql}", clause.parameters)
    assert shop.store.value("select count(*) from visits") == 8
