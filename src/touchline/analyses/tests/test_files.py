"""Tables as Arrow."""

from __future__ import annotations

from touchline.analyses.exports.files import arrow_table
from touchline.analyses.rules.presentation import Column, Row, Table


def test_columns_of_one_name_are_told_apart() -> None:
    columns = (Column("Step"), Column("Median", "days"), Column("95%"), Column("Mean", "days"), Column("95%"))
    table = Table("t", "Times", columns, (Row(("a", 1.0, "1 to 2", 2.0, "2 to 3"), is_provisional=True),))

    assert arrow_table(table).to_pylist() == [
        {"Step": "a", "Median": 1.0, "95%": "1 to 2", "Mean": 2.0, "95% (2)": "2 to 3", "not over yet": True}
    ]
