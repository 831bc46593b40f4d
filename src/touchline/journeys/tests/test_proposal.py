from __future__ import annotations

from functools import cache

import numpy as np
import pyarrow as pa
import pytest
from scipy.stats import spearmanr
from sklearn.metrics import adjusted_rand_score

from touchline.journeys import facade
from touchline.journeys.facade import Pin, ProposalError, load_definition
from touchline.journeys.questions.moves_of_kinds import find_candidates, moves_of_kinds
from touchline.journeys.rules.definition import Pattern, Touchpoint
from touchline.journeys.rules.moves import all_moves, move_rows
from touchline.journeys.rules.proposal import Candidate, propose

HOUR = 3_600_000_000
DAY = 24 * HOUR


@cache
def planted(seed: int, journeys: int = 2000, touchpoints: int = 40, stages: int = 7, noise: float = 0.15):
    """Journeys through planted stages, forward and back, with so much noise; names say nothing about the order.

    Returns rows (customer, hour, name's number), and by number the planted position and stage.
    """
    draw = np.random.default_rng(seed)
    while True:
        edges = np.array([0, *np.sort(draw.choice(np.arange(1, touchpoints), stages - 1, replace=False)), touchpoints])
        if np.diff(edges).min() >= 3:
            break
    name_of = draw.permutation(touchpoints)
    rows = []
    for customer in range(journeys):
        stage, at, hour = 0, int(draw.integers(edges[0], edges[1])), 0
        while True:
            seen = int(draw.integers(touchpoints)) if draw.random() < noise else at
            rows.append((customer, hour, int(name_of[seen])))
            hour += 1
            choice = draw.random()
            if choice < 0.7:
                goes_on = draw.random() < 0.7 and at + 1 < edges[stage + 1]
                at = int(draw.integers(at + 1 if goes_on else edges[stage], edges[stage + 1]))
                continue
            stage += -1 if choice < 0.75 and stage else 1
            if stage == stages:
                break
            at = int(draw.integers(edges[stage], edges[stage + 1]))
    position = np.argsort(name_of)
    return np.array(rows), position, np.searchsorted(edges, position, side="right") - 1


def candidates(number: int) -> tuple[Candidate, ...]:
    return tuple(
        Candidate(Touchpoint(f"t{at}", f"T{at}", "", (Pattern(label=(f"T{at}",)),)), 1, is_new=True)
        for at in range(number)
    )


def proposed(rows, number: int, stages: int, pins=None):
    moves = all_moves([move_rows(rows[:, 0], rows[:, 1] * HOUR, rows[:, 2], number, 30 * DAY)], number)
    return propose(candidates(number), moves, stages, pins or {}, {})


def order_and_stage(proposal, number: int):
    order, stage = np.zeros(number), np.zeros(number)
    placed = [(at, each) for at, one in enumerate(proposal.stages) for each in one.touchpoints]
    for place, (at, each) in enumerate(placed):
        name = int(each.candidate.touchpoint.id[1:])
        order[name], stage[name] = place, at
    return order, stage


@pytest.mark.parametrize(
    ("seed", "noise"),
    [(1, 0.15), *(pytest.param(seed, 0.15, marks=pytest.mark.verify) for seed in range(2, 10)), (4, 0.05)],
)
def test_planted_order_and_stages_are_recovered(seed, noise):
    rows, position, true_stage = planted(seed, noise=noise)

    order, stage = order_and_stage(proposed(rows, 40, 7), 40)

    assert spearmanr(order, position).statistic >= 0.97
    assert adjusted_rand_score(true_stage, stage) >= 0.95


def test_what_the_data_do_not_settle_is_marked():
    sure, few = planted(1, noise=0.15), planted(1, journeys=60, noise=0.5)

    def unsure(proposal) -> int:
        return sum(each.is_unsure or each.may_swap for stage in proposal.stages for each in stage.touchpoints)

    of_few = proposed(few[0], 40, 7)
    assert unsure(of_few) > unsure(proposed(sure[0], 40, 7))
    assert any(stage.border_is_unsure for stage in of_few.stages)


