"""Archetypes of 100,000 journeys: from the visits to the answer, with K of 1 to 8 tried and the one kept tried again in
people drawn again. Beside it k-means on TF-IDF, which sees steps and pairs of steps as words. Four are planted.
"""

from __future__ import annotations

import shutil
from functools import partial
from pathlib import Path

import numpy as np
import pyarrow as pa

from benchmarks.measuring import Clock, Measured, Row, Sizes, Work, in_child, in_turns
from benchmarks.stores import opened
from touchline.analyses.facade import answered, reading, usual_question
from touchline.analyses.kinds.archetypes.answering import members
from touchline.engine.workspace import Settings, create_workspace
from touchline.formulas.agreement import adjusted_rand
from touchline.journeys.facade import JourneyDefinition, Pattern, Stage, Touchpoint, refresh, save_definition

JOURNEYS_PER_EVENT = 0.01
FEWEST_JOURNEYS = 2000
"""In fewer, four archetypes are not always told apart."""
BAR_SECONDS = 60
SHARES = (0.4, 0.3, 0.2, 0.1)
PLACES, STAGES = 40, 7
NOISE = 0.1
FEWEST_STEPS, MORE_STEPS = 6, 8
MOST_KINDS = 8
FIRST_DAY = np.datetime64("2026-01-01", "us")


def measure(sizes: Sizes, folder: Path) -> list[Row]:
    """Measure in turns; raises RuntimeError when the planted archetypes are not found."""
    store, journeys = folder / "archetypes", max(int(sizes.events * JOURNEYS_PER_EVENT), FEWEST_JOURNEYS)
    in_child(plant, store, journeys)
    works: dict[str, Work] = {
        "ours": partial(in_child, ask_for_archetypes, store),
        "kmeans": partial(in_child, ask_k_means, store),
    }
    found = in_turns(sizes.rounds, works)
    shutil.rmtree(store)
    ours, peer = found["ours"], found["kmeans"]
    number, agreement = ours.found
    if number != len(SHARES):
        raise RuntimeError(f"{number} archetypes were found where {len(SHARES)} are planted.")
    return [_row(journeys, ours, agreement, peer, sizes.store_as_asked)]


def _row(journeys: int, ours: Measured, agreement: float, peer: Measured, as_asked: bool) -> Row:
    seconds = ours.seconds["archetypes"]
    return Row(
        f"archetypes of {journeys:,} journeys, K 1 to {MOST_KINDS} (agreement with the planted {agreement:.2f})",
        seconds,
        ours.peak_bytes,
        f"≤ {BAR_SECONDS} s",
        seconds <= BAR_SECONDS if as_asked else None,
        f"scikit-learn: k-means on TF-IDF, K 2 to {MOST_KINDS} (agreement {peer.found:.2f} at the true K)",
        peer.seconds["k-means"],
    )


