"""A day on the command line."""

from __future__ import annotations

from datetime import date

import click


class Day(click.ParamType):  # type: ignore[type-arg]  # generic only from click 8.3 on
    """A day such as 2026-05-31."""

    name = "day"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read a day."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is not a day such as 2026-05-31.", param, ctx)
