"""What a column of a survey export asks: read from the wording of the question, since exports say nothing else.

HOW_READ tells it to the user. A question that nothing here recognises is kept as an answer in words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import Final

from touchline.events.sources.cells import CellError
from touchline.events.sources.headers import normalised
from touchline.events.vocabulary import SCALES, Scale

_NAMED = {
    "email": ("email", "e mail", "email address", "e mail address", "your email", "your e mail", "customer email"),
    "phone": ("phone", "phone number", "mobile number", "your phone number"),
    "user_id": ("user id", "userid", "uid"),
    "external_id": ("customer id", "customer number", "external id", "contact id", "external reference"),
    "order_id": ("order id", "order", "order number", "order no", "order name", "transaction id"),
    "case_id": ("case id", "case number", "ticket id", "ticket number", "ticket"),
    "anonymous_id": ("anonymous id", "visitor id"),
    "touchpoint": ("touchpoint", "step", "stage", "journey step", "journey stage", "survey point"),
    "language": ("language", "lang", "locale"),
    "channel": ("channel",),
    "campaign": ("campaign", "utm campaign"),
}
_BY_NAME = {name: role for role, names in _NAMED.items() for name in names}
_CONTEXT_ROLES = frozenset({"touchpoint", "language", "channel", "campaign"})

_ASKS_EMAIL = re.compile(r"^(what is |please enter |enter )?(your |the )?e ?mail( address)?\b")
_ASKS_TOUCHPOINT = re.compile(r"\bwhich (step|touchpoint|part of (the|your) (journey|visit|order))\b")
_SURELY_SCORED = re.compile(
    r"\bhow (likely|satisfied|happy|easy|difficult|hard|would you rate|do you rate|did you find)\b"
    r"|\bhow much effort\b|\bmade it easy\b|\b(was|is|were) (it )?easy\b|\boverall (satisfaction|rating)\b"
)
_OPEN = re.compile(
    r"^(why|tell us|please (tell|explain|describe|share)|comments?|feedback|any |anything|is there anything|reason)"
    r"|^what (could|would|should|can|did|do|made|else|is the|was the|went)|\bhow (could|can|might) we\b"
    r"|\b(reason for|in your own words|improve|explain|suggestions?|comments?)\b"
)
_EASY = re.compile(r"\b(easy|easily|ease|einfach|leicht|facile|fácil|gemakkelijk|makkelijk)\b")
_HARD = re.compile(r"\b(effort|difficult|hard|aufwand|schwierig|difficile|difícil|moeilijk|moeite)\b")
_RECOMMEND = r"\b(recommend|weiterempfehlen|empfehlen|recommander|recomendaría|recomendar|aanbevelen|consiglieresti)\b"
_LIKELY = r"\b(likely|likelihood|wahrscheinlich|probable|probabile|waarschijnlijk|0)\b"
_WORDINGS = (
    ("nps", re.compile(f"{_LIKELY}.*{_RECOMMEND}|{_RECOMMEND}.*{_LIKELY}")),
    ("ces", re.compile(f"{_EASY.pattern}|{_HARD.pattern}")),
    ("csat", re.compile(r"satisf|\bhappy\b|zufrieden|tevreden|soddisfatt")),
    ("stars", re.compile(r"\b(rate|rated|rating|stars?|bewerten|sterne)\b")),
)
_METRIC_ITSELF = {
    "nps": "nps", "nps score": "nps", "net promoter score": "nps",
    "csat": "csat", "csat score": "csat", "customer satisfaction": "csat", "customer satisfaction score": "csat",
    "ces": "ces", "ces score": "ces", "customer effort score": "ces",
}  # fmt: skip
"""Columns that are called by a metric's own name, as codes of questions often are."""
_STATED_ENDS = re.compile(r"\b([01])\s*(?:-|\u2013|\u2014|to|through|\.\.+)\s*(3|4|5|6|7|8|9|10|100)\b")
_OUT_OF = re.compile(r"\b(?:out of|/)\s*(5|7|10|100)\b")

