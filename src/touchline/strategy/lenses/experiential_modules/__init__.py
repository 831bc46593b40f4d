"""Strategic experiential modules: sense, feel, think, act, relate."""

from touchline.strategy.rules.answers import Area, Question

LENS = Area(
    name="experiential_modules",
    title="Experiential modules",
    source="Schmitt 1999, Journal of Marketing Management 15:53",
    idea="Looks at five kinds of experience: sense, feel, think, act and relate.",
    limits="The five are a way to sort ideas for marketing: when customers were asked, four of them were found and “relate” was not "
    "among them (Brakus, Schmitt and Zarantonello 2009), and none says what a better one would bring.",
    questions=(
        Question(
            "experiential_modules.sense",
            "What customers see, hear or touch is consistent, and chosen on purpose.",
            "Look, sound and feel of each touchpoint are chosen and alike.",
        ),
        Question(
            "experiential_modules.feel",
            "We know what customers feel at the hard moments (paying, waiting, complaining), and help them there.",
            "The hard moments are known, and something eases each of them.",
        ),
        Question(
            "experiential_modules.think",
            "Customers are given a reason to be curious, or a problem that is worth solving.",
            "Something invites customers to think along.",
        ),
        Question(
            "experiential_modules.act",
            "We make it easier to do things in a way that customers would like to keep up.",
            "Customers find a way of doing things that they keep.",
        ),
        Question(
            "experiential_modules.relate",
            "Customers can meet others for whom the same matters, where they want to.",
            "Customers who want to can find each other.",
        ),
    ),
)
