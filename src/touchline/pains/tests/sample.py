"""Hand-written results for an invented tea shop: every way in which a pain point can be shown occurs in them.

Six pains: two with firm money, one whose negative control fails (grade D), one with too few sufferers to compare, one
without a score gap, one no longer supported.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from touchline.pains.rules.pain import (
    FAILED,
    NO_LONGER_SUPPORTED,
    NOT_DONE,
    PASSED,
    SUPPORTED,
    Amount,
    Check,
    Chip,
    Claim,
    Effect,
    Gap,
    MomentOfTruth,
    Money,
    Pain,
    Pains,
    ProtocolRow,
    Quote,
    Share,
    TimelineEntry,
    Twins,
    TwinTimeline,
    Variant,
)

COMPUTED = datetime(2026, 10, 1, 8, 30)  # noqa: DTZ001 - the store's times are naive UTC
DATA_UNTIL = datetime(2026, 9, 30, 18, 40)  # noqa: DTZ001
SCOPE = "all customers, visits from 1 Oct 2025 to 30 Sep 2026"

CHECKS = (
    Check("overlap", "Overlap", PASSED, "97%", "97% of visits have a counterpart; 90% are needed."),
    Check("negative_control", "Negative control", PASSED, "z = 0.8", "Purchases before the visit do not differ."),
    Check("empirical_null", "Harmless touchpoints", PASSED, "p = 0.002", "32 harmless touchpoints vary less than this."),
    Check("e_value", "E-value", PASSED, "1.9", "A hidden cause would have to double both chances."),
    Check("robustness", "Robustness value", PASSED, "0.12", "A hidden cause would have to be 2.1 times as strong as tenure."),
    Check("second_learner", "Second opinion", NOT_DONE, "", "Gradient boosting was not asked: too few visits."),
)  # fmt: skip

VARIANTS = (
    Variant("As reported", -0.080, -0.101, -0.059),
    Variant("Window of 60 days", -0.071, -0.094, -0.048),
    Variant("Window of 120 days", -0.084, -0.108, -0.060),
    Variant("First visit only", -0.066, -0.099, -0.033),
    Variant("Gradient boosting", -0.078, -0.100, -0.056),
    Variant("Trimmed at 5%", -0.031, -0.066, 0.004),
)

PROTOCOL = (
    ProtocolRow("Eligibility", "Customers who visited Payment; all visits, clustered by customer."),
    ProtocolRow("Time zero", "The visit."),
    ProtocolRow("Arms", "Bad: a payment error. Fine: any other visit to Payment."),
    ProtocolRow("Covariates", "Only facts from before the visit: tenure, orders, spend, earlier bad visits."),
    ProtocolRow("Outcome", "An order within 90 days; visits followed for less are left out."),
    ProtocolRow("Estimand", "What the sufferers lost (ATT)."),
)


def share(count: int, of: int) -> Share:
    value = count / of
    return Share(value, max(0.0, value - 0.02), min(1.0, value + 0.02), count, of)


def effect(value: float, half: float, bad_visits: int, outcome: str = "bought") -> Effect:
    return Effect(
        value, value - half, value + half, half / 1.96, 0.004, outcome, 90,
        bad_visits * 4, bad_visits, round(bad_visits * 0.8), value * 1.6,
    )  # fmt: skip


def money(median: float, low: float, high: float, given_others: float | None, is_firm: bool) -> Money:
    remaining = None
    if given_others is not None:
        remaining = Amount(given_others, given_others * 0.8, given_others * 1.2, given_others * 0.8)
    return Money(Amount(median, low, high, max(low, 0.0)), remaining, "EUR", 61.40, is_firm)


def pain(
    touchpoint: tuple[str, str, str, str], symptom: tuple[str, str], headline: str, bad_visits: int, of: int
) -> Pain:
    """A pain about which nothing but its frequency is known."""
    id_, name, stage, stage_name = touchpoint
    sufferers, customers = round(bad_visits * 0.8), round(of * 0.7)
    return Pain(
        id=f"{id_}~{symptom[0]}",
        touchpoint=id_,
        touchpoint_name=name,
        stage=stage,
        stage_name=stage_name,
        symptom=symptom[0],
        symptom_title=symptom[1],
        headline=headline,
        scope=SCOPE,
        visits=of,
        bad_visits=bad_visits,
        customers=customers,
        sufferers=sufferers,
        bad_visits_a_month=bad_visits / 12,
        rate=share(bad_visits, of),
        baseline=share(round(of * 0.03), of),
        score_gap=None,
        score_gap_why="Four of those it hit gave a score afterwards; it takes five.",
        effect=None,
        effect_why="64 bad visits have a counterpart; it takes 100.",
        later_contact=None,
        checks=(),
        variants=(),
        intervened=False,
        grade="D",
        wording="lead, not a cause",
        claim_sentence=f"{headline} is a lead, not a cause: what it costs cannot be estimated.",
        money=None,
        money_why="The effect cannot be estimated, so there is no amount.",
        protocol=PROTOCOL,
        chips=(Chip("of visits", f"{100 * bad_visits / of:.0f}%", f"/pains/{id_}~{symptom[0]}/rows"),),
        claim=Claim(f"touchline pains --details {id_}~{symptom[0]}", DATA_UNTIL, COMPUTED, of, bad_visits),
        first_seen=datetime(2026, 8, 2, 7, 0),  # noqa: DTZ001
        status=SUPPORTED,
    )


PAYMENT = ("payment", "Payment", "purchase", "Purchase")
TRACKING = ("tracking", "Delivery tracking", "service", "Service")

DECLINED = replace(
    pain(PAYMENT, ("errors", "Errors"), "Payment: an error was shown", 1_860, 7_900),
    score_gap=Gap(-38.0, -46.0, -30.0, 214, 1_106),
    score_gap_why="",
    effect=effect(-0.080, 0.021, 1_742),
    effect_why="",
    later_contact=effect(0.064, 0.018, 1_742, "contacted"),
    checks=CHECKS,
    variants=VARIANTS,
    grade="C",
    wording="is associated, after adjustment, with",
    claim_sentence="A payment error is associated, after adjustment, with 8.0 points fewer customers buying within 90 days.",
    money=money(18_600, 15_100, 22_400, 16_900, True),
    money_why="",
    chips=(
        Chip("of visits", "24%", "/pains/payment~errors/rows"),
        Chip("answers", "214", "/pains/payment~errors/rows"),
        Chip("buying", "−8.0 points", "/pains/payment~errors/rows"),
    ),
)
LATE = replace(
    pain(TRACKING, ("broken_promise", "Broken promises"), "Delivery tracking: delivered after promised", 910, 6_210),
    score_gap=Gap(-21.0, -30.0, -12.0, 158, 640),
    score_gap_why="",
    effect=effect(-0.052, 0.024, 861),
    effect_why="",
    checks=CHECKS[:5],
    variants=VARIANTS,
    grade="C",
    wording="is associated, after adjustment, with",
    claim_sentence="Being late is associated, after adjustment, with 5.2 points fewer customers buying within 90 days.",
    money=money(6_100, 4_400, 8_100, 4_800, True),
    money_why="",
    intervened=True,
)
RAGE = replace(
    pain(("product", "Product page", "consideration", "Consideration"), ("frustration", "Frustration"), "Product page: rage or dead clicks", 2_210, 15_870),
    effect=effect(-0.031, 0.025, 2_100),
    effect_why="",
    checks=(replace(CHECKS[0]), replace(CHECKS[1], state=FAILED, value="z = 4.1", sentence="Those hit bought less before the visit as well.")),
    grade="D",
    claim_sentence="Rage or dead clicks on the product page are a lead, not a cause.",
    money=money(4_200, -900, 9_300, None, False),
    money_why="",
)  # fmt: skip
SLOW = pain(
    ("landing", "Landing page", "awareness", "Awareness"), ("slow_page", "Slow pages"), "Landing page: slow", 64, 980
)
CONTACTED_AGAIN = replace(
    pain(("support", "Support contact", "service", "Service"), ("repeat_contact", "Repeat contact"), "Support contact: had to ask again", 310, 1_410),
    effect=effect(-0.044, 0.030, 290),
    effect_why="",
    checks=CHECKS[:2],
    grade="C",
    wording="is associated, after adjustment, with",
    claim_sentence="Having to ask again is associated, after adjustment, with 4.4 points fewer customers buying within 90 days.",
    money=money(2_300, 400, 4_600, 2_000, True),
    money_why="",
)  # fmt: skip
GONE = replace(
    pain(("basket", "Basket", "purchase", "Purchase"), ("waiting", "Waiting"), "Basket: waited unusually long", 140, 9_940),
    status=NO_LONGER_SUPPORTED,
    status_why="In the data until 30 Sep 2026 it is no more frequent than elsewhere.",
)  # fmt: skip

SAMPLE = Pains(
    pains=(DECLINED, LATE, CONTACTED_AGAIN, RAGE, SLOW, GONE),
    refusal="",
    notes=("2,310 visits of the last 90 days are not followed long enough yet.",),
    total=Amount(24_900, 20_300, 30_200, 20_300),
    total_why="",
    currency="EUR",
    assumptions=("Margin 40% of revenue.", "Discount 10% a year over 24 months.", "A service contact costs 6.00 EUR."),
    moments=(
        MomentOfTruth("payment", "Payment", 0.0021, 0.0014, 0.0028, 42.0, 640, 0.97, True, "hygiene"),
        MomentOfTruth("product", "Product page", 0.0007, -0.0001, 0.0015, 38.0, 1_320, 0.41, False, ""),
    ),
    moments_why="",
    scope=SCOPE,
    visits=231_870,
    customers=41_280,
    looked_at=84,
    not_followed=2_310,
    window_days=90,
    data_until=DATA_UNTIL,
    computed=COMPUTED,
    is_current=True,
)

REFUSED = replace(
    SAMPLE, pains=(), refusal="There is one customer; pains are found by comparing customers.", total=None,
    total_why="Without pains there is nothing at stake to add up.", moments=(), moments_why="No scores were given.", looked_at=0,
)  # fmt: skip
NOTHING_FOUND = replace(REFUSED, refusal="", looked_at=84)


def twin(customer: int, days: tuple[float, ...], order: float | None, is_bad: bool) -> TwinTimeline:
    visit = datetime(2026, 5, 3, 12, 0)  # noqa: DTZ001
    steps = [(day, "Product page", False, False) for day in days]
    steps += [(0.0, "Payment", True, False)]
    steps += [(order, "Order", False, True)] if order is not None else []
    entries = tuple(
        TimelineEntry(day, visit + timedelta(days=day), name.lower(), name, compared, compared and is_bad, is_order)
        for day, name, compared, is_order in sorted(steps)
    )
    return TwinTimeline(customer, visit, order is not None, entries)


TWINS = (
    Twins(twin(4, (-62.0, -20.5, -1.0, 8.0), None, True), twin(9, (-58.0, -22.0, -2.0), 31.0, False), 0.22),
    Twins(twin(12, (-5.0,), 77.0, True), twin(33, (-6.0, 3.0), 12.0, False), 0.31),
)
QUOTES = (
    Quote("It just said “declined”. I tried three times, then gave up.", datetime(2026, 5, 4, 9, 0), -100.0),  # noqa: DTZ001
    Quote("Nobody could tell me why the card failed.", datetime(2026, 6, 1, 9, 0), None),  # noqa: DTZ001
)
