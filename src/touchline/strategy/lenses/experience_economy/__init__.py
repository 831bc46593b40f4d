"""The experience economy: what is staged, and what customers take part in."""

from touchline.strategy.rules.answers import Area, Question

LENS = Area(
    name="experience_economy",
    title="Experience economy",
    source="Pine and Gilmore 1998, Harvard Business Review 76(4):97, and 1999, The Experience Economy",
    idea="Looks at experience as an offering: entertaining, educating, taking customers away, letting them simply be there.",
    limits="It was made from cases of companies that stage something; where customers want a matter done and be gone, staging "
    "costs them time, and it offers no measure to tell the two apart.",
    questions=(
        Question(
            "experience_economy.theme",
            "One theme holds the touchpoints together, and customers could name it.",
            "A theme is written down, and each touchpoint is checked against it.",
        ),
        Question(
            "experience_economy.cues",
            "Small signs that contradict the theme were found and taken away.",
            "Signs that contradict the theme are listed and removed.",
        ),
        Question(
            "experience_economy.entertains",
            "Something is worth watching or reading for its own sake.",
            "There is something that customers look at without having to.",
        ),
        Question(
            "experience_economy.teaches",
            "Customers can do something afterwards that they could not do before.",
            "Customers learn something useful on the way.",
        ),
        Question(
            "experience_economy.takes_part",
            "Customers can take part rather than only look on.",
            "There is something for customers to do or make.",
        ),
        Question(
            "experience_economy.place",
            "The place, on a screen or in a building, is one where customers like to be.",
            "Places are made to be pleasant, not only to be passed through.",
        ),
    ),
)
