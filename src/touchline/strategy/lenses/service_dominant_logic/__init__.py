"""Service-dominant logic: value arises in use, with the customer."""

from touchline.strategy.rules.answers import Area, Question

LENS = Area(
    name="service_dominant_logic",
    title="Service-dominant logic",
    source="Vargo and Lusch 2004, Journal of Marketing 68:1, and 2016, Journal of the Academy of Marketing Science 44:5",
    idea="Looks at value as something that customers make in use, with us and with others, not as something we put into a product.",
    limits="It is a way of seeing, too general to be wrong: it names no quantity, so agreeing with its statements predicts "
    "nothing by itself.",
    questions=(
        Question(
            "service_dominant_logic.in_use",
            "We know what customers do with what they bought, after the purchase.",
            "Use after the purchase is seen and measured.",
        ),
        Question(
            "service_dominant_logic.together",
            "Customers can shape the service while it is given.",
            "Customers can choose, correct and contribute while they are served.",
        ),
        Question(
            "service_dominant_logic.beneficiary",
            "We let customers say what a good result is, rather than assume it.",
            "Good results are defined in customers’ words, by kind of customer.",
        ),
        Question(
            "service_dominant_logic.resources",
            "What customers must bring themselves (knowledge, time, devices) is known and kept small.",
            "What customers must bring is written down for each touchpoint, and reduced.",
        ),
        Question(
            "service_dominant_logic.network",
            "Partners on whom the experience depends (carriers, banks, shops) share its goals and its figures.",
            "Partners see the same figures and have agreed what they answer for.",
        ),
    ),
)
