"""events.jsonl: what a Segment-speaking SDK in the browser, the carrier and the payment service send, one call a line."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from touchline.world.planted.exports.identity import browsers, mailbox, phone, user_id
from touchline.world.planted.exports.moments import iso, moments
from touchline.world.planted.exports.orders import FIRST_NUMBER, Orders
from touchline.world.planted.life import DAYS, Visits
from touchline.world.planted.people import DEVICES, LANGUAGES, REGIONS, SEGMENTS

if TYPE_CHECKING:
    from touchline.world.planted.world import PlantedWorld

HOST: Final = "https://kettle-and-cup.example"
LOGGED_IN: Final = 0.8
"""Share of visits with the account's number; the others have the browser's alone."""
MORE_SIGNALS: Final = 0.6
"""Mean of the Poisson number of signs beyond the first one of a bad visit."""
DROP_DAYS, DROPPED = 7.0, 0.4
TIERS: Final = ("none", "bronze", "silver", "gold")
_SIGNAL: Final[Mapping[str, tuple[str, Mapping[str, object]]]] = {
    "rage": ("Rage Click Detected", {"element": "button", "definition": "rage-click/1"}),
    "dead": ("Dead Click Detected", {"element": "button", "definition": "dead-click/1", "waited_ms": 7000}),
    "form": ("Form Error Repeated", {"form": "main", "field": "address", "times": 2, "definition": "repeated-error/1"}),
    "script": ("Script Error Occurred", {"message": "x is not a function", "source": "/app.js", "line": 14}),
    "slow": ("Web Vitals Measured", {"lcp": 6200, "lcp_rating": "poor", "cls": 0.02, "cls_rating": "good"}),
}
_FAST: Final[Mapping[str, object]] = {"lcp": 1400, "lcp_rating": "good", "cls": 0.02, "cls_rating": "good"}
_MEASURED: Final = 0.9
"""Share of fine visits to pages that can be slow whose loading was measured and was good."""
_AGENTS: Final = {
    "desktop": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36",
    "mobile": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148",
    "tablet": "Mozilla/5.0 (iPad; CPU OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/604.1",
}


def write_events(world: PlantedWorld, orders: Orders, path: Path) -> None:
    """Write the calls: who signs in, then pages with their signals, parcels and payments, each part in order of time."""
    with path.open("w", encoding="utf-8") as file:
        for part in (_identified(world), _pages(world), _parcels(world, orders), _payments(world)):
            file.writelines(part)
        if world.switches.leak:
            file.writelines(_leaked(world))
        if world.switches.same_arms:
            file.writelines(_exposed(world))


def dropped_place(world: PlantedWorld) -> int:
    """The page that loses visits when the switch says so: the most visited one."""
    pages = np.array([name.kind == "page" for name in world.plan.names])
    return int(np.argmax(np.where(pages, np.bincount(world.life.visits.place, minlength=len(pages)), 0)))


def _identified(world: PlantedWorld) -> Iterator[str]:
    """At the first contact with the files: what the company knows of the customer."""
    people = world.people
    rng = np.random.default_rng([world.plan.seed, 5])
    known = people.past_spend[people.past_spend > 0]
    borders = np.quantile(known, [1 / 3, 2 / 3]) if known.size else np.zeros(2)
    tier = np.where(people.past_spend > 0, 1 + np.searchsorted(borders, people.past_spend), 0)
    times = iso(moments(people.enters - 0.01))
    browser = browsers(people, rng, np.arange(len(people)))
    for person in range(len(people)):
        traits = {
            "email": mailbox(people, person, 0), "phone": phone(person), "country": "DE",
            "region": REGIONS[people.region[person]], "language": LANGUAGES[people.language[person]],
            "segment": SEGMENTS[people.segment[person]], "club_tier": TIERS[tier[person]],
            "new_customer": bool(people.novice[person]),
        }  # fmt: skip
        head = f'{{"type":"identify","messageId":"i{person:08d}","anonymousId":"{browser[person]}"'
        yield f'{head},"userId":"{user_id(person)}","timestamp":"{times[person]}","traits":{json.dumps(traits)}}}\n'


def _pages(world: PlantedWorld) -> Iterator[str]:
    rng = np.random.default_rng([world.plan.seed, 6])
    visits, plan = world.life.visits, world.plan
    is_page = np.array([name.kind == "page" for name in plan.names])[visits.place]
    if world.switches.metric_drop:
        late = (visits.day > DAYS - DROP_DAYS) & (visits.place == dropped_place(world))
        is_page &= ~(late & (rng.random(len(visits)) < DROPPED))
    here = np.flatnonzero(is_page)
    here = here[np.argsort(visits.day[here], kind="stable")]
    sender = _senders(world, rng, visits, here)
    day, bad, place = visits.day[here], visits.bad[here], visits.place[here]
    told = iso(moments(day))
    signals = np.where(bad, 1 + rng.poisson(MORE_SIGNALS, len(here)), 0)
    measured = rng.random(len(here)) < _MEASURED
    around = [f'"properties":{{"path":"{name.page}","url":"{HOST}{name.page}"' for name in plan.names]
    slow = [name.symptom == "slow" for name in plan.names]
    for at, (where, count) in enumerate(zip(place.tolist(), signals.tolist(), strict=True)):
        page = around[where]
        yield f'{{"type":"page","messageId":"p{at:08d}",{sender(at)},"timestamp":"{told[at]}",{page}}}}}\n'
        if count:
            yield from _signs(plan.names[where].symptom, count, at, sender(at), page, day[at])
        elif slow[where] and measured[at]:
            yield _sign(
                "Web Vitals Measured", _FAST, f"v{at:08d}", sender(at), page, iso(moments(day[at : at + 1] + 4e-4))[0]
            )


def _senders(
    world: PlantedWorld, rng: np.random.Generator, visits: Visits, here: NDArray[np.int64]
) -> Callable[[int], str]:
    people = world.people
    person = world.life.journeys.person[visits.journey[here]]
    browser, known = browsers(people, rng, person), rng.random(len(here)) < LOGGED_IN
    contexts = [
        f'"context":{{"library":{{"name":"analytics.js","version":"4.1.0"}},"userAgent":"{_AGENTS[device]}","locale":"{language}"}}'
        for device in DEVICES
        for language in LANGUAGES
    ]
    which = (people.device[person] * len(LANGUAGES) + people.language[person]).tolist()
    users = [
        f'"{user_id(who)}"' if is_known else "null"
        for who, is_known in zip(person.tolist(), known.tolist(), strict=True)
    ]
    return lambda at: f'"anonymousId":"{browser[at]}","userId":{users[at]},{contexts[which[at]]}'


def _signs(symptom: str, count: int, at: int, sender: str, page: str, day: float) -> Iterator[str]:
    name, facts = _SIGNAL[symptom]
    seconds = 5.0 + 9.0 * np.arange(count)
    for number, time in enumerate(iso(moments(day + seconds / 86_400))):
        yield _sign(name, facts, f"g{at:08d}-{number}", sender, page, time)


def _sign(name: str, facts: Mapping[str, object], id_: str, sender: str, page: str, time: str) -> str:
    told = json.dumps(dict(facts))[1:-1]
    return f'{{"type":"track","event":"{name}","messageId":"{id_}",{sender},"timestamp":"{time}",{page},{told}}}}}\n'


def _parcels(world: PlantedWorld, orders: Orders) -> Iterator[str]:
    """The carrier's calls name order and customer, when the parcel was promised and when it was there."""
    rng = np.random.default_rng([world.plan.seed, 7])
    visits, plan = world.life.visits, world.plan
    here = _of_kind(world, "delivery")
    number = np.full(len(world.life.journeys), -1)
    number[orders.journey[orders.journey >= 0]] = np.flatnonzero(orders.journey >= 0) + FIRST_NUMBER
    day, bad = visits.day[here], visits.bad[here]
    promised = iso(moments(np.where(bad, day - rng.uniform(2, 6, len(here)), day + rng.uniform(0, 1.5, len(here)))))
    told = iso(moments(day))
    person, order = world.life.journeys.person[visits.journey[here]], number[visits.journey[here]]
    for at, (who, which, place) in enumerate(
        zip(person.tolist(), order.tolist(), visits.place[here].tolist(), strict=True)
    ):
        facts = {
            "promised_at": promised[at], "delivered_at": told[at],
            "delivery_method": plan.names[place].told_by, "channel": "delivery",
        } | ({"order_id": f"#{which}"} if which >= 0 else {})  # fmt: skip
        yield _server_call("Order Delivered", f"d{at:08d}", who, told[at], facts)


