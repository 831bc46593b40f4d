"""Mailchimp's audience export: the subscribed, the unsubscribed and the cleaned members, one file each."""

from touchline.events.sources.mailchimp_audience.members import COLUMNS, read_member
from touchline.events.sources.table_source import TableSource, each_row

SOURCE = TableSource(
    name="mailchimp_audience",
    title="Mailchimp audience",
    formats=("csv", "tsv", "xlsx"),
    columns=COLUMNS,
    required=("Email Address", "MEMBER_RATING", "LAST_CHANGED", "EUID"),
    joins_people="Every member is joined by the e-mail address, and by the phone number where the audience keeps one.",
    time_zone="Times carry no offset: they are read in the workspace's zone.",
    becomes=(
        "`Email Subscribed` at `CONFIRM_TIME`, else at `OPTIN_TIME`; a member with neither was imported and is not dated.",
        "`Unsubscribed` at `UNSUB_TIME` with its campaign and reason; `Email Bounced` at `CLEAN_TIME`.",
        "`Profile Updated` at `LAST_CHANGED` with country, region, time zone, rating, tags and merge fields. Names, addresses, birthdays, notes and IP addresses are not taken over.",
    ),
    read=each_row(read_member),
)
