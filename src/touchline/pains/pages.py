"""What pain points lend to the pages of others: rows for the template pains/_ranking.html. Apart from the facade, for Django."""

from __future__ import annotations

from touchline.pains.ranking import Fix, RankedPain, ranking

__all__ = ["Fix", "RankedPain", "ranking"]