_NUMBER = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)?(?![\w,])")
HOW_READ: Final = (
    "Each scored question that was answered becomes one `Survey Answered`; the comment that follows it is its text.",
    "Comments without any score become one `Survey Answered` together.",
    "A question is scored by its wording: likely to recommend (NPS, 0 to 10), satisfied or happy (CSAT, 1 to 5), easy (CES, 1 to 7), rate or stars (1 to 5).",
    "Effort and difficulty are CES too: a high answer is bad there and is turned round.",
    "A column called nps, csat or ces holds that metric.",
    "A scale that the question states, as in (1 to 10), wins, and makes it a rating.",
    "The commonest wordings of German, French, Spanish, Italian and Dutch are known too.",
    "An answer off its scale refuses its row, so that a wrongly read question is seen and not averaged.",
    "Why, tell us, comments, improve and the like ask for words; so does any question answered in six words or more.",
    "Columns called email, phone, user_id, customer_id, order_id, ticket_id or anonymous_id name the customer.",
    "A column called touchpoint names the touchpoint; the channel is web unless a column called channel says more.",
    "Other answers are kept as properties.",
)
"""What becomes of any survey; sentences for the reference."""
_EASY_WORDS = {
    "extremely easy": 7, "very easy": 7, "moderately easy": 6, "easy": 6, "slightly easy": 5, "somewhat easy": 5,
    "neither easy nor difficult": 4, "slightly difficult": 3, "somewhat difficult": 3, "difficult": 2,
    "moderately difficult": 2, "very difficult": 1, "extremely difficult": 1,
}  # fmt: skip
"""Answers that say themselves which end is good: nothing is turned round."""
_NO_ANSWER = frozenset({"", "-", "n/a", "na", "none", "not applicable", "no answer", "don't know", "prefer not to say"})
_WORDS = {
    "csat": {
        "extremely satisfied": 5, "very satisfied": 5, "satisfied": 4, "somewhat satisfied": 4, "neutral": 3,
        "neither satisfied nor dissatisfied": 3, "somewhat dissatisfied": 2, "dissatisfied": 2, "unsatisfied": 2,
        "very dissatisfied": 1, "very unsatisfied": 1, "extremely dissatisfied": 1,
    },
    "ces": {
        "strongly agree": 7, "agree": 6, "somewhat agree": 5, "neutral": 4, "neither agree nor disagree": 4,
        "somewhat disagree": 3, "disagree": 2, "strongly disagree": 1,
    },
    "stars": {"excellent": 5, "very good": 4, "good": 3, "fair": 2, "poor": 1},
}  # fmt: skip


@dataclass(frozen=True)
class Question:
    """One question, or one hidden field."""

    title: str
    """Plain text."""
    column: str
    """Where its answer stands."""
    role: str = "answer"
    """'score', 'comment', 'answer', a type of identifier, 'touchpoint', 'language', 'channel' or 'campaign'."""
    scale: Scale | None = None
    is_reversed: bool = False
    """A high answer is bad: 'How much effort ...?'."""
    option: str = ""
    """The answer option that a column of its own stands for."""

    @property
    def names_customer(self) -> bool:
        """Whether its answer is an identifier."""
        return self.role in _NAMED and self.role not in _CONTEXT_ROLES


def plain(written: str) -> str:
    """The words of a question without HTML tags and entities, blanks closed up also before a sign."""
    words = " ".join(unescape(re.sub(r"<[^>]*>", " ", written)).split())
    return re.sub(r" (?=[?!.,:;])", "", words)


def question(column: str, title: str | None = None, option: str = "") -> Question:
    """Read what a column asks from its title (its name, unless given)."""
    words = plain(title if title is not None else column)
    name = normalised(words)
    role = _BY_NAME.get(name) or _asked_role(name)
    if role != "score":
        return Question(words, column, role, option=option)
    metric = _metric(name)
    is_reversed = metric == "ces" and name not in _METRIC_ITSELF and not _EASY.search(name)
    return Question(words, column, role, _scale(metric, words), is_reversed, option)


def score(asked: Question, cell: str) -> float | None:
    """The number answered, turned round where a high one is bad; None for no answer.

    Raises CellError for an answer that is not on the question's scale.
    """
    scale = asked.scale
    answer = plain(cell)
    if scale is None or answer.casefold() in _NO_ANSWER or is_ticked(asked, cell):
        return None
    if scale == SCALES["ces"] and answer.casefold() in _EASY_WORDS:
        return _EASY_WORDS[answer.casefold()]
    value = _numbered(answer)
    if value is None:
        value = _WORDS.get(scale.metric, {}).get(answer.casefold().rstrip("."))
    if value is None or not scale.low <= value <= scale.high:
        expected = (
            f"a number from {scale.low:g} to {scale.high:g}; state another scale in the question, as in '(1 to 10)'"
        )
        raise CellError(asked.title, answer, expected)
    return scale.low + scale.high - value if asked.is_reversed else value


def is_ticked(asked: Question, cell: str) -> bool:
    """Whether the cell only repeats the option its column stands for: a ticked box."""
    return plain(cell).casefold() in {asked.title.casefold(), asked.option.casefold()} - {""}


def _asked_role(name: str) -> str:
    if _ASKS_EMAIL.search(name):
        return "email"
    if _ASKS_TOUCHPOINT.search(name):
        return "touchpoint"
    if _OPEN.search(name) and not _SURELY_SCORED.search(name):
        return "comment"
    return "score" if _metric(name) else "answer"


def _metric(name: str) -> str:
    return _METRIC_ITSELF.get(name) or next((metric for metric, wording in _WORDINGS if wording.search(name)), "")


def _scale(metric: str, title: str) -> Scale:
    """The metric's own scale; a question that states another one becomes a rating with the ends it states."""
    own = SCALES[metric]
    ends = _STATED_ENDS.search(title)
    out_of = _OUT_OF.search(title)
    if ends:
        low, high = float(ends[1]), float(ends[2])
    elif out_of:
        low, high = own.low, float(out_of[1])
    else:
        return own
    return own if (low, high) == (own.low, own.high) else Scale("rating", low, high)


def _numbered(answer: str) -> float | None:
    """The number in '9', '9 - extremely likely', '4 stars' or '10/10'; None where it is not plain which one is meant."""
    numbers = _NUMBER.findall(answer)
    if not numbers or (len(numbers) > 1 and not answer.startswith(numbers[0])):
        return None
    return float(numbers[0].replace(",", "."))
