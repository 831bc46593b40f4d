"""Intercom's conversations as its API gives them: a list of them, an answer of the API, or one a line."""

from touchline.events.sources.intercom_conversations.columns import COLUMNS, likeness
from touchline.events.sources.intercom_conversations.conversations import read_conversation
from touchline.events.sources.table_source import TableSource, each_row

SOURCE = TableSource(
    name="intercom_conversations",
    title="Intercom conversations",
    formats=("json", "jsonl"),
    columns=COLUMNS,
    required=("id", "created_at", "source.type", "source.delivered_as", "state", "_json"),
    joins_people="A conversation is joined by its number, by Intercom's contact id, by the contact's external id, which is "
    "your own user id, and by the e-mail address of a customer who began it. Visitors have a contact id only: their "
    "conversations find each other, and nothing outside Intercom. Of several contacts only the one who wrote is joined.",
    time_zone="Epoch seconds, which are UTC.",
    becomes=(
        "`Ticket Created` with the customer's subject and message as its text, the channel by `source.type`, and the conversation's measures as properties.",
        "A conversation that the company began becomes a `Ticket Created` when the customer answered, at the first answer and without text: the message is the company's. Without an answer it is skipped.",
        "`Ticket Solved` at `statistics.last_close_at` of a closed conversation; `Ticket Reopened` once where `count_reopens` says so, at the first closing, with the property `time_stated` false.",
        "Durations such as `time_to_admin_reply` are seconds of office hours: they become minutes of business hours (`first_reply_business_minutes`). Minutes by the calendar follow from the times.",
        "`Survey Answered` for a rating from 1 to 5, with the remark as its text. A rating that was asked for and not given is no answer.",
        "An answer of the API is read as it is: the list `conversations` of each page. Names and the company's messages are not taken over.",
    ),
    read=each_row(read_conversation),
    likeness=likeness,
)
