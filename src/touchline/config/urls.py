"""Every page: a capability's pages are found by its urls module being there, its part of the API by its endpoints."""

from __future__ import annotations

from importlib import import_module

from django.conf import settings
from django.urls import include, path

import touchline
from touchline.api.application import make_api

api = make_api((import_module(name).ROUTER for name in settings.ENDPOINTS), touchline.__version__)

urlpatterns = [path("api/v1/", api.urls), *(path("", include(pages)) for pages in settings.PAGES)]
