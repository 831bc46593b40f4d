"""How paths are shown."""

from __future__ import annotations

from collections.abc import Sequence

from touchline.analyses.kinds.paths.answer import ListedPath, PathsAnswer
from touchline.analyses.rules.path_words import OVER, Seen, cautions, nobody, numbered, path_words, reach_figures
from touchline.analyses.rules.presentation import Bars, Column, Figure, Presentation, Row, Series, Table
from touchline.formulas.clustered import ClusteredShare
from touchline.ui.numbers import percent

INTERVAL = (Column("low", "share"), Column("high", "share"))
MOST_BARS = 12


def present(answer: PathsAnswer) -> Presentation:
    """A sentence, what was looked at, the listed paths with their interval, and where they lead."""
    seen = answer.seen
    if not answer.paths:
        return Presentation(nobody(seen), reach_figures(seen, answer.folded))
    figures = [*reach_figures(seen, answer.folded), *_figures(answer)]
    tables = [_paths_table(answer)]
    if answer.outcome is not None:
        tables.append(_outcome_table(answer))
    return Presentation(
        _sentence(answer), tuple(figures), (_bars(answer),), tuple(tables), cautions(seen, answer.folded)
    )


def written(path: ListedPath) -> str:
    """A path in words."""
    return path_words(path.steps, path.repeats)


def _laid(answer: PathsAnswer, different: int | None = None) -> str:
    """Which paths these are: 'paths of 5 steps after Basket', '74 different paths of ...'."""
    paths = "paths" if different is None else numbered(different, "different paths")
    where = {"after": "after", "before": "before", "around": "around"}[answer.direction]
    end = "end" if answer.direction == "before" else "beginning"
    place = f"{where} {answer.seen.anchor}" if answer.seen.anchor else f"from the {end}"
    return f"{paths} of {answer.length} steps {place}"


def _sentence(answer: PathsAnswer) -> str:
    seen, first = answer.seen, answer.paths[0]
    said = f"{seen.counted(answer.customers)} took {_laid(answer, answer.different)}."
    if first.share.value is None:
        return f"{said} Too few {seen.units} to say which are frequent."
    return f"{said} The most frequent, {written(first)}, is {percent(first.share.value, 1)} of them."


def _figures(answer: PathsAnswer) -> list[Figure]:
    seen = answer.seen
    figures = [
        Figure("different", "Different paths", answer.different, "count"),
        Figure(
            "covered",
            f"Covered by the {len(answer.paths)} listed",
            answer.paths[-1].together,
            "share",
            answer.customers,
        ),
    ]
    if answer.outcome is not None:
        figures.append(share_figure("outcome", f"Reach {seen.outcome}", answer.outcome))
    if answer.chosen is not None:
        name = written(answer.chosen)
        figures.append(share_figure("path", f"Take {name}", answer.chosen.share))
        if answer.chosen.outcome is not None:
            figures.append(share_figure("path-outcome", f"Of these reach {seen.outcome}", answer.chosen.outcome))
    return figures


def share_figure(id_: str, name: str, share: ClusteredShare) -> Figure:
    """A share with its interval and how many it rests on."""
    return Figure(id_, name, share.value, "share", share.clusters, share.low, share.high)


def _paths_table(answer: PathsAnswer) -> Table:
    columns = (
        Column("Path"),
        Column(answer.seen.journeys.capitalize(), "count"),
        Column("Share", "share"),
        *INTERVAL,
        Column("Together", "share"),
    )
    rows = tuple(
        Row(
            (
                written(path),
                path.share.count,
                path.share.value,
                path.share.low,
                path.share.high,
                path.together,
            ),
            path.customers,
            is_provisional=path.may_go_on > 0 and OVER in path.steps,
        )
        for path in answer.paths
    )
    note = "Together: the share of all that took this path or one above it."
    return Table("paths", f"The most frequent {_laid(answer)}", columns, rows, note)


def _outcome_table(answer: PathsAnswer) -> Table:
    columns = (
        Column("Path"),
        Column(answer.seen.journeys.capitalize(), "count"),
        Column("Reached", "share"),
        *INTERVAL,
    )
    rows = tuple(
        Row(
            (written(path), path.outcome.of, path.outcome.value, path.outcome.low, path.outcome.high),
            path.customers,
            is_provisional=path.may_go_on > 0 and path.outcome.count < path.outcome.of,
        )
        for path in answer.paths
        if path.outcome is not None
    )
    return Table("outcomes", f"How many of each reached {answer.seen.outcome}", columns, rows, _later(answer.seen))


def _later(seen: Seen) -> str:
    if seen.anchor:
        return f"Reached: later than {seen.anchor}, in the same {seen.journeys.removesuffix('s')}."
    return f"Reached: anywhere in the same {seen.journeys.removesuffix('s')}."


def _bars(answer: PathsAnswer) -> Bars:
    shown = answer.paths[:MOST_BARS]
    return Bars(
        "paths-bars",
        "Share of the most frequent paths",
        tuple(written(path) for path in shown),
        (share_series("Share", [path.share for path in shown], [path.customers for path in shown]),),
        "share",
        "paths",
    )


def share_series(name: str, shares: Sequence[ClusteredShare], customers: Sequence[int]) -> Series:
    """Shares as bars with their intervals."""
    return Series(
        name,
        tuple(share.value for share in shares),
        tuple(share.low for share in shares),
        tuple(share.high for share in shares),
        tuple(customers),
    )
