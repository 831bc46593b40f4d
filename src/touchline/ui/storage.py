"""Static files by their plain name: `{% static 'touchline/app.css' %}` gives the name with the hash of its content."""

from __future__ import annotations

from django.core.files.storage import Storage
from django.templatetags.static import PrefixNode
from django.utils.deconstruct import deconstructible

from touchline.ui.built import manifest

FOLDER = "touchline/"
HASHED_NAME = r"-[A-Z0-9]{8}\.\w+$"
"""How a name that carries the hash of its content ends: browsers may keep such a file for ever."""


@deconstructible
class BuiltStaticFiles(Storage):
    """Reads names from the manifest of the build instead of hashing at run time."""

    def url(self, name: str | None) -> str:
        """Return where a built file is served; a name that was not built leads to its plain address."""
        plain = (name or "").removeprefix(FOLDER)
        return f"{PrefixNode.handle_simple('STATIC_URL')}{FOLDER}{manifest().get(plain, plain)}"
