"""The demo company's regulars: they come to buy, about once a month, until something drives them away.

They are those in whom a loss can be seen: who would have ordered again shows only in customers who do.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from touchline.world import truth
from touchline.world.people import Person
from touchline.world.story import ENTRIES
from touchline.world.teller import Teller


class RegularsTeller(Teller):
    """Tells of people who have an account and know what they want."""

    def live(self, person: Person) -> None:
        """Let a person come again and again; a declined payment given up, or a late parcel once it is there, may end it."""
        self.person, self.known = person, True
        day, stays_until = float(self.rng.uniform(0, truth.REGULARS_EVERY_DAYS)), truth.END
        while day < truth.DAYS - 0.5 and self.begin + timedelta(days=day) < stays_until:
            self.now = self.begin + timedelta(days=day)
            stays_until = min(stays_until, self.left(bought=self.shop()))
            pause = truth.REGULARS_EVERY_DAYS - truth.REGULARS_PAUSE_DAYS
            day += truth.REGULARS_PAUSE_DAYS + float(self.rng.exponential(pause))

    def left(self, *, bought: bool) -> datetime:
        """When what happened this time drives the person away; the end of the files where it does not."""
        if not bought:
            return self.now if self.chance(truth.DECLINED.drives_away) else truth.END
        order = self.world.orders[-1]
        order.drove_away = order.late and order.cancelled is None and self.chance(truth.LATE.drives_away)
        return order.delivered if order.drove_away else truth.END

    def shop(self) -> bool:
        """Straight to a product, and to the till."""
        self.entry = ENTRIES[int(self.rng.choice(len(ENTRIES), p=[share for *_, share in ENTRIES]))]
        if self.chance(0.5):
            self.hit("Page Viewed", "/", feels="Home & landing page")
        if self.chance(0.5):
            self.browse()
        product = self.any_product()
        self.look_at(product)
        self.hit("Cart Viewed", "/cart", feels="Basket", product=product)
        self.hit("Checkout Started", "/checkout", feels="Checkout")
        return self.pay(product)