def _payments(world: PlantedWorld) -> Iterator[str]:
    """A declined payment is tried again two minutes later, and then it works."""
    visits, plan = world.life.visits, world.plan
    here = _of_kind(world, "payment")
    person, bad = world.life.journeys.person[visits.journey[here]], visits.bad[here]
    first, second = iso(moments(visits.day[here])), iso(moments(visits.day[here] + 2 / 24 / 60))
    for at, (who, is_bad, place) in enumerate(
        zip(person.tolist(), bad.tolist(), visits.place[here].tolist(), strict=True)
    ):
        facts = {"payment_method": plan.names[place].told_by, "channel": "web"}
        if is_bad:
            yield _server_call("Payment Failed", f"f{at:08d}", who, first[at], facts | {"reason": "declined"})
        yield _server_call("Payment Made", f"y{at:08d}", who, second[at] if is_bad else first[at], facts)


def _leaked(world: PlantedWorld) -> Iterator[str]:
    """A trait that the outcome makes: whoever will not order again is put on a list after the journey."""
    journeys = world.life.journeys
    gone = np.flatnonzero(~journeys.orders & (journeys.ends + 20 < DAYS))
    times = iso(moments(journeys.ends[gone] + 20))
    for at, who in enumerate(journeys.person[gone].tolist()):
        head = f'{{"type":"identify","messageId":"l{at:08d}","userId":"{user_id(who)}","timestamp":"{times[at]}"'
        yield f'{head},"traits":{{"win_back_list":true}}}}\n'


def _exposed(world: PlantedWorld) -> Iterator[str]:
    """Segment's own event for experiments; the arms differ in nothing."""
    rng = np.random.default_rng([world.plan.seed, 8])
    arm = rng.integers(2, size=len(world.people)).tolist()
    times = iso(moments(world.people.enters + 0.02))
    for person, which in enumerate(arm):
        facts = {"experiment_id": "same-arms", "variation_name": ("control", "treatment")[which]}
        yield _server_call("Experiment Viewed", f"x{person:08d}", person, times[person], facts)


def _of_kind(world: PlantedWorld, kind: str) -> NDArray[np.int64]:
    """Visits of a kind, in order of time."""
    visits = world.life.visits
    here = np.flatnonzero(np.array([name.kind == kind for name in world.plan.names])[visits.place])
    return here[np.argsort(visits.day[here], kind="stable")]


def _server_call(event: str, id_: str, person: int, time: str, facts: Mapping[str, object]) -> str:
    head = f'{{"type":"track","event":"{event}","messageId":"{id_}","userId":"{user_id(person)}","timestamp":"{time}"'
    return f'{head},"properties":{json.dumps(dict(facts))}}}\n'
