"""Every page: a capability's pages are found by its urls module being there."""

from __future__ import annotations

from django.conf import settings
from django.urls import include, path

urlpatterns = [path("", include(pages)) for pages in settings.PAGES]
