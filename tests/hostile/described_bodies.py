"""Bodies that keep to the OpenAPI description of the collection endpoints, and bodies that break it, by schemathesis."""

from __future__ import annotations

import json

import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import seed as seeded
from schemathesis import GenerationMode
from tests.hostile.hostile_bodies import Hostile


def described_bodies(described: dict[str, object], seed: int, count: int) -> list[Hostile]:
    """About as many as asked for, half of them against the description, over all of its addresses."""
    schema = schemathesis.openapi.from_dict(described)
    operations = [each.ok() for each in schema.get_all_operations()]
    each_of = max(1, count // (2 * len(operations)))
    found: list[Hostile] = []
    for operation in operations:
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):

            @seeded(seed)
            @settings(
                max_examples=each_of, database=None, deadline=None, phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            )  # fmt: skip
            @given(case=operation.as_strategy(generation_mode=mode))
            def gather(case: schemathesis.Case) -> None:
                body = case.body if isinstance(case.body, bytes) else json.dumps(case.body, default=str).encode()
                headers = {"content-type": case.media_type or ""} if len(found) % 2 else {}
                found.append(Hostile(case.path, body, headers, maker=f"described {case.path}"))

            gather()
    return found
