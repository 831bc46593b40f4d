"""Django's settings. Pages answer on this machine only and store nothing in a Django database."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path

from csp.constants import NONE, SELF

from touchline.config.secret import secret_key
from touchline.ui.built import STATIC_ROOT as BUILT_STATIC_ROOT

WORKSPACE_VARIABLE = "TOUCHLINE_WORKSPACE"
WORKSPACE_FOLDER = Path(os.environ[WORKSPACE_VARIABLE]) if os.environ.get(WORKSPACE_VARIABLE) else None

CAPABILITIES = (
    "boards",
    "overview",
    "strategy",
    "improvements",
    "documents",
    "pains",
    "experiments",
    "analyses",
    "research",
    "journeys",
    "metrics",
    "value",
    "segments",
    "customers",
    "collection",
    "events",
    "privacy",
)
"""In the order in which their pages are looked up."""
PAGES = tuple(
    f"touchline.{name}.urls" for name in (*CAPABILITIES, "ui") if find_spec(f"touchline.{name}.urls") is not None
)
ENDPOINTS = tuple(
    f"touchline.{name}.endpoints" for name in CAPABILITIES if find_spec(f"touchline.{name}.endpoints") is not None
)

DEBUG = False
SECRET_KEY = secret_key(WORKSPACE_FOLDER)
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
ROOT_URLCONF = "touchline.config.urls"
API_URLCONF = "touchline.config.api_urls"
"""Of requests for the JSON API."""
ASGI_APPLICATION = "touchline.config.asgi.application"
APPEND_SLASH = False
USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = False
DATABASES: dict[str, object] = {}

INSTALLED_APPS = [
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
    "touchline.ui",
    *(f"touchline.{name}" for name in CAPABILITIES),
]

MIDDLEWARE = [
    "touchline.api.middleware.ApiAnswers",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "touchline.config.middleware.LoopbackOnly",
    "touchline.api.middleware.OwnSiteOnly",
    "touchline.config.middleware.BuiltFiles",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "touchline.config.middleware.AttachWorkspace",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "touchline.config.frame.frame",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
CSRF_COOKIE_NAME = "touchline_csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_HTTPONLY = True  # the message cookie takes these two
SESSION_COOKIE_SAMESITE = "Strict"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"

STATIC_URL = "/static/"
STATIC_ROOT = BUILT_STATIC_ROOT
STATICFILES_FINDERS: list[str] = []
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "touchline.ui.storage.BuiltStaticFiles"},
}
SERVESTATIC_ALLOW_ALL_ORIGINS = False

# Dropped files go straight to a temporary file beside their final place, so that keeping one is a rename.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
FILE_UPLOAD_TEMP_DIR = str(WORKSPACE_FOLDER / "uploads") if WORKSPACE_FOLDER else None
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_NUMBER_FILES = 200

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{levelname} {name}: {message}", "style": "{"}},
    "handlers": {
        "terminal": {"class": "logging.StreamHandler", "formatter": "line"},
        "nowhere": {"class": "logging.NullHandler"},
    },
    "loggers": {
        "django": {"handlers": ["terminal"], "level": "ERROR", "propagate": False},
        # A foreign Host header is answered with 400; it is not an error of ours.
        "django.security.DisallowedHost": {"handlers": ["nowhere"], "propagate": False},
    },
}
