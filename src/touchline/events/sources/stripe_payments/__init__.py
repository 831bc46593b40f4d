"""Stripe's export of payments (`unified_payments.csv`)."""

from touchline.events.sources.stripe_payments.payments import COLUMNS, read_payment
from touchline.events.sources.table_source import TableSource, each_row

SOURCE = TableSource(
    name="stripe_payments",
    title="Stripe payments",
    formats=("csv", "tsv", "xlsx"),
    columns=COLUMNS,
    required=("id", "Created date (UTC)", "Amount", "Amount Refunded", "Status"),
    joins_people="A payment is joined by the customer's e-mail address where this column was chosen for the export, and by "
    "the order number, address and user id that the shop wrote into the metadata (`order_id (metadata)` and the like). "
    "Stripe's customer id finds payments of the same Stripe customer, and a person only with one of these. With the "
    "default columns alone no payment can be joined to a person.",
    time_zone="UTC, by its own header.",
    becomes=(
        "`Payment Made` with `Amount` in `Currency` as its value for a payment that went through, whatever became of it later; `Converted Amount`, what reached the account, is kept as a property.",
        "`Payment Failed` for one that failed or was blocked, with the decline reason as the property `reason`; the amount is a property too, since no money moved.",
        "`Payment Refunded` with a negative value at `Refunded date (UTC)`; without that date it is put at the payment, with the property `time_stated` false.",
        "A payment is no order: these values never add to those of `Order Completed` and `Order Refunded`.",
        "Payments that are authorised and not captured, cancelled, or not finished are skipped: no money has moved.",
        "The export does not say where somebody paid: the channel is other. Card numbers, descriptions and seller messages are not taken over.",
        "By webhook a payment arrives as it happens, as the same events: a charge and its payment intent are one payment. `Payment Disputed`, with the reason and the amount as properties, only webhooks tell.",
    ),
    read=each_row(read_payment),
)
