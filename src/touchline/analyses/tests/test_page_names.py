import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchline.analyses.rules.page_names import clean_page


@pytest.mark.parametrize(
    ("page", "clean"),
    [
        ("/", "/"),
        ("", "/"),
        ("/cart/", "/cart"),
        ("cart", "/cart"),
        ("/cart?step=2&x=/y/", "/cart"),
        ("/help#returns", "/help"),
        ("https://shop.example/orders/1042/items/7?from=mail", "/orders/:id/items/:id"),
        ("/orders/1042.html", "/orders/:id.html"),
        ("/u/3f2504e0-4f89-41d3-9a0c-0305e82c3301/edit", "/u/:id/edit"),
        ("/u/3F2504E04F8941D39A0C0305E82C3301", "/u/:id"),
        ("/commit/9fceb02d", "/commit/:id"),
        ("/t/aZ09bY18cX27", "/t/:id"),
        ("/products/alp-bas-01", "/products/alp-bas-01"),  # a name with a number in it stays
        ("/products/facade", "/products/facade"),  # hexadecimal letters, yet a word
        ("/2-person-tents", "/2-person-tents"),
        ("//a///b//", "/a/b"),
    ],
)
def test_pages_lose_what_tells_visits_apart(page, clean):
    assert clean_page(page) == clean


@given(st.text(max_size=60))
def test_a_clean_page_stays_as_it_is(page):
    clean = clean_page(page)

    assert clean.startswith("/")
    assert "?" not in clean
    assert clean_page(clean) == clean
