"""What segments lend to the pages of others: the choice of a scope. Apart from the facade, for forms take long to import."""

from __future__ import annotations

from touchline.segments.forms import ScopeForm

__all__ = ["ScopeForm"]
