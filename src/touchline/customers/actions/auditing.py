"""Write down what somebody says about a sampled pair."""

from __future__ import annotations

from datetime import UTC, datetime

from touchline.customers.questions.audit import Drawn, draw
from touchline.customers.rules.quality import JUDGEMENTS, QualityError
from touchline.engine.workspace import Workspace


def judge_pair(workspace: Workspace, month: str, key: str, judgement: str) -> Drawn:
    """Keep a judgement on a pair of the month's sample, in place of an earlier one. Raises QualityError with a sentence."""
    if judgement not in JUDGEMENTS:
        raise QualityError(f"“{judgement}” is no judgement. There are: {', '.join(JUDGEMENTS)}.")
    _, drawn = draw(workspace.store, month)
    pair = next((each for each in drawn if each.key == key), None)
    if pair is None:
        raise QualityError(f"The pair “{key}” is not in the sample of {month}: its link may have been taken back.")
    with workspace.store.transaction() as writer:
        writer.execute(
            "delete from audited_pairs where month = ? and (a_type, a_value, b_type, b_value) = (?, ?, ?, ?)",
            [month, *pair.names],
        )
        writer.execute(
            "insert into audited_pairs values (?, ?, ?, ?, ?, ?, ?, ?)",
            [month, pair.rule, *pair.names, judgement, datetime.now(UTC).replace(tzinfo=None)],
        )
    return pair
