"""A launch: from which day whom a change reaches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from touchline.formulas.money_at_stake import Amount
from touchline.improvements.rules.plan import MeasurementPlan

SCOPES: Final = {
    "everyone": "Everyone at once",
    "groups": "Some regions or groups",
    "share": "A drawn share of customers",
    "flag": "Customers behind a flag of our own",
}


@dataclass(frozen=True)
class Wave:
    """From one day on, some groups have the change; everybody, where no group is named."""

    day: date
    groups: tuple[str, ...] = ()


@dataclass(frozen=True)
class Launch:
    """What was launched, for whom, and the plan that was fixed on that day."""

    scope: str
    """Key of SCOPES."""
    waves: tuple[Wave, ...]
    """In order of their days; further regions are further waves."""
    plan: MeasurementPlan
    digest: str
    """Of the plan as it was fixed; see plan.plan_digest."""
    fixed: date
    """Day on which the plan was fixed."""
    group_key: str = ""
    """Which fact about customers divides them, such as 'region'; '' unless scope is 'groups'."""
    experiment: str = ""
    """Name of the experiment that draws the share or stands behind the flag."""
    share: float | None = None
    """Of customers who get the change, 0..1, where scope is 'share'."""
    promised: Amount | None = None
    """Money a month within this scope, as promised on that day; None where the evidence allowed none."""
    promised_currency: str = ""

    @property
    def day(self) -> date:
        """Of the first wave."""
        return self.waves[0].day

    @property
    def words(self) -> str:
        """Who got it, for the user."""
        if self.scope != "groups":
            drawn = f" ({self.share:.0%} of customers)" if self.share is not None else ""
            return f"{SCOPES[self.scope].lower()}{drawn} from {self.day:%-d %B %Y}"
        return "; ".join(f"{self.group_key} {', '.join(wave.groups)} from {wave.day:%-d %B %Y}" for wave in self.waves)
