"""Privacy: what other parts may ask for."""

from __future__ import annotations

from touchline.privacy.rules import mask_personal_data

__all__ = ["mask_personal_data"]
