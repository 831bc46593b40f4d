"""Commands about the workspace as a whole: make one, serve it, and the demo company."""

from __future__ import annotations

import gc
import ipaddress
import os
import signal
import socket
import sys
import threading
import webbrowser
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

import click

from touchline.cli.joined import answer_with
from touchline.cli.session import Session
from touchline.cli.verify import verify_command
from touchline.collection.tasks import start_collecting, stop_collecting
from touchline.engine.announcing import STOPPING, announce
from touchline.engine.joining import Owner, owner_of
from touchline.engine.journal import JournalError
from touchline.engine.store import StoreInUseError
from touchline.engine.workspace import WEEKDAYS, Settings, Workspace, create_workspace
from touchline.events.tasks import stop_imports
from touchline.journeys.facade import DEFAULT_JOURNEY_TOML
from touchline.pains.facade import begin_computing, stop_computing

DEFAULT_PORT = 8000
DEFAULT_COLLECT_PORT = 8001
HAND_OVER_SECONDS = 0.0005
"""Threads that write the journal and the store hand the interpreter over ten times as often as usual: an answer waits for each."""
GRACE_SECONDS = 3
"""Pages that are still being answered when Ctrl-C comes have so long."""


class WrongUsageError(click.ClickException):
    """A request that cannot be meant: exit code 2."""

    exit_code = 2


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), required=False)
@click.option("--name", default="", help="Name of the company or shop. Default: the folder's name.")
@click.option(
    "--time-zone", default="UTC", show_default=True, help="Assumed for times that carry none, e.g. Europe/Berlin."
)
@click.option("--currency", default="", help="Assumed for money that carries none, e.g. EUR.")
@click.option(
    "--week-starts",
    type=click.Choice(WEEKDAYS),
    default="monday",
    show_default=True,
    help="Day on which weeks begin, e.g. sunday.",
)
@click.pass_obj
def init(session: Session, folder: Path | None, name: str, time_zone: str, currency: str, week_starts: str) -> None:
    """Make a workspace: a folder with an empty store and the default journey definition."""
    place = folder or session.folder
    settings = Settings(name or place.resolve().name, time_zone, currency.upper(), week_starts)
    if currency and not (len(currency) == 3 and currency.isascii() and currency.isalpha()):
        raise WrongUsageError(f"--currency {currency!r} is not a currency; expected its three letters, e.g. EUR.")
    try:
        _ = settings.zone
    except (KeyError, ValueError, OSError):
        raise WrongUsageError(
            f"--time-zone {time_zone!r} is not a time zone; expected a name such as Europe/Berlin."
        ) from None
    create_workspace(place, settings, DEFAULT_JOURNEY_TOML).close()
    here = "" if place == session.folder else f" -w {place}"
    session.console.print(f"Made the workspace {place}. Next: touchline{here} import YOUR_FILES", soft_wrap=True)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Loopback only until members exist.")
@click.option("--port", default=DEFAULT_PORT, show_default=True, type=click.IntRange(0, 65535))
@click.option(
    "--collect-host",
    default=None,
    help="Collect events at this address too, e.g. 0.0.0.0 behind a proxy; nothing but collecting answers there.",
)
@click.option("--collect-port", default=DEFAULT_COLLECT_PORT, show_default=True, type=click.IntRange(0, 65535))
@click.option(
    "--trusted-proxy",
    "trusted_proxies",
    multiple=True,
    help="Address of a proxy in front of --collect-host whose X-Forwarded-For and -Proto are believed; repeat for several.",
)
@click.option("--open/--no-open", "open_browser", default=False, help="Show the page in the browser.")
@click.pass_obj
def serve(
    session: Session,
    host: str,
    port: int,
    collect_host: str | None,
    collect_port: int,
    trusted_proxies: tuple[str, ...],
    open_browser: bool,
) -> None:
    """Show the workspace in the browser, and collect events, until stopped with Ctrl-C."""
    collecting = None
    if collect_host is not None:
        _refuse_what_is_no_address("--collect-host", collect_host)
        for proxy in trusted_proxies:
            _refuse_what_is_no_address("--trusted-proxy", proxy)
        collecting = CollectAddress(collect_host, collect_port, trusted_proxies)
    elif trusted_proxies:
        raise WrongUsageError("--trusted-proxy says whom to believe at --collect-host, which is not given.")
    serve_workspace(session, host, port, open_browser, collecting)


@click.command()
@click.option("--serve/--no-serve", "serve_pages", default=True, help="Serve the map after printing it.")
@click.option(
    "--folder",
    type=click.Path(path_type=Path),
    default=Path("demo"),
    show_default=True,
    help="Where exports and workspace go.",
)
@click.option(
    "--seed",
    default=1,
    show_default=True,
    type=click.IntRange(min=0),
    help="Another seed makes another year of the same company.",
)
@click.option(
    "--customers",
    default=6000,
    show_default=True,
    type=click.IntRange(10, 1_000_000),
    help="Customers who come now and then; a tenth as many regulars come besides.",
)
@click.option("--port", default=DEFAULT_PORT, show_default=True, type=click.IntRange(0, 65535))
@click.pass_context
def demo(context: click.Context, serve_pages: bool, folder: Path, seed: int, customers: int, port: int) -> None:
    """Write the demo company's exports, import them as a user would, print the map and serve it with its pain points."""
    from touchline.cli.demo import prepare_demo  # no other command needs the demo company

    session: Session = context.obj
    joined = prepare_demo(session, folder, seed, customers)
    if serve_pages:
        serve_workspace(joined, "127.0.0.1", port, open_browser=False, find_pains=True)


