from dataclasses import replace
from importlib import resources

import pytest

from touchline.events.vocabulary import CHANNELS, EVENT_NAMES, NO_CONTACT, SIGNALS
from touchline.journeys.rules.definition import JourneyDefinition, Pattern, Stage, Touchpoint
from touchline.journeys.rules.journey_file import JourneyFileError, read_journey
from touchline.journeys.rules.journey_writing import with_touchpoints, write_journey

DEFAULT = (resources.files("touchline.journeys") / "default_journey.toml").read_text("utf-8")

SMALL = """\
# ours
name = "Coffee"
gap_days = 14  # two weeks

[[stage]]
id = "shop"
name = "In the shop"

# the counter
[[stage.touchpoint]]
id = "counter"
name = "Counter"
any = [
  { event = "Ordered", channel = ["store"] },  # by hand
]

[[stage.touchpoint]]
id = "table"
name = "Table"
owner = "Ada"
any = [{ page = "/tables/*", property = { served = true }, after = "Ordered", within_hours = 2 }]
"""


def test_a_file_means_what_it_says():
    found = read_journey(SMALL, "journey.toml", CHANNELS)

    assert found == JourneyDefinition(
        name="Coffee",
        stages=(Stage("shop", "In the shop"),),
        touchpoints=(
            Touchpoint("counter", "Counter", "shop", (Pattern(event=("Ordered",), channel=("store",)),)),
            Touchpoint(
                "table",
                "Table",
                "shop",
                (Pattern(page=("/tables/*",), property={"served": "true"}, after="Ordered", within_hours=2.0),),
                owner="Ada",
            ),
        ),
        gap_days=14.0,
    )


def test_the_default_covers_the_five_stages_and_every_name_of_the_vocabulary():
    found = read_journey(DEFAULT, "default_journey.toml", CHANNELS)
    named = {
        name
        for patterns in [found.ignore, *(each.patterns + each.answers for each in found.touchpoints)]
        for pattern in patterns
        for name in pattern.event
    }

    assert [stage.id for stage in found.stages] == ["awareness", "consideration", "purchase", "service", "loyalty"]
    assert len(found.touchpoints) == 22
    assert {each.name for each in EVENT_NAMES} - named - NO_CONTACT - SIGNALS == {"Screen Viewed"}


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('name = "Coffee"', 'name = "Coffee', "journey.toml is not valid TOML: line 2: "),
        ("gap_days = 14", "gap_days = -1", "line 3: the journey has gap_days = -1; expected a number above 0."),
        ("gap_days", "gap_dayz", 'line 3: the journey has the unknown key "gap_dayz"; expected name, gap_days,'),
        ('name = "In the shop"', "", 'line 5: stage "shop" has no name; expected name = "…".'),
        ('id = "counter"', 'id = "The counter"', 'line 11: touchpoint "The counter" has id = "The counter"; expected small'),
        ('id = "table"', 'id = "counter"', 'line 18: touchpoint "counter" uses the id "counter" a second time'),
        ('"store"', '"till"', 'line 13: touchpoint "counter" names the channel "till"; expected one of web, app,'),
        ('owner = "Ada"', "owner = 7", 'line 20: touchpoint "table" has owner = 7; expected a text in quotes.'),
        (", within_hours = 2", "", "line 21: touchpoint \"table\" needs both `after`"),
        ('page = "/tables/*"', 'occurrence = "second"', 'has occurrence = "second"; expected "first" or "repeat".'),
        ('page = "/tables/*"', 'occurrence = "first"', "has occurrence without event;"),
        ('page = "/tables/*"', "page = 7", "has page = 7; expected a text or a list of texts."),
        ('{ event = "Ordered", channel = ["store"] },', "{},", "has an empty rule { }"),
        ('any = [{ page', 'any = [{ label = "x" }]\nanswers = [{ page', 'touchpoint "table" looks at property, occurrence or after in `answers`'),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_line(old, new, sentence):
    assert old in SMALL

    with pytest.raises(JourneyFileError) as error:
        read_journey(SMALL.replace(old, new, 1), "journey.toml", CHANNELS)

    assert sentence in str(error.value)
    assert str(error.value).startswith("journey.toml")


def test_a_file_without_stages_or_touchpoints_is_refused():
    with pytest.raises(JourneyFileError, match=r"expected blocks that begin with \[\[stage\]\]"):
        read_journey('name = "Empty"', "journey.toml")
    with pytest.raises(JourneyFileError, match="followed by no touchpoint at all"):
        read_journey('name = "Empty"\n[[stage]]\nid = "a"\nname = "A"\n', "journey.toml")


def test_writing_an_unchanged_definition_keeps_every_byte():
    for text in (SMALL, DEFAULT):
        assert write_journey(read_journey(text, "journey.toml"), text) == text


def test_writing_changes_what_changed_and_keeps_the_comments():
    definition = read_journey(SMALL, "journey.toml")
    counter, table = definition.touchpoints
    changed = replace(
        definition,
        gap_days=21.0,
        touchpoints=(replace(counter, note="till 2"), replace(table, owner="", patterns=(Pattern(event=("Sat",)),))),
    )

    written = write_journey(changed, SMALL)

    assert read_journey(written, "journey.toml") == changed
    for comment in ("# ours", "# two weeks", "# the counter", "# by hand"):
        assert comment in written


def test_added_moved_and_removed_blocks_read_back_as_meant():
    definition = read_journey(SMALL, "journey.toml")
    counter, table = definition.touchpoints
    more = replace(definition, stages=(*definition.stages, Stage("home", "At home", note="later")))
    added = with_touchpoints(more, [Touchpoint("beans", "Beans", "home", (Pattern(label=("Beans",)),), icon="bean")])
    moved = replace(added, touchpoints=(table, counter, added.touchpoints[-1]))
    removed = replace(definition, touchpoints=(table,))

    for meant in (added, moved, removed):
        assert read_journey(write_journey(meant, SMALL), "journey.toml") == meant


def test_a_touchpoint_added_to_the_default_leaves_the_rest_as_it_was():
    definition = read_journey(DEFAULT, "journey.toml")
    meant = with_touchpoints(definition, [Touchpoint("store", "Store", "purchase", (Pattern(channel=("store",)),))])

    written = write_journey(meant, DEFAULT)

    assert read_journey(written, "journey.toml") == meant
    assert [line for line in DEFAULT.splitlines() if line and line not in written.splitlines()] == []


def test_a_broken_text_is_replaced_as_a_whole():
    definition = read_journey(SMALL, "journey.toml")

    assert read_journey(write_journey(definition, "name = "), "journey.toml") == definition
