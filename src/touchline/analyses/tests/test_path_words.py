import pytest

from touchline.analyses.rules.path_words import path_words


@pytest.mark.parametrize(
    ("steps", "repeats", "words"),
    [
        ("A B C", (), "A → B → C"),
        ("A A A", (), "A ×3"),
        ("A B A B C", (), "(A → B) ×2 → C"),
        ("A B A", (), "A → B → A"),
        ("A B B A B B", (), "(A → B → B) ×2"),
        ("A B (end)", (1.0, 2.4, 1.0), "A → B ×2.4 → (end)"),
        ("A B", (1.49, 3.0), "A → B ×3"),
        ("", (), ""),
    ],
)
def test_what_comes_again_stands_once(steps, repeats, words):
    assert path_words(tuple(steps.split()), repeats) == words