@dataclass(frozen=True)
class CollectAddress:
    """Where events are collected besides the pages' own address."""

    host: str
    port: int
    trusted_proxies: tuple[str, ...] = ()


def serve_workspace(
    session: Session,
    host: str,
    port: int,
    open_browser: bool,
    collecting: CollectAddress | None = None,
    *,
    find_pains: bool = False,
) -> None:
    """Serve until stopped, and look for pain points meanwhile where that is wanted.

    Raises WrongUsageError for pages on an address that is not loopback, or one not free.
    """
    _refuse_other_than_loopback(host)
    try:
        workspace = session.workspace
    except StoreInUseError:
        running = (owner_of(session.folder) or {}).get("url", "")
        raise click.ClickException(
            f"{session.folder} is open already{f': {running}' if running else ' in another process'}."
        ) from None
    listening = _listen(host, port, "--port")
    sockets = [listening]
    if collecting is not None:
        sockets.append(_listen(collecting.host, collecting.port, "--collect-port"))
    url = _url_of(host, listening)
    commands = click.get_current_context().find_root().command
    owner = Owner(workspace.folder, answer_with(commands, workspace), url)
    owner.start()
    session.console.print(f"Serving {workspace.settings.name} at {url} (stop with Ctrl-C)", soft_wrap=True)
    if collecting is not None:
        session.console.print(f"Collecting events at {_url_of(collecting.host, sockets[1])}v1/", soft_wrap=True)
    if find_pains:
        begin_computing(workspace)
    if open_browser:
        threading.Timer(1.0, webbrowser.open, [url]).start()
    try:
        _run_server(workspace, sockets, collecting)
    finally:
        owner.stop()
        for each in sockets:
            each.close()
        workspace.close()


def _url_of(host: str, listening: socket.socket) -> str:
    return f"http://{f'[{host}]' if ':' in host else host}:{listening.getsockname()[1]}/"


def _run_server(workspace: Workspace, sockets: list[socket.socket], collecting: CollectAddress | None) -> None:
    import uvicorn  # no other command needs a web server

    from touchline.cli.head_in_time import HeadInTime

    class Serving(uvicorn.Server):
        """Lets go of the streams of open pages as soon as Ctrl-C comes."""

        def handle_exit(self, sig: int, frame: FrameType | None) -> None:
            announce(workspace, STOPPING)
            super().handle_exit(sig, frame)

    os.environ["TOUCHLINE_WORKSPACE"] = str(workspace.folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "touchline.config.settings")
    try:
        start_collecting(workspace, sockets[1].getsockname()[1] if collecting else None)
    except JournalError as problem:
        raise click.ClickException(str(problem)) from None
    config = uvicorn.Config(
        "touchline.config.asgi:application",
        http=HeadInTime,
        log_level="warning",
        lifespan="off",
        proxy_headers=collecting is not None,
        forwarded_allow_ips=list(collecting.trusted_proxies) if collecting else [],
        server_header=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    if threading.current_thread() is threading.main_thread():
        # Service managers end us with SIGTERM; as it comes it would end the process before what was received is stored.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with suppress(KeyboardInterrupt):  # uvicorn raises the signal again once it has shut down
            sys.setswitchinterval(HAND_OVER_SECONDS)
            config.load()
            _look_no_more_at_what_is_loaded()
            Serving(config).run(sockets=sockets)
    finally:
        gc.unfreeze()  # libraries complain of what is left when Python ends
        stop_collecting(workspace)
    stop_imports(workspace)
    stop_computing(workspace)


def _look_no_more_at_what_is_loaded() -> None:
    """All threads stand still while Python looks for garbage: 80 ms each time when it goes through all that was imported."""
    gc.collect()
    gc.freeze()


def _listen(host: str, port: int, option: str) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        raise click.ClickException(
            f"Port {port} on {host} cannot be used ({error.strerror}). Choose another with {option}."
        ) from None
    listening.listen(1024)  # from here on a browser that follows the printed address waits instead of being refused
    return listening


def _refuse_other_than_loopback(host: str) -> None:
    try:
        is_loopback = host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        is_loopback = False
    if not is_loopback:
        raise WrongUsageError(
            f"--host {host}: pages answer on this computer only (127.0.0.1, ::1 or localhost), "
            "because there are no members and passwords yet."
        )


def _refuse_what_is_no_address(option: str, host: str) -> None:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        raise WrongUsageError(
            f"{option} {host!r} is not an address; expected one such as 0.0.0.0 or 192.0.2.7."
        ) from None


COMMANDS = (init, serve, demo, verify_command)
