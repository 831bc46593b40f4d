"""A workspace: one folder with the store, the journey definition and the settings of one company."""

from __future__ import annotations

import json
import threading
import tomllib
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from touchline.engine.store import STORE_FILE, Store, StoreError

SETTINGS_FILE = "workspace.toml"
JOURNEY_FILE = "journey.toml"
UPLOADS_FOLDER = "uploads"
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
CONSENTS = ("required", "not_required")


@dataclass(frozen=True)
class Settings:
    """What holds for the whole workspace; kept in workspace.toml."""

    name: str
    time_zone: str = "UTC"
    """Assumed for times that carry none."""
    currency: str = ""
    """Assumed for money that carries none; empty: such money stays without a currency."""
    week_starts: str = "monday"
    """Day on which weeks begin, one of WEEKDAYS."""
    consent: str = "required"
    """Of visitors, before the browser SDK stores or sends anything that could know them again; one of CONSENTS."""
    respect_do_not_track: bool = False
    """Whether the browser SDK takes a browser's Do Not Track as a refusal of consent."""

    @property
    def zone(self) -> ZoneInfo:
        """The assumed time zone as a rule set."""
        return ZoneInfo(self.time_zone)


@dataclass(frozen=True)
class Workspace:
    """An open workspace. Everything a capability does, it does to one of these."""

    folder: Path
    store: Store
    settings: Settings

    @property
    def journey_file(self) -> Path:
        """The journey definition, a readable TOML file."""
        return self.folder / JOURNEY_FILE

    @property
    def uploads(self) -> Path:
        """Where files dropped on the page wait until they are imported."""
        return self.folder / UPLOADS_FOLDER

    def close(self) -> None:
        """Let go of the store."""
        with _opening:
            _opened.pop(self.folder.resolve(), None)
        self.store.close()


_opening = threading.Lock()
_opened: dict[Path, Workspace] = {}
"""Open workspaces of this process: pages and joined commands share one writer lock per store."""


def create_workspace(folder: Path, settings: Settings, journey_toml: str) -> Workspace:
    """Make a new workspace folder, readable by its owner only. Raises StoreError when one is there already."""
    if (folder / STORE_FILE).exists():
        raise StoreError(f"{folder} is a workspace already.")
    if folder.exists() and not folder.is_dir():
        raise StoreError(f"{folder} is a file; a workspace is a folder.")
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    (folder / SETTINGS_FILE).write_text(_settings_toml(settings), "utf-8")
    (folder / JOURNEY_FILE).write_text(journey_toml, "utf-8")
    with _opening:
        workspace = Workspace(folder, Store.create(folder / STORE_FILE), settings)
        _opened[folder.resolve()] = workspace
    return workspace


def open_workspace(folder: Path) -> Workspace:
    """Open a workspace folder; the one already open in this process is shared.

    Raises StoreError (StoreInUseError, StoreTooNewError) with a sentence.
    """
    if not (folder / STORE_FILE).is_file():
        raise StoreError(f"{folder} is not a Touchline workspace. Make one with: touchline init {folder}")
    with _opening:
        key = folder.resolve()
        if key not in _opened:
            _opened[key] = Workspace(folder, Store.open(folder / STORE_FILE), read_settings(folder))
        return _opened[key]


def read_settings(folder: Path) -> Settings:
    """Read workspace.toml. Raises StoreError naming what is wrong with it."""
    path = folder / SETTINGS_FILE
    if not path.exists():
        return Settings(name=folder.name)
    try:
        found = tomllib.loads(path.read_text("utf-8"))
        settings = Settings(
            name=str(found.get("name", folder.name)),
            time_zone=str(found.get("time_zone", "UTC")),
            currency=str(found.get("currency", "")),
            week_starts=str(found.get("week_starts", "monday")).strip().lower(),
            consent=str(found.get("consent", "required")).strip().lower(),
            respect_do_not_track=found.get("respect_do_not_track", False) is True,
        )
        _ = settings.zone
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise StoreError(f"{path} is not valid TOML: {error}") from None
    except (KeyError, ValueError, OSError):
        raise StoreError(
            f"{path}: time_zone = {found.get('time_zone')!r} is not a time zone such as Europe/Berlin."
        ) from None
    if settings.week_starts not in WEEKDAYS:
        raise StoreError(
            f"{path}: week_starts = {found.get('week_starts')!r} is not a day of the week such as monday or sunday."
        )
    if settings.consent not in CONSENTS:
        raise StoreError(f"{path}: consent = {found.get('consent')!r} is neither required nor not_required.")
    return settings


def _settings_toml(settings: Settings) -> str:
    quoted = {key: json.dumps(value, ensure_ascii=False) for key, value in vars(settings).items()}
    return (
        f"name = {quoted['name']}\n"
        f"time_zone = {quoted['time_zone']}  # assumed for times that carry none\n"
        f"currency = {quoted['currency']}  # assumed for money that carries none; empty: stays without one\n"
        f"week_starts = {quoted['week_starts']}  # day on which weeks begin\n"
        f"consent = {quoted['consent']}  # of visitors, before the browser SDK knows them again; or not_required\n"
        f"respect_do_not_track = {quoted['respect_do_not_track']}  # true: takes Do Not Track as a refusal of consent\n"
    )
