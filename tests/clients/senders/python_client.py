"""segment-analytics-python or rudder-sdk-python, as a shop's server uses them.

Reads one line of JSON that says what to send, and a second one when the stream is long enough; prints what came of it.
"""

from __future__ import annotations

import importlib
import json
import re
import sys
import threading
import time
from datetime import datetime
from typing import Any

PACE_SECONDS = 0.02


def main() -> None:
    plan = json.loads(sys.stdin.readline())
    client_class = importlib.import_module(plan["module"]).Client
    failed: list[str] = []
    streamed = 0
    for leg in plan["legs"]:
        client = client_class(
            leg["key"],
            host=leg["host"],
            on_error=lambda error, batch: failed.append(f"{len(batch)} calls: {error}"),
            **leg["options"],
        )
        for call in leg["calls"]:
            say(client, call)
        if leg["stream"] is not None:
            streamed = stream(client, leg["stream"])
        if not leg["options"].get("sync_mode"):
            client.flush()
            client.join()
    print(json.dumps({"failed": failed, "streamed": streamed}))


def say(client: Any, call: dict[str, Any]) -> None:
    words = {re.sub(r"[A-Z]", lambda found: "_" + found.group().lower(), name): value for name, value in call.items()}
    if "timestamp" in words:
        words["timestamp"] = datetime.fromisoformat(words["timestamp"])
    getattr(client, words.pop("type"))(**words)


def stream(client: Any, call: dict[str, Any]) -> int:
    enough = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.readline(), enough.set()), daemon=True).start()
    number = 0
    while not enough.is_set():
        number += 1
        say(client, {**call, "properties": {**call["properties"], "number": number}})
        time.sleep(PACE_SECONDS)
    return number


main()
