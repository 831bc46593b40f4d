"""A small shop: five customers whose every event is typed out, so that each filter can be counted by hand."""

from datetime import datetime

import pytest

from touchline.engine.workspace import Settings, create_workspace
from touchline.events.facade import CHANNELS, DEVICES

ADA, BOB, CEM, DEE, EVE = 1, 2, 3, 4, 5
HOME, PRODUCT, CHECKOUT = 0, 1, 2


def day(month, number):
    return datetime(2026, month, number, 12)  # noqa: DTZ001 the store holds UTC without a zone


# who, kind, when, campaign, device
EVENTS = [
    (ADA, 1, day(1, 5), None, "desktop"),
    (ADA, 1, day(2, 5), None, "mobile"),
    (ADA, 2, day(3, 20), None, None),
    (ADA, 2, day(3, 25), None, None),
    (BOB, 1, day(3, 1), "spring", "mobile"),
    (BOB, 3, day(3, 2), None, None),
    (CEM, 2, day(1, 2), None, None),
    (EVE, 1, day(3, 30), None, None),
    (EVE, 1, day(3, 31), None, None),
    (EVE, 1, day(3, 31), None, None),
]
KINDS = [
    (1, "Order Completed", "web", "shopify_orders"),
    (2, "Ticket Created", "email", "zendesk_tickets"),
    (3, "Ticket Created", "phone", "zendesk_tickets"),
]
# customer, when, touchpoint, journey, channel, device, intent
VISITS = [
    (ADA, day(1, 5), HOME, 0, "web", "desktop", "home"),
    (ADA, day(1, 6), PRODUCT, 0, "web", "desktop", "home"),
    (ADA, day(3, 1), PRODUCT, 1, "app", "mobile", "spring"),
    (ADA, day(3, 2), CHECKOUT, 1, "app", "mobile", "spring"),
    (BOB, day(3, 31), PRODUCT, 0, "web", "mobile", "spring"),
    (CEM, day(2, 1), HOME, 0, "email", "unknown", None),
    (DEE, day(4, 1), HOME, 0, "web", "tablet", "home"),
    (EVE, day(3, 15), CHECKOUT, 0, "store", "unknown", "checkout"),
]
TRAITS = [
    (ADA, "country", "DE"),
    (BOB, "country", "de"),
    (CEM, "country", "AT"),
    (DEE, "Country", "FR"),
    (ADA, "age", "41"),
    (BOB, "age", "29"),
    (CEM, "age", "unknown"),
    (ADA, "Favourite colour", "sea green"),
    (ADA, "joined", "2024-05-01"),
    (BOB, "joined", "2025-06-01T08:00:00"),
]
# customer, when, touchpoint, metric, score
RESPONSES = [
    (ADA, day(3, 3), CHECKOUT, "nps", 3),
    (ADA, day(3, 4), CHECKOUT, "nps", 9),
    (BOB, day(1, 1), PRODUCT, "nps", 6),
    (CEM, day(3, 5), PRODUCT, "csat", 2),
    (None, day(3, 6), PRODUCT, "nps", 0),
]


@pytest.fixture(scope="session")
def shop(tmp_path_factory):
    workspace = create_workspace(tmp_path_factory.mktemp("segments") / "shop", Settings("Shop"), "")
    with workspace.store.transaction() as writer:
        for customer in (ADA, BOB, CEM, DEE, EVE):
            writer.execute("insert into identities values (?, ?)", [customer + 100, customer])
        for kind, name, channel, source in KINDS:
            writer.execute("insert into kinds values (?, ?, ?, null, null, ?)", [kind, name, channel, source])
        for number, (who, kind, when, campaign, device) in enumerate(EVENTS):
            writer.execute(
                "insert into events (seq, id, time, received, who, kind, campaign, device, import_id, line)"
                " values (?, ?, ?, ?, ?, ?, ?, ?, 1, ?)",
                [number, number, when, when, who + 100, kind, campaign, device, number],
            )
        for number, (customer, when, touchpoint, journey, channel, device, intent) in enumerate(VISITS):
            writer.execute(
                "insert into visits (customer, time, ended, touchpoint, journey, channel, device, intent, events, first_event)"
                " values (?, ?, ?, ?, ?, ?, ?, ?, 1, ?)",
                [
                    customer,
                    when,
                    when,
                    touchpoint,
                    journey,
                    CHANNELS.index(channel),
                    DEVICES.index(device),
                    intent,
                    number,
                ],
            )
        for customer, key, value in TRAITS:
            writer.execute("insert into traits values (?, ?, ?, ?)", [customer, key, value, day(1, 1)])
        for number, (customer, when, touchpoint, metric, score) in enumerate(RESPONSES):
            writer.execute(
                "insert into responses (event, customer, time, touchpoint, channel, device, metric, score, source)"
                " values (?, ?, ?, ?, 0, 0, ?, ?, 'typeform')",
                [number, customer, when, touchpoint, metric, score],
            )
        for position, id_ in enumerate(["home", "product-page", "checkout"]):
            writer.execute("insert into touchpoints values (?, ?, ?, 'purchase')", [position, id_, id_.title()])
    yield workspace
    workspace.close()
