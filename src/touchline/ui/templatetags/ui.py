"""What templates need to draw: icons and numbers as people read them. `{% load ui %}`."""

from __future__ import annotations

import re

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from touchline.ui import numbers
from touchline.ui.built import icon_shapes

register = template.Library()

_BETWEEN_BACKTICKS = re.compile("`([^`]+)`")

for write in (
    numbers.whole,
    numbers.compact,
    numbers.signed,
    numbers.decimal,
    numbers.percent,
    numbers.duration,
    numbers.file_size,
    numbers.money,
    numbers.compact_money,
    numbers.moment,
):
    register.filter(write.__name__, write)


@register.filter
def code_marked(text: str) -> SafeString:
    """What stands between backticks in a sentence, as code; everything else as it is."""
    return mark_safe(_BETWEEN_BACKTICKS.sub(r"<code>\1</code>", escape(text)))  # noqa: S308 - escaped just before


@register.simple_tag
def icon(name: str, size: int = 18) -> SafeString:
    """Draw an icon in the colour of the text around it; its meaning must stand in that text."""
    shapes = mark_safe(icon_shapes(name))  # noqa: S308 - shapes come from our own build
    return format_html(
        '<svg class="icon" width="{}" height="{}" viewBox="0 0 24 24" aria-hidden="true">{}</svg>', size, size, shapes
    )
