"""Lets the demo company through the product: its files for the importers, its truth for the tests."""

from __future__ import annotations

from pathlib import Path

from touchline.world.company import NAME as DEMO_COMPANY
from touchline.world.company import write_company

__all__ = ["DEMO_COMPANY", "write_demo_exports"]


def write_demo_exports(exports: Path, truth: Path, *, seed: int, customers: int) -> None:
    """Write the demo company's export files into one folder and what is true about it into another."""
    write_company(exports, truth, seed=seed, customers=customers)
