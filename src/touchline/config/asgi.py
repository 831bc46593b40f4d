"""The web application, served by `touchline serve` in its own process."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "touchline.config.settings")

if settings.FILE_UPLOAD_TEMP_DIR:
    Path(settings.FILE_UPLOAD_TEMP_DIR).mkdir(mode=0o700, exist_ok=True)
    # Django spools request bodies to the system's temporary folder, often small and in memory; exports are large.
    tempfile.tempdir = settings.FILE_UPLOAD_TEMP_DIR

application = get_asgi_application()
