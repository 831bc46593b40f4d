from importlib import resources

import pytest

from touchline.events.vocabulary import NO_CONTACT, SIGNALS
from touchline.journeys.rules.definition import JourneyDefinition, Pattern, Stage, Touchpoint
from touchline.journeys.rules.journey_file import read_journey
from touchline.journeys.rules.matching import Kind, Matcher

DEFAULT = read_journey((resources.files("touchline.journeys") / "default_journey.toml").read_text("utf-8"), "default")
MATCHER = Matcher(DEFAULT, NO_CONTACT | SIGNALS)


def where(name, *, page=None, label=None, channel="web", source="segment", matcher=MATCHER, definition=DEFAULT):
    placement = matcher.place(Kind(1, name, channel, page, label, source))
    visits = [definition.touchpoints[place.touchpoint].id for place in placement.places]
    answers = None if placement.answers_at is None else definition.touchpoints[placement.answers_at].id
    return visits, answers, placement.is_ignored


@pytest.mark.parametrize(
    ("name", "page", "touchpoint"),
    [
        ("Page Viewed", "/", "landing"),
        ("Page Viewed", "", "landing"),
        ("Page Viewed", "/de", "landing"),
        ("Page Viewed", "/pages/spring-trails", "landing"),
        ("Page Viewed", "/pages/benefits", "landing"),
        ("Page Viewed", "/blogs/news/hut-to-hut", "landing"),
        ("Page Viewed", "/search", "search"),
        ("Products Searched", "/search", "search"),
        ("Page Viewed", "/collections/boots", "browse"),
        ("Product List Viewed", "/collections/boots", "browse"),
        ("Page Viewed", "/collections/boots/products/alpine-2", "product"),
        ("Page Viewed", "/en-gb/products/alpine-2", "product"),
        ("Product Viewed", "/products/alpine-2", "product"),
        ("product viewed", None, "product"),
        ("Page Viewed", "/pages/size-guide", "size-help"),
        ("Page Viewed", "/pages/boot-fit", "size-help"),
        ("Product Added", "/products/alpine-2", "basket"),
        ("Page Viewed", "/cart", "basket"),
        ("Page Viewed", "/checkout", "checkout"),
        ("Page Viewed", "/checkout/payment", "payment"),
        ("Page Viewed", "/account/login", "account"),
        ("Page Viewed", "/account/orders/7", "delivery"),
        ("Page Viewed", "/pages/shipping", "delivery"),
        ("Page Viewed", "/pages/returns", "return"),
        ("Page Viewed", "/pages/contact", "help"),
        ("Page Viewed", "/pages/refer-a-friend", "referral"),
        ("Payment Made", None, "payment"),
        ("Payment Failed", None, "payment"),
        ("Payment Refunded", None, "return"),
        ("SMS Link Clicked", None, "message"),
        ("Order Fulfilled", None, "delivery"),
        ("Ticket Created", None, "support"),
        ("Review Posted", None, "review"),
        ("Referral Sent", None, "referral"),
        ("Unsubscribed", None, "opt-out"),
    ],
)
def test_the_default_places_what_a_shop_has(name, page, touchpoint):
    visits, _, ignored = where(name, page=page)

    assert visits[0] == touchpoint
    assert not ignored


def test_an_order_may_be_the_first_or_a_repeated_one():
    assert where("Order Completed")[0] == ["first-order", "repeat-order"]


def test_money_given_back_is_a_return_unless_the_order_is_fresh():
    assert where("Order Refunded")[0] == ["cancellation", "return"]


def test_what_nobody_did_to_a_customer_is_left_out_on_purpose():
    assert where("Ticket Solved") == ([], None, True)
    assert where("Profile Updated") == ([], None, True)
    assert where("Page Viewed", page="/checkouts/c1/thank-you") == ([], None, True)


def test_what_a_campaign_report_counts_is_shown_at_the_message():
    assert where("Order Completed", channel="email", source="mailchimp_campaigns")[0] == ["message"]
    assert where("Email Bounced", channel="email", source="mailchimp_campaigns")[0] == ["message"]


def test_a_refund_that_the_file_calls_a_return_is_one():
    assert where("Order Refunded", label="return")[0] == ["return"]


def test_an_unknown_name_is_unmapped():
    assert where("Queued for curation") == ([], None, False)
    assert where("Page Viewed", page="/unheard-of") == ([], None, False)
    assert where("Page Viewed") == ([], None, False)


def test_a_label_that_names_a_touchpoint_comes_before_every_rule():
    assert where("Product Viewed", label="Size & Fit Help") == (["size-help"], "size-help", False)
    assert where("Kassiert", label="first-order", channel="store") == (["first-order"], "first-order", False)


def test_an_answer_about_a_touchpoint_is_placed_there_and_is_no_visit():
    assert where("Survey Answered", label="delivery") == ([], "delivery", False)
    assert where("Review Posted", label="Delivery") == (["review"], "delivery", False)


def test_scores_of_the_help_desk_belong_to_the_support_contact():
    assert where("Survey Answered", source="zendesk_tickets", channel="email") == ([], "support", False)
    assert where("Survey Answered", source="typeform") == ([], None, False)


def test_the_first_touchpoint_of_the_file_wins_whether_or_not_its_rule_names_an_event():
    patterns = {"all": Pattern(channel=("web",)), "named": Pattern(event=("Seen",))}
    for order in (["all", "named"], ["named", "all"]):
        touchpoints = tuple(Touchpoint(each, each, "s", (patterns[each],)) for each in order)
        definition = JourneyDefinition("J", (Stage("s", "S"),), touchpoints)
        found, _, _ = where("Seen", matcher=Matcher(definition), definition=definition)
        assert found == order[:1]


@pytest.mark.parametrize("page", ["/a[b]", "/a.b", "/a(b"])
def test_only_the_star_means_something_in_a_path(page):
    definition = JourneyDefinition("J", (Stage("s", "S"),), (Touchpoint("x", "X", "s", (Pattern(page=(page,)),)),))
    matcher = Matcher(definition)

    assert where("Page Viewed", page=page, matcher=matcher, definition=definition)[0] == ["x"]
    assert where("Page Viewed", page="/aXb", matcher=matcher, definition=definition)[0] == []


def test_signals_of_a_page_are_no_contact_unless_the_definition_names_one():
    assert all(where(name, page="/products/alpine-2") == ([], None, True) for name in SIGNALS)

    stage = Stage("s", "S")
    struggle = Touchpoint("struggle", "Struggle", "s", (Pattern(event=("Rage Click Detected",)),))
    named = JourneyDefinition("Ours", (stage,), (struggle,))
    matcher = Matcher(named, SIGNALS)
    assert where("Rage Click Detected", matcher=matcher, definition=named) == (["struggle"], None, False)
