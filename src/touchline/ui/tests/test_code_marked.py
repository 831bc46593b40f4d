from __future__ import annotations

from touchline.ui.templatetags.ui import code_marked


def test_what_stands_between_backticks_is_code_and_nothing_is_markup() -> None:
    assert code_marked("`userId` is <b> & `<script>` too") == (
        "<code>userId</code> is &lt;b&gt; &amp; <code>&lt;script&gt;</code> too"
    )
    assert code_marked("a single ` stays") == "a single ` stays"
