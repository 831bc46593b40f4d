"""A hand-written journey map of an invented tea shop: every way a figure can be drawn occurs in it.

Larkspur Tea. Sixteen touchpoints in five stages; one broken (two answers), two hollow, one silent, highs and lows,
series without people, several currencies, no comparison where the customer count before is None.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from touchline.journeys.facade import (
    AmountAtStake,
    ChannelShare,
    ExperienceScore,
    Functional,
    HeadlineFigure,
    JourneyMap,
    MapPain,
    MapPains,
    MomentHere,
    Money,
    Neighbour,
    PainEvidence,
    Quote,
    SeriesFigure,
    Share,
    SourceScore,
    StageMeasures,
    Staleness,
    TouchpointMeasures,
    Transition,
    Unmapped,
    UnmappedKind,
    Waiting,
)

EVERYONE = 41_280
MEAN = 31.4

STAGES = (
    ("awareness", "Awareness", 41_280, 9.0, ""),
    ("consideration", "Consideration", 23_910, 4.0, ""),
    ("purchase", "Purchase", 8_120, -7.5, "low"),
    ("service", "Service", 6_930, -3.0, ""),
    ("loyalty", "Loyalty and advocacy", 2_360, 17.0, "high"),
)

# id, name, icon, stage, customers, difference, half band, change, n, drawn, label, channels, went on, effort, days
ROWS = (
    ("ad", "Social ad", "megaphone", "awareness", 30_120, 3.0, 6, 1.0, 210, "solid", "", {"social": 0.8, "web": 0.2}, 0.58, None, 0.02),
    ("search", "Search result", "search", "awareness", 24_480, 8.5, 5, 2.0, 244, "solid", "", {"web": 1.0}, 0.66, None, 0.003),
    ("landing", "Landing page", "file-text", "awareness", 19_050, 7.0, 5, -2.0, 388, "solid", "", {"web": 0.74, "app": 0.26}, 0.71, 5.9, 0.002),
    ("browse", "Browse and filter", "list-filter", "consideration", 17_210, 1.0, 4, 0.5, 301, "solid", "", {"web": 0.68, "app": 0.32}, 0.62, 5.1, 0.004),
    ("product", "Product page", "tag", "consideration", 15_870, 14.0, 3, 3.0, 612, "solid", "high", {"web": 0.63, "app": 0.29, "store": 0.08}, 0.55, 5.7, 0.01),
    ("advice", "Tea advice", "message-circle", "consideration", 1_920, 0.0, 0, 0.0, 2, "broken", "", {"chat": 0.7, "phone": 0.3}, 0.48, None, 0.6),
    ("basket", "Basket", "shopping-cart", "purchase", 9_940, 5.0, 5, 0.0, 276, "solid", "", {"web": 0.62, "app": 0.38}, 0.74, 5.6, 0.004),
    ("payment", "Payment", "credit-card", "purchase", 7_900, -31.0, 4, -9.0, 318, "solid", "low", {"web": 0.58, "app": 0.42}, 0.83, 3.4, 0.001),
    ("confirmed", "Order confirmed", "mail-check", "purchase", 6_560, 22.0, 4, 1.0, 402, "solid", "high", {"email": 0.8, "web": 0.2}, 0.97, 6.2, 0.9),
    ("tracking", "Delivery tracking", "truck", "service", 6_210, -9.0, 5, -8.0, 236, "solid", "low", {"email": 0.55, "app": 0.35, "phone": 0.1}, 0.94, 4.2, 2.1),
    ("unboxing", "Unboxing", "package", "service", 5_980, 26.0, 5, 2.0, 281, "solid", "high", {"delivery": 0.9, "email": 0.1}, 0.31, None, 9.0),
    ("support", "Support contact", "headset", "service", 1_410, -16.0, 7, 1.0, 164, "solid", "low", {"chat": 0.5, "email": 0.3, "phone": 0.2}, 0.66, 3.1, 1.4),
    ("returns", "Return and refund", "undo-2", "service", 640, -8.0, 11, 2.0, 14, "hollow", "", {"web": 0.45, "email": 0.25, "delivery": 0.3}, 0.52, 2.9, 8.6),
    ("review", "Review request", "star", "loyalty", 5_120, 9.0, 8, 0.0, 128, "solid", "", {"email": 0.88, "app": 0.12}, 0.22, None, 3.3),
    ("repeat", "Repeat purchase", "repeat", "loyalty", 1_960, 16.0, 10, 4.0, 52, "solid", "high", {"web": 0.44, "app": 0.5, "store": 0.06}, 0.38, 6.0, 31.0),
    ("refer", "Recommends us", "gift", "loyalty", 210, 11.0, 13, 0.0, 9, "hollow", "", {"email": 0.6, "social": 0.4}, 0.09, None, None),
)  # fmt: skip

QUOTES = {
    "ad": ("Saw the tin on a friend's shelf, the advert took me straight to it.", "Typeform", "csat", 4.0),
    "browse": ("Lovely pictures, but which of the four Assams is the strong one?", "Trustpilot", "stars", 3.0),
    "payment": (
        "It just said “declined”. I tried three times, then gave up and went for coffee.",
        "Zendesk",
        "csat",
        1.0,
    ),
    "support": ("Great parcel. Then two weeks of e-mails to get my eleven euros back.", "Zendesk", "csat", 2.0),
    "repeat": ("Third order now. Still the best Darjeeling I can get by post.", "SurveyMonkey", "nps", 10.0),
}


def share(count: int, of: int) -> Share:
    if of < 5:
        return Share(count, of, None, None, None)
    value = count / of
    return Share(count, of, value, max(0.0, value - 0.03), min(1.0, value + 0.03))


def score(difference: float, half: float, change: float | None, n: int, drawn: str, label: str) -> ExperienceScore:
    if drawn == "broken":
        return ExperienceScore(None, None, None, None, None, n, None, "broken", "", None, True, ())
    absolute = MEAN + difference
    sources = (
        SourceScore("csat", "zendesk", n - n // 3, absolute - 2),
        SourceScore("nps", "surveymonkey", n // 3, absolute + 4),
    )
    noise = change is None or abs(change) < 5
    prior = 0.62 if drawn == "hollow" else 0.12
    return ExperienceScore(
        difference,
        difference - half,
        difference + half,
        absolute,
        absolute - 1,
        n,
        prior,
        drawn,
        label,
        change,
        noise,
        sources,
    )


def waiting(days: float | None, n: int) -> Waiting:
    return Waiting(days, None if days is None else 0.4, 0.6, 0.7, n)


def quotes_of(touchpoint_id: str) -> tuple[Quote, ...]:
    found = QUOTES.get(touchpoint_id)
    return (Quote(found[0], found[1], found[2], found[3], date(2026, 9, 14), "en"),) if found else ()


def _neighbours(index: int) -> tuple[Neighbour, ...]:
    if not 0 <= index < len(ROWS):
        return ()
    return (Neighbour(ROWS[index][0], ROWS[index][1], ROWS[index][4] // 3, 0.41),)


def touchpoint(index: int) -> TouchpointMeasures:
    (id_, name, icon, stage, customers, difference, half, change, n, drawn, label, channels, went_on, effort, days) = (
        ROWS[index]
    )
    visits = customers * 3 // 2
    return TouchpointMeasures(
        id=id_,
        name=name,
        stage_id=stage,
        icon=icon,
        owner="Priya Nair" if id_ == "payment" else "",
        note="New card terminal since 3 August." if id_ == "payment" else "",
        customers=customers,
        visits=visits,
        events=visits * 2,
        reach=share(customers, EVERYONE),
        went_on=share(round(customers * went_on), customers),
        dropped_out=share(round(visits * (1 - went_on)), visits),
        loops=share(visits // 9, visits),
        channel_switches=share(visits // 7, visits),
        waiting=waiting(days, visits),
        functional=Functional(
            success=share(round(visits * went_on), visits),
            effort_ces_mean=effort,
            effort_n=0 if effort is None else n // 2,
            retries_per_customer=0.5,
            contacts_after=share(visits // 20, visits),
            time_taken=waiting(days, visits),
        ),
        experience=score(difference, half, change, n, drawn, label),
        channels=tuple(
            ChannelShare(channel, round(visits * part), part, None if n < 5 else difference + 12 * (part - 0.5), n // 2)
            for channel, part in channels.items()
        ),
        next_steps=_neighbours(index + 1),
        previous_steps=_neighbours(index - 1),
        quotes=quotes_of(id_),
        series=(SeriesFigure("impressions", "Impressions", 812_000.0, 90),) if id_ == "ad" else (),
        values=(Money(Decimal("48210.50"), "EUR"), Money(Decimal("1210.00"), "GBP")) if id_ == "confirmed" else (),
        customers_before=round(customers * 0.96),
        last_event=datetime(2026, 9, 30, 17, 5, tzinfo=UTC),
        is_silent=id_ == "refer",
    )


def _stage(position: int) -> StageMeasures:
    id_, name, customers, difference, label = STAGES[position]
    columns = tuple(touchpoint(index) for index, row in enumerate(ROWS) if row[3] == id_)
    after = STAGES[position + 1][2] if position + 1 < len(STAGES) else 0
    return StageMeasures(
        id=id_,
        name=name,
        customers=customers,
        visits=sum(column.visits for column in columns),
        reach=share(customers, EVERYONE),
        goes_on=share(after, customers) if after else Share(0, 0, None, None, None),
        experience=score(difference, 3, 1.0, 900, "solid", label),
        customers_before=round(customers * 0.97),
        touchpoints=columns,
        quotes=tuple(quote for column in columns for quote in column.quotes),
    )


HEADLINE = (
    HeadlineFigure("nps", "NPS", 31.0, 27.6, 34.2, "points", 1_488, 27.0, False, "51% promoters, 20% detractors", (24, 25, 23, 26, 27, 26, 29, 30, 31)),
    HeadlineFigure("csat", "CSAT", 0.82, 0.80, 0.84, "share", 1_402, 0.81, True, "mean 4.3 of 5", (0.78, 0.79, 0.8, 0.79, None, 0.8, 0.82, 0.82)),
    HeadlineFigure("ces", "Effort (CES)", 5.4, 5.3, 5.5, "of 7", 1_022, 5.6, False, "71% answer 5 to 7", (5.7, 5.6, 5.6, 5.5, 5.6, 5.5, 5.4, 5.4)),
    HeadlineFigure("buyers", "Buyers per visitor", 0.159, 0.155, 0.162, "share", 41_280, 0.156, True, "", (0.15, 0.152, 0.151, 0.155, 0.158, 0.16)),
    HeadlineFigure("repeat", "Repeat within 90 days", None, None, None, "share", 3, None, True, "", ()),
)  # fmt: skip


def pain(
    touchpoint_id: str, name: str, customers: int, amount: tuple[float, float, float] | None, grade: str
) -> MapPain:
    return MapPain(
        id=f"{touchpoint_id}~{name.split()[0].lower()}",
        touchpoint_id=touchpoint_id,
        name=name,
        customers=customers,
        visits=customers + 70,
        of_visits=4 * customers,
        at_stake=AmountAtStake(*amount, "EUR") if amount else None,
        counts_in_total=amount is not None and grade == "C",
        why_no_amount="" if amount else "64 bad visits have a counterpart; it takes 100.",
        grade=grade,
        evidence=(PainEvidence("24% of visits", customers), PainEvidence("7 answers", 7)),
        status="supported",
    )


PAINS = MapPains(
    (
        pain("payment", "An error was shown", 1_488, (18_600, 15_100, 22_400), "C"),
        pain("tracking", "Delivered after promised", 728, (6_100, 4_400, 8_100), "C"),
        pain("returns", "The refund took nine days and then some more", 410, (5_800, 4_100, 7_700), "C"),
        pain("payment", "Slow", 640, (2_300, 400, 4_600), "C"),
        pain("product", "Rage or dead clicks", 1_768, (4_200, -900, 9_300), "D"),
        pain("landing", "Slow", 51, None, "D"),
    ),
    AmountAtStake(24_900, 20_300, 30_200, "EUR"),
    "",
    "Pain points are about all customers, whatever the map shows; computed 1 Oct 2026, from data until 30 Sep 2026.",
    datetime(2026, 10, 1, 8, 0, tzinfo=UTC),
    (MomentHere("payment", 0.97, "hygiene"),),
)

SAMPLE = JourneyMap(
    name="Buy tea online",
    workspace="Larkspur Tea",
    scope_in_words="Visits from 3 July to 30 September 2026, compared with 4 April to 2 July 2026.",
    start=date(2026, 7, 3),
    end=date(2026, 9, 30),
    compare_start=date(2026, 4, 4),
    compare_end=date(2026, 7, 2),
    customers=EVERYONE,
    journeys=52_940,
    visits=231_870,
    events=463_740,
    responses=3_912,
    journey_mean=MEAN,
    journey_mean_n=3_912,
    stages=tuple(_stage(position) for position in range(len(STAGES))),
    transitions=(
        Transition("ad", "search", 9_180, 8_800, 0.02),
        Transition("payment", "confirmed", 6_512, 6_490, 0.001),
        Transition("returns", "refer", 4, 4, 2.0),
    ),
    headline=HEADLINE,
    unmapped=Unmapped(
        share(55_649, 463_740),
        (
            UnmappedKind("Page Viewed", "web", "/gift-cards/*", None, 21_004, 9_120),
            UnmappedKind("Video Played", "web", None, "Brewing film", 8_820, 4_410),
            UnmappedKind("Coupon Denied", "app", None, None, 1_020, 880),
        ),
    ),
    staleness=Staleness(
        data_until=datetime(2026, 9, 30, 18, 40, tzinfo=UTC),
        distance=0.042,
        distance_p=0.003,
        changes=("Payment is followed by a second try at payment more often: 17%, before 9%.",),
        silent_touchpoints=("Recommends us",),
        verdict="The map is current, but how people move has changed since the previous period.",
    ),
    notes=("Times without a zone were read as Europe/Berlin.", "1,204 rows name no customer and count as series."),
    computed=datetime(2026, 10, 1, 8, 0, tzinfo=UTC),
    pains=PAINS,
)

EMPTY = replace(
    SAMPLE, customers=0, journeys=0, visits=0, events=0, responses=0, journey_mean=None, journey_mean_n=0, stages=(), transitions=(),
    headline=(), unmapped=Unmapped(Share(0, 0, None, None, None), ()), notes=(), pains=None,
    staleness=Staleness(None, None, None, (), (), "There is no data yet."),
)  # fmt: skip


def with_touchpoints(number: int) -> JourneyMap:
    """The sample grown or cut to a number of touchpoints, spread over as many stages as it needs."""
    columns = [
        replace(touchpoint(index % len(ROWS)), id=f"t{index}", stage_id=STAGES[index * 5 // number][0])
        for index in range(number)
    ]
    stages = (
        replace(stage, touchpoints=tuple(c for c in columns if c.stage_id == stage.id)) for stage in SAMPLE.stages
    )
    return replace(SAMPLE, stages=tuple(stage for stage in stages if stage.touchpoints))
