"""Pages about files coming in: dropping them, what was read, what could not be read."""

from __future__ import annotations

from django.urls import path

from touchline.events import views
from touchline.ui.navigation import NavigationItem

NAVIGATION = (
    NavigationItem("Import", "import", "upload", 20, ("import-mapping",)),
    NavigationItem("Files", "imports", "files", 30),
    NavigationItem("Quarantine", "quarantine", "file-warning", 40),
)

urlpatterns = [
    path("import", views.import_page, name="import"),
    path("import/progress", views.import_progress, name="import-progress"),
    path("import/<slug:id_>/mapping", views.mapping, name="import-mapping"),
    path("import/<slug:id_>/<slug:change>", views.change_import, name="import-change"),
    path("imports", views.imports, name="imports"),
    path("quarantine", views.quarantine, name="quarantine"),
    path("quarantine.csv", views.quarantine_csv, name="quarantine-csv"),
]