def plant(folder: Path, journeys: int) -> tuple[Clock, None]:
    """Write a store of customers with one journey each; a customer's number tells the archetype."""
    random = np.random.default_rng(14)
    chains, begins = _chains(random), [random.dirichlet(np.full(PLACES // STAGES, 0.3)) for _ in SHARES]
    kind = _kinds(journeys)
    steps = FEWEST_STEPS + random.poisson(MORE_STEPS, journeys)
    begin = np.array([row.cumsum() for row in begins])
    place = (random.random(journeys)[:, None] > begin[kind][:, :-1]).sum(axis=1)
    whose, when, where = [], [], []
    for step in range(int(steps.max())):
        going = np.flatnonzero(steps > step)
        whose.append(going)
        when.append(np.full(len(going), step))
        where.append(place[going])
        chances = chains[kind[going], place[going]]
        place[going] = np.minimum((random.random(len(going))[:, None] > chances).sum(axis=1), PLACES - 1)
    _write(folder, journeys, np.concatenate(whose), np.concatenate(when), np.concatenate(where))
    return Clock(), None


def _kinds(journeys: int) -> np.ndarray:
    return np.random.default_rng(41).choice(len(SHARES), journeys, p=SHARES)


def _chains(random: np.random.Generator) -> np.ndarray:
    """Cumulative chances, archetypes × places × places: mostly on to the next stage, each with its favourites."""
    stage = np.arange(PLACES) * STAGES // PLACES
    ahead = stage[None, :] - stage[:, None]
    usual = np.select([ahead == -1, ahead == 0, ahead == 1], [0.1, 0.4, 1.0], 0.0)
    liked = usual * random.gamma(0.3, 1.0, (len(SHARES), PLACES, PLACES))
    liked[:, np.arange(PLACES), np.arange(PLACES)] = 0
    chains = (1 - NOISE) * liked / liked.sum(axis=2, keepdims=True) + NOISE / PLACES
    return chains.cumsum(axis=2)


def _write(folder: Path, journeys: int, whose: np.ndarray, when: np.ndarray, where: np.ndarray) -> None:
    stages = tuple(Stage(f"s{number}", f"Stage {number}") for number in range(STAGES))
    places = tuple(
        Touchpoint(f"p{at}", f"Place {at}", f"s{at * STAGES // PLACES}", (Pattern(event=(f"Place {at}",)),))
        for at in range(PLACES)
    )
    workspace = create_workspace(folder, Settings("Benchmark"), "")
    save_definition(workspace, JourneyDefinition("Planted", stages, places))
    number = np.arange(len(whose))
    time = FIRST_DAY + ((whose % 60) * 86_400_000_000 + when * 3_600_000_000).astype("timedelta64[us]")
    events = {"number": number, "time": time, "who": (whose + 1).astype(np.int32), "kind": where.astype(np.int32)}
    with workspace.store.transaction() as writer:
        writer.execute(
            "insert into identifiers select i + 1, 'user_id', (i + 1)::varchar from range(?) r(i)", [journeys]
        )
        writer.execute(
            "insert into kinds select i, 'Place ' || i, 'web', null, null, 'synthetic' from range(?) r(i)", [PLACES]
        )
        with writer.staged("rows", pa.table(events)):
            writer.execute(
                "insert into events (seq, id, time, received, who, kind, import_id, line)"
                " select nextval('event_seq'), number, time, time, who, kind, 1, number from rows order by number"
            )
    refresh(workspace)
    workspace.close()


def ask_for_archetypes(store: Path) -> tuple[Clock, tuple[int, float]]:
    """Ask a store just opened; says how many archetypes there are and how well they agree with the planted ones."""
    workspace = opened(store)
    question = usual_question(workspace, "archetypes", {"period": ["all"]})
    clock = Clock()
    with clock("archetypes"):
        found = answered(workspace, question).answer
    rows = workspace.store.rows(
        "select customer, value::integer - 1 from identities join identifiers using (identifier)"
    )
    whose = dict(rows)
    group = np.zeros(len(rows), np.int64)
    for number, each in enumerate(found.archetypes):
        customers = members(reading(workspace, question), question.request, each.part)
        group[[whose[customer] for customer in customers.tolist()]] = number
    workspace.close()
    return clock, (len(found.archetypes), _agreement(group, _kinds(len(rows))))


def ask_k_means(store: Path) -> tuple[Clock, float]:
    """Read the journeys as texts, then let k-means divide them for every K; says how well the true K agrees."""
    from sklearn.cluster import KMeans
    from sklearn.feature_extraction.text import TfidfVectorizer

    workspace = opened(store)
    clock = Clock()
    with clock("k-means"):
        texts = workspace.store.rows(
            "select i.value::integer - 1, string_agg('p' || v.touchpoint, ' ' order by v.time) from visits v"
            " join identities d on d.customer = v.customer join identifiers i on i.identifier = d.identifier"
            " group by 1 order by 1"
        )
        terms = TfidfVectorizer(ngram_range=(1, 2), token_pattern=r"\S+").fit_transform(text for _, text in texts)
        groups = {
            kinds: KMeans(kinds, n_init=1, random_state=0).fit(terms).labels_ for kinds in range(2, MOST_KINDS + 1)
        }
    workspace.close()
    return clock, _agreement(groups[len(SHARES)].astype(np.int64), _kinds(len(texts)))


def _agreement(group: np.ndarray, kind: np.ndarray) -> float:
    counts = np.bincount(group * MOST_KINDS + kind, minlength=MOST_KINDS**2)
    return adjusted_rand(counts.reshape(MOST_KINDS, MOST_KINDS))
