"""What names an account, and what people write into a company field who have none."""

from __future__ import annotations

from typing import Final

NO_ACCOUNT: Final = (
    r"(?i)^\s*(?:[\W_0]*|n\s*/\s*a|n\.a\.|na|nil|none|no|null|undefined|unknown|anonymous|test|tbd|xx+|not set|"
    r"no company|no organi[sz]ation|private|privat|personal|individual|self|self[- ]employed|home|house|keine|particulier|"
    r"particular|privé|-1|\[object object\])\s*$"
)
"""Such a company would gather strangers as colleagues. Read by the engine (RE2)."""
