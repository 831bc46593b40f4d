"""Notes of interviews, observations, workshops and usability tests, as a table."""

from touchline.events.sources.research_notes.notes import COLUMNS, looks_like_notes, read_note, scores_left_out
from touchline.events.sources.table_source import TableSource, each_row

SOURCE = TableSource(
    name="research_notes",
    title="Research notes",
    formats=("csv", "tsv", "xlsx"),
    columns=COLUMNS,
    required=("Touchpoint",),
    joins_people="Research notes name nobody: participants stay under the label the table gives them and are never "
    "joined with customers.",
    time_zone="Days, as the table writes them.",
    becomes=(
        "Each row becomes a note on the step it names, by the id or the name of a touchpoint.",
        "A note is evidence of grade E, a hypothesis: no event, no visit, no answer, and part of no figure.",
        "An opinion is no number: scores, ratings, votes and counts beside a note are not read, and the import says so.",
        "A table is of this kind when it has a step, a note or a quote, and a method, a participant or a researcher.",
        "A table that names customers by e-mail, order or customer number holds answers, and is read as a table of them.",
        "A name that no touchpoint has is kept: the note is shown as being on no step, until it is put on one.",
        "A method in other words than these becomes other research: interview, observation, workshop, usability test.",
    ),
    read=each_row(read_note),
    likeness=looks_like_notes,
    leaves=scores_left_out,
)
