"""Klaviyo's export of the profiles of a list or segment."""

from touchline.events.sources.klaviyo_profiles.profiles import COLUMNS, read_profile
from touchline.events.sources.table_source import TableSource, each_row

SOURCE = TableSource(
    name="klaviyo_profiles",
    title="Klaviyo profiles",
    formats=("csv", "tsv", "xlsx"),
    columns=COLUMNS,
    required=("Email", "Klaviyo ID", "Email Marketing Consent"),
    joins_people="Every profile is joined by its e-mail address, and by the phone number and the external id where the "
    "export has them. A profile with nothing but a Klaviyo ID is a visitor nobody can name; it joins only what "
    "carries the same ID.",
    time_zone="Times carry no offset: they are read in the workspace's zone.",
    becomes=(
        "`Profile Updated` at the later of `Profile Created On` and `Date Added`, with country, region, city, source, consent and the account's own fields. Names, postcodes, addresses and birthdays are not taken over.",
        "`Email Subscribed` for a profile whose consent says subscribed: at the consent's own time where the export has it, else at `Date Added` with the property `time_stated` false.",
        "An unsubscribed profile is known by its consent only: the export does not say when it left.",
    ),
    read=each_row(read_profile),
)
