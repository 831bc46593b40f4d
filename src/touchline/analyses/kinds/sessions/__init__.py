"""Sessions: how often customers are on the site or in the app, whether they engage, and how long they stay."""

from touchline.analyses.kinds.sessions.answer import SessionsAnswer
from touchline.analyses.kinds.sessions.difference import difference
from touchline.analyses.kinds.sessions.figures import answer
from touchline.analyses.kinds.sessions.present import present
from touchline.analyses.kinds.sessions.request import SessionsRequest
from touchline.analyses.rules.calendar import PERIODS
from touchline.analyses.rules.kind import Kind
from touchline.analyses.rules.parameters import Choice, StepList, Switch, Whole
from touchline.analyses.rules.problem import QuestionError
from touchline.analyses.rules.steps import Known

PARAMETERS = (
    Whole("minutes", "Minutes", "A pause longer than this ends a session. Default: 30.", 1, 1440),
    Whole("engaged_seconds", "Seconds", "A session longer than this is engaged, 10 to 60. Default: 10.", 10, 60),
    StepList(
        "key_events",
        "Key events",
        "An event that makes a session engaged. Default: orders, sign-ups and trials.",
        0,
        20,
    ),
    Switch("own_sessions", "Sender's sessions", "Keep the sender's own sessions where events carry one. Default: yes."),
    Choice("per", "Period", "Over time by day, week or month.", tuple((each, each) for each in PERIODS)),
    Whole("most", "Rows", "How many pages and campaigns are listed, 1 to 100. Default: 10.", 1, 100),
)


def usual(known: Known) -> SessionsRequest:
    """Sessions cut at thirty minutes. Raises QuestionError where there are no events."""
    if not known.events:
        raise QuestionError("There are no events yet, so there are no sessions. Import the exports you have.")
    return SessionsRequest()


KIND = Kind(
    name="sessions",
    title="Sessions",
    asks="How often are customers on the site or in the app, do they engage, and how long do they stay?",
    icon="timer",
    order=50,
    request=SessionsRequest,
    answer_type=SessionsAnswer,
    parameters=PARAMETERS,
    usual=usual,
    answer=answer,
    present=present,
    difference=difference,
    methods=("sessions", "session-cut", "clustered-share", "median-time"),
)
