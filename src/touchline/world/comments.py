"""What customers of the demo company write. Every sentence is invented here."""

from __future__ import annotations

import numpy as np

GOOD, MIXED, BAD = 0, 1, 2
SENTENCES: dict[str, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = {
    "Home & landing page": (("Clear start page, I saw at once what is new.", "Nice pictures, loads fast."),
                            ("Fine, nothing special.", "A lot on one page."),
                            ("The banner covered half my screen.", "Took ages to load on the train.")),
    "Search results": (("Search found the boots I wanted straight away.", "Good results for what I typed."),
                       ("Results were okay after a second try.", "Search works, the order is odd."),
                       ("Typed tent, got socks.", "Search gave me nothing although you sell it.")),
    "Browse & filter": (("Filters are great, I had three jackets left in seconds.", "Easy to compare."),
                        ("Filters work but reset when I go back.", "Okay to browse."),
                        ("The size filter shows sold out sizes.", "Filters jump back to the start each time.")),
    "Product page": (("Great photos and an honest description.", "The product page told me everything I needed.",
                      "Love the videos of the jacket in the rain."),
                     ("Good page, a bit long.", "Reviews helped, photos less so."),
                     ("No word about the weight.", "Photos show another colour than the one I get.")),
    "Size & fit help": (("The size chart was right for my boots.", "Good tip to measure in the evening."),
                        ("The chart is in inches only.", "I guessed my size in the end."),
                        ("Your M is not my M, the size guide does not match.", "Size guide is useless for wide feet.",
                         "I ordered two sizes because the guide contradicts the reviews.")),
    "Basket": (("Basket was simple.", "Liked that shipping cost is shown early."),
               ("Fine.", "Voucher field hard to find."),
               ("My basket was empty again the next day.", "Shipping was added at the last moment.")),
    "Checkout": (("Quick checkout.", "Guest checkout, thank you."),
                 ("Checkout was all right.", "Too many fields for one pair of socks."),
                 ("It asked for my phone number three times.", "The form lost my address.")),
    "Payment": (("Paid in ten seconds.", "Payment went through at once."),
                ("Worked at the second try.", "Payment page looks different from the shop."),
                ("My card was declined and nobody said why.", "Payment failed three times with no reason.",
                 "Card declined without a reason, I paid twice in the end.")),
    "Delivery": (("Parcel came a day early.", "Well packed and on time.", "Delivery exactly when promised."),
                 ("Delivery took a while but fine.", "Tracking updated late."),
                 ("The delivery date slipped twice.", "Parcel came five days after the promised date.",
                  "Tracking said delivered, it was not.")),
    "Support contact": (("Friendly and quick help.", "One call and it was solved."),
                        ("Got an answer on the second day.", "Helpful, but I had to explain it twice."),
                        ("I had to repeat my problem to three people.", "Two weeks of e-mails for one invoice.",
                         "Chat sent me to e-mail, e-mail sent me to chat.")),
    "Return & refund": (("Return label was in the box, easy.", "Money back in three days."),
                        ("Return okay, refund slow.", "Had to print the label at work."),
                        ("Still waiting for my refund after two weeks.", "Refund took nine days and four mails.")),
    "Review": (("Third pair and still the best boots.", "Jacket kept me dry for a week in Norway.", "Great shop, will order again."),
               ("Good quality, delivery could be quicker.", "Nice tent, heavy though."),
               ("Sole came off after a month.", "Ordered in March, refunded in May.")),
    "Order": (("I tell all my friends about you.", "Good gear, honest people."),
              ("Good, but not cheap.", "Would order again if delivery were quicker."),
              ("Never again after that payment mess.", "Too many problems for one jacket.")),
}  # fmt: skip


def comment(rng: np.random.Generator, touchpoint: str, mood: float) -> str:
    """Pick a sentence that fits the mood, 0 (worst) to 1 (best)."""
    tone = GOOD if mood >= 0.7 else MIXED if mood >= 0.4 else BAD
    return str(rng.choice(SENTENCES[touchpoint][tone]))