WAYS = [(who, hour, step) for who in range(30) for hour, step in enumerate((0, 1, 0, 1, 2, 3, 2, 3))]


def ids(proposal) -> list[list[str]]:
    return [[each.candidate.touchpoint.id for each in stage.touchpoints] for stage in proposal.stages]


def test_a_pinned_touchpoint_stays_where_it_is_wanted():
    rows = np.array(WAYS)

    assert ids(proposed(rows, 4, 2)) == [["t0", "t1"], ["t2", "t3"]]
    assert ids(proposed(rows, 4, 2, {"t1": Pin(1)})) == [["t0", "t1"], ["t2", "t3"]]
    assert ids(proposed(rows, 4, 2, {"t1": Pin(2)})) == [["t0"], ["t1", "t2", "t3"]]
    pinned = proposed(rows, 4, 2, {"t1": Pin(2, 3)})
    assert ids(pinned) == [["t0"], ["t2", "t3", "t1"]]
    assert pinned.stages[1].touchpoints[2].is_pinned


@pytest.mark.parametrize(
    ("stages", "pins", "said"),
    [
        (5, {}, "5 stages need at least 5 kinds of events that follow one another; 4 were found."),
        (2, {"x": Pin(1)}, "“x” cannot be pinned: it is none of t0, t1, t2, t3."),
        (2, {"t1": Pin(3)}, "“t1” is pinned to stage 3; expected a stage from 1 to 2."),
        (3, {"t0": Pin(1), "t1": Pin(1), "t2": Pin(1)}, "The pins leave a stage without any touchpoint"),
    ],
)
def test_what_cannot_be_proposed_gets_a_sentence(stages, pins, said):
    with pytest.raises(ProposalError) as problem:
        proposed(np.array(WAYS), 4, stages, pins)
    assert said in str(problem.value)


def test_moves_leave_out_repeats_pauses_and_events_of_one_moment():
    rows = np.array([(1, 0, 0), (1, 1, 0), (1, 2, 1), (1, 2, 2), (1, 3, 0), (1, 3 + 24 * 31, 1), (2, 0, 1), (2, 1, 0)])

    moves = all_moves([move_rows(rows[:, 0], rows[:, 1] * HOUR, rows[:, 2], 3, 30 * DAY)], 3)

    assert moves.table.tolist() == [[0, 1, 0], [1, 0, 0], [1, 0, 0]]
    assert moves.customers == 2


def fill(workspace, rows, names) -> None:
    """Store one event per row, named as the company names them."""
    with workspace.store.transaction() as writer:
        for number, name in enumerate(names):
            writer.execute("insert into kinds values (?, ?, 'web', null, null, 'table')", [number, name])
        people = pa.table({"who": np.unique(rows[:, 0])})
        events = pa.table({"id": np.arange(len(rows)), "who": rows[:, 0], "hour": rows[:, 1], "kind": rows[:, 2]})
        with writer.staged("people", people), writer.staged("typed", events):
            writer.execute("insert into identifiers select who, 'user_id', who::varchar from people")
            writer.execute(
                "insert into events by name select nextval('event_seq') as seq, id, who, kind, 1 as import_id, id as line,"
                " timestamp '2026-01-01' + to_hours(hour) as time, timestamp '2026-01-01' as received from typed"
            )


@pytest.fixture
def own_events(page_workspace):
    """A company whose events are its own, but for one that the default journey knows."""
    fill(page_workspace, np.array(WAYS), ["Seed sown", "Seed watered", "Order Cancelled", "Plant collected"])
    return page_workspace


