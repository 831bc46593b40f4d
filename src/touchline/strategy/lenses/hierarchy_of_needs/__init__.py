"""The hierarchy of needs, carried over to the experience of customers."""

from touchline.strategy.rules.answers import Area, Question

LENS = Area(
    name="hierarchy_of_needs",
    title="Hierarchy of customers’ needs",
    source="Manning and Bodine 2012, Outside In (meets needs, easy, enjoyable), after Maslow 1943, Psychological Review 50:370",
    idea="Looks at layers: what works at all, before what is easy, before what pleases.",
    limits="That a lower layer must be met before a higher one counts is an order of thought, not a law found among customers; "
    "the measured pains say which layer costs you most.",
    questions=(
        Question(
            "hierarchy_of_needs.works",
            "Customers get done what they came for.",
            "What customers come for gets done, at every touchpoint.",
        ),
        Question(
            "hierarchy_of_needs.reliable",
            "It works the same way every time, and what was promised is kept.",
            "Promises to customers are kept, and exceptions are announced.",
        ),
        Question(
            "hierarchy_of_needs.easy",
            "It takes customers no more steps, waiting or asking than the matter needs.",
            "Each task takes the fewest steps and contacts it can.",
        ),
        Question(
            "hierarchy_of_needs.respected",
            "Customers feel that somebody is on their side when something goes wrong.",
            "Whoever has trouble is helped without having to fight for it.",
        ),
        Question(
            "hierarchy_of_needs.enjoyable",
            "There are moments that customers like to tell others about.",
            "Some moments are made to be liked, once the rest works.",
        ),
    ),
)
