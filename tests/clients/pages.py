"""A shop's own pages, on a port of loopback that is not the collector's: another origin to every browser."""

from __future__ import annotations

import subprocess
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tools.install_clients import CLIENTS, node

_PAGE = (
    '<!doctype html><html lang="en"><title>Fernhill Outdoor</title><h1>{}</h1><script src="/client.js"></script></html>'
)


class ShopPages:
    """Serves a page with Segment's browser client built into it, and another without any."""

    def __init__(self, folder: Path) -> None:
        _bundle(folder / "client.js")
        (folder / "index.html").write_text(_PAGE.format("Tents"), "utf-8")
        (folder / "elsewhere.html").write_text("<!doctype html><title>Elsewhere</title>", "utf-8")
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
        self.port = self._server.server_address[1]
        self.origin = f"http://127.0.0.1:{self.port}"
        self.url = f"{self.origin}/"
        self.foreign_url = f"http://localhost:{self.port}/"
        """The same pages at an origin that no write key lists."""
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def close(self) -> None:
        """Serve no more."""
        self._server.shutdown()
        self._server.server_close()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the name it overrides
        """Tests print what they have to say."""


def _bundle(target: Path) -> None:
    esbuild = CLIENTS / "node_modules" / "esbuild" / "bin" / "esbuild"
    source = CLIENTS / "senders" / "browser_client.js"
    options = ["--bundle", "--format=iife", "--target=chrome110", f"--outfile={target}", "--log-level=error"]
    subprocess.run([str(node()), str(esbuild), str(source), *options], check=True, cwd=CLIENTS)