def test_a_proposal_becomes_the_definition(own_events):
    proposal = facade.propose_journey(own_events, 2, {"plant-collected": Pin(2, 1)})
    before = own_events.journey_file.read_text("utf-8")

    facade.save_proposal(own_events, proposal, {"seed-sown": "Sowing"}, {1: "Growing"})

    definition = load_definition(own_events)
    assert (definition.stages[0].id, definition.stages[0].name) == ("growing", "Growing")
    assert [(each.id, each.name, each.stage) for each in definition.touchpoints][:2] == [
        ("seed-sown", "Sowing", "growing"), ("seed-watered", "Seed watered", "growing"),
    ]  # fmt: skip
    assert {each.id for each in definition.touchpoints_of(definition.stages[1].id)} == {
        "plant-collected",
        "cancellation",
    }
    assert definition.touchpoints[0].patterns == (Pattern(event=("Seed sown",)),)
    assert not definition.planned.steps  # every step of it was left behind
    assert (own_events.folder / "journey-before-proposal.toml").read_text("utf-8") == before
    assert facade.propose_journey(own_events, 2).unused == ()


def test_what_is_known_of_an_event_already_is_kept(own_events):
    proposal = facade.propose_journey(own_events, 2)

    cancelled = next(
        each.candidate
        for stage in proposal.stages
        for each in stage.touchpoints
        if each.candidate.touchpoint.id == "cancellation"
    )
    assert not cancelled.is_new
    assert len(cancelled.touchpoint.patterns) == 2
    assert "Basket" in proposal.unused


def test_eight_buckets_propose_as_one(own_events):
    facade.propose_journey(own_events, 2)
    definition = load_definition(own_events)
    found = find_candidates(own_events.store, definition)
    one, eight = (moves_of_kinds(own_events.store, definition, found, buckets) for buckets in (1, 8))

    assert (one.table == eight.table).all()
    again = zip(one.resampled(3, 1), eight.resampled(3, 1), strict=True)
    assert all((mine == theirs).all() for mine, theirs in again)


def test_nothing_can_be_proposed_without_data(page_workspace):
    with pytest.raises(ProposalError, match="6 stages need at least 6 kinds of events"):
        facade.propose_journey(page_workspace)
    with pytest.raises(ProposalError, match="99 stages were asked for; expected 1 to 12"):
        facade.propose_journey(page_workspace, 99)


def test_the_page_proposes_keeps_what_is_typed_and_saves(client, own_events):
    assert "need at least 6 kinds of events" in client.get("/journey/propose").content.decode()
    page = client.get("/journey/propose?stages=2").content.decode()
    assert "1. Seed sown to Seed watered" in page
    assert "2. Service" in page or "2. Cancellation to Plant collected" in page

    filled = {"stages": "2", "was-1": "Seed sown to Seed watered", "stage-1": "Growing", "pin-cancellation": "1",
              "name-seed-sown": "Sowing", "name-plant-collected": "Plant collected"}  # fmt: skip
    again = client.post("/journey/propose", filled | {"again": "1"}).content.decode()
    assert 'value="Growing"' in again
    assert 'value="Sowing"' in again
    assert "kept by you" in again
    assert load_definition(own_events).stages[0].name == "Awareness"  # nothing is saved yet

    assert client.post("/journey/propose", filled | {"save": "1"}).status_code == 302
    saved = load_definition(own_events)
    assert saved.stages[0].name == "Growing"
    assert "cancellation" in [each.id for each in saved.touchpoints_of("growing")]


@pytest.mark.parametrize(
    ("filled", "said"),
    [
        ({"stages": "x"}, "Stages is “x”; expected a whole number from 1."),
        ({"stages": "2", "pin-seed-sown": "9"}, "“seed-sown” is pinned to stage 9; expected a stage from 1 to 2."),
        ({"stages": "2", "name-seed-sown": "x" * 61}, "has 61 characters; expected at most 60."),
        ({"stages": "2", "pin-seed-sown": "1", "place-seed-sown": "0"}, "The place in a stage is “0”"),
    ],
)
def test_the_page_says_what_is_wrong(client, own_events, filled, said):
    assert said in client.post("/journey/propose", filled).content.decode()
