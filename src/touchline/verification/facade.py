"""Lets invented companies through the product: the demo's files for the importers, planted worlds for `touchline verify`."""

from __future__ import annotations

from pathlib import Path

from touchline.verification.verify.catalogue import all_rows, not_yet_covered
from touchline.verification.verify.keeping import Asked, Keeping, KeptError, asked_before, name_of
from touchline.verification.verify.run import Verified, verify
from touchline.verification.verify.table import print_verified
from touchline.world.company import NAME as DEMO_COMPANY
from touchline.world.company import write_company

__all__ = [
    "DEMO_COMPANY",
    "Asked",
    "Keeping",
    "KeptError",
    "Verified",
    "all_rows",
    "asked_before",
    "name_of",
    "not_yet_covered",
    "print_verified",
    "verify",
    "write_demo_exports",
]


def write_demo_exports(exports: Path, truth: Path, *, seed: int, customers: int) -> None:
    """Write the demo company's export files into one folder and what is true about it into another."""
    write_company(exports, truth, seed=seed, customers=customers)
