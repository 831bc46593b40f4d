"""Every page and the JSON API: a capability's part of it is found by its endpoints module being there.

Loaded when the API is asked first: what describes its answers takes two seconds to build, and no page needs it.
"""

from __future__ import annotations

import inspect
from importlib import import_module
from pathlib import Path

from django.conf import settings
from django.urls import path

import touchline
from touchline.api.application import make_api
from touchline.config import urls

# For the text under each field pydantic goes through all callers, and inspect through all modules for each caller it does not
# know: those of the import system are of no file. Known, they save half of the time.
inspect.modulesbyfile |= {
    str(Path(f"<frozen {name}>").absolute()): name for name in ("importlib._bootstrap", "importlib._bootstrap_external")
}
api = make_api((import_module(name).ROUTER for name in settings.ENDPOINTS), touchline.__version__)

urlpatterns = [path("api/v1/", api.urls), *urls.urlpatterns]
