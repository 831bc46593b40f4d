"""Our own questions: what has to be there before measured pain turns into change. The same for every trade."""

from __future__ import annotations

from typing import Final

from touchline.strategy.rules.answers import Area, Question

AREAS: Final = (
    Area(
        "people",
        "People",
        (
            Question(
                "people.owner",
                "Every touchpoint has somebody who answers for how customers find it.",
                "Every touchpoint has a named owner who answers for it.",
            ),
            Question(
                "people.skills",
                "Those who own touchpoints can read a measurement and its uncertainty.",
                "Owners can read a measurement and say what it does not show.",
            ),
            Question(
                "people.time",
                "There are days in each quarter that are kept free for fixing what hurts customers.",
                "Days of work are set aside each quarter for fixes.",
            ),
        ),
    ),
    Area(
        "process",
        "Process",
        (
            Question(
                "process.closing",
                "Whoever complains hears what became of it.",
                "Every complaint is answered with what was done.",
            ),
            Question(
                "process.deciding",
                "What is fixed first follows from evidence and effort, by a rule that everybody knows.",
                "The order of fixes follows a known rule.",
            ),
            Question(
                "process.verdict",
                "Changes are measured after their launch, as was planned before it.",
                "Every launch has a plan of measurement and is read on its day.",
            ),
        ),
    ),
    Area(
        "technology",
        "Technology",
        (
            Question(
                "technology.seen",
                "Systems at all touchpoints record what customers meet there.",
                "Every touchpoint leaves events or answers that can be counted.",
            ),
            Question(
                "technology.change",
                "A touchpoint can be changed for some customers only, to try what the change does.",
                "Changes can reach a share of customers or some regions first.",
            ),
        ),
    ),
    Area(
        "data",
        "Data",
        (
            Question(
                "data.joined",
                "What one customer meets in different channels can be told to be of one customer.",
                "Contacts of one customer are joined across channels.",
            ),
            Question(
                "data.consent",
                "For every use of customers’ data we can say on which ground it rests.",
                "Each use of customers’ data has its legal ground written down.",
            ),
            Question(
                "data.asked",
                "Customers are asked how it was at the touchpoints that matter, and few enough times.",
                "Scores are asked for where they matter, and no more often than needed.",
            ),
        ),
    ),
    Area(
        "culture",
        "Culture",
        (
            Question(
                "culture.heard",
                "Those who decide hear customers themselves, in their words.",
                "Deciders hear or read customers first-hand every quarter.",
            ),
            Question(
                "culture.null",
                "A change that turned out to do nothing may be told without harm to anybody.",
                "Launches without effect are reported like the others.",
            ),
            Question(
                "culture.goals",
                "Goals of teams do not reward what makes it worse for customers elsewhere.",
                "Goals of teams were checked against each other for what they do to customers.",
            ),
        ),
    ),
)
