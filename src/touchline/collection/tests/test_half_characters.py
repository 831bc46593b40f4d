"""Half characters in JSON."""

from __future__ import annotations

import json
import re

from hypothesis import given
from hypothesis import strategies as st

from touchline.collection.rules.half_characters import mended

TEXTS = st.lists(st.sampled_from(["\ud83d", "\udf89", "🎉", "\\ud83d", "\\", '"', "ä", "a", "\\u", "\x00"])).map(
    "".join
)
_LONE = re.compile("[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]")


@given(TEXTS)
def test_only_halves_are_replaced(text):
    whole = text.encode("utf-16", "surrogatepass").decode(
        "utf-16", "surrogatepass"
    )  # two halves side by side are one sign

    assert json.loads(mended(json.dumps(text).encode())) == _LONE.sub("�", whole)


def test_what_has_none_is_the_same_object():
    body = b'{"a": "\\u00e4 \\\\n"}'
    assert mended(body) is body
