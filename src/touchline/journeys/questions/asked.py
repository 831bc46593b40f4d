"""What a question is asked about: the scope as SQL, and what the definition says of each touchpoint."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from touchline.events.facade import CHANNELS
from touchline.formulas.functional import CONTACT_WINDOW_DAYS
from touchline.journeys.rules.definition import JourneyDefinition
from touchline.segments.facade import Clause

SERVICE_STAGE = "service"
CONTACT_CHANNELS = ("chat", "phone", "email")


@dataclass(frozen=True)
class Asked:
    """The context of all questions of one map. The clauses restrict `visits v` by named parameters."""

    definition: JourneyDefinition
    scope: Clause
    comparison: Clause | None
    start: datetime
    """Start of the scope; of all data where it has none."""
    end: datetime
    """First moment after the scope."""
    since: datetime
    """No visit before this matters: the start of the scope or of the comparison period, whichever is earlier."""
    data_until: datetime
    intent: bool = False
    """Whether the scope restricts the journeys' intent: answers then need their visit."""

    @property
    def touchpoints(self) -> int:
        """How many touchpoints there are."""
        return len(self.definition.touchpoints)

    @property
    def stages(self) -> int:
        """How many stages there are."""
        return len(self.definition.stages)

    @property
    def gap_days(self) -> float:
        """A journey that paused longer is over."""
        return self.definition.gap_days

    @property
    def contact_window_days(self) -> float:
        """How soon a service contact counts as following a visit."""
        return CONTACT_WINDOW_DAYS

    @property
    def data_until_us(self) -> int:
        """End of the data in microseconds since 1970."""
        return round((self.data_until - datetime(1970, 1, 1)).total_seconds() * 1_000_000)  # noqa: DTZ001 naive UTC

    @property
    def stage_of(self) -> NDArray[np.int32]:
        """Position of the stage, by touchpoint."""
        order = {stage.id: position for position, stage in enumerate(self.definition.stages)}
        return np.array([order[one.stage] for one in self.definition.touchpoints], dtype=np.int32)

    @property
    def is_service(self) -> NDArray[np.bool_]:
        """Whether a touchpoint belongs to the service stage."""
        return np.array([one.stage == SERVICE_STAGE for one in self.definition.touchpoints], dtype=np.bool_)

    @property
    def is_contact_channel(self) -> NDArray[np.bool_]:
        """Whether a channel is one that customers call for help by; by position in CHANNELS."""
        return np.array([channel in CONTACT_CHANNELS for channel in CHANNELS], dtype=np.bool_)

    @property
    def compared_sql(self) -> str:
        """The comparison period as a condition; false without one."""
        return self.comparison.sql if self.comparison else "false"

    @property
    def parameters(self) -> dict[str, Any]:
        """Values of both clauses."""
        return {**self.scope.parameters, **(self.comparison.parameters if self.comparison else {})}
