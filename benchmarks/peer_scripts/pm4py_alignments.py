"""Run by benchmarks/.venv: pm4py's alignments of logs with plans in a JSON file; the fitness of every trace beside it.

The file holds [{"steps": [{"met_by": ["a"], "optional": false, "repeatable": true}, ...], "log": ["abc", ...]}, ...]: a
letter is a visit. A plan becomes a Petri net with a place before and after each step. pm4py is AGPL-3.0: it is asked in a
process and an environment of its own, and never a dependency.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from pm4py.algo.conformance.alignments.petri_net import algorithm as alignments
from pm4py.objects.log.obj import Event, EventLog, Trace
from pm4py.objects.petri_net.obj import Marking, PetriNet
from pm4py.objects.petri_net.utils.petri_utils import add_arc_from_to
from telling import Clock, tell


def net_of(steps: list[dict]) -> tuple[PetriNet, Marking, Marking]:
    """Build the net of a plan."""
    net = PetriNet("plan")
    places = [PetriNet.Place(f"p{number}") for number in range(len(steps) + 1)]
    net.places.update(places)

    def move(name: str, label: str | None, start: PetriNet.Place, end: PetriNet.Place) -> None:
        transition = PetriNet.Transition(name, label)
        net.transitions.add(transition)
        add_arc_from_to(start, transition, net)
        add_arc_from_to(transition, end, net)

    for number, step in enumerate(steps):
        before, after = places[number], places[number + 1]
        for label in step["met_by"]:
            move(f"{number}{label}", label, before, after)
            if step["repeatable"]:
                move(f"{number}{label}again", label, after, after)
        if step["optional"]:
            move(f"{number}skip", None, before, after)
    return net, Marking({places[0]: 1}), Marking({places[-1]: 1})


def log_of(sequences: list[str]) -> EventLog:
    """Build a log with an event for each letter."""
    return EventLog([Trace([Event({"concept:name": letter}) for letter in sequence]) for sequence in sequences])


asked = json.loads(Path(sys.argv[1]).read_text("utf-8"))
clock, quietly = Clock(), {"show_progress_bar": False}
with clock("build"):
    cases = [(log_of(each["log"]), *net_of(each["steps"])) for each in asked]
with clock("alignments"):
    fitness = [[trace["fitness"] for trace in alignments.apply_log(*case, parameters=quietly)] for case in cases]
Path(sys.argv[1]).with_suffix(".fitness.json").write_text(json.dumps(fitness), "utf-8")
tell("pm4py", clock, {"traces": sum(len(each) for each in fitness)})
