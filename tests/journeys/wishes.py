"""What somebody may want of a trip next, drawn by a seeded hand, and what has to come of it: the
trip afterwards, or the refusal. Knows the rules and all trips, and never looks at the server.
"""

import dataclasses
import datetime
import itertools

from fairlead import next_day
from trips import PEOPLE, ROLES, VESSELS, Trip

FIRST_DAY = next_day(5, 18)  # four weeks: over the end of a month, in UTC and at the dock
DAYS = 28
NAMES = ("Dana Whitfield", "Erik Holm", "Farah Aziz", "Glen Ito", "Hugo Marsh")
DOCKS = ("West dock", "Pier 9", "Fuel dock", "Guest slip 4")
NOTES = ("", "Bring a torch", "One guest uses a cane", "Allergic to nuts", "Back by sunset")


@dataclasses.dataclass
class Wish:
    what: str
    trip: Trip  # as it is
    method: str = "PATCH"
    site: str = "charters"  # or "events", behind the service key
    body: dict = None
    meant: int = 0  # the revision of If-Match; 0: none is sent
    status: int = 200  # of the answer
    after: Trip = None  # as it has to be then

    @property
    def path(self):
        return f"/{self.site}/{self.trip.charter}" + ("/cancel" if self.method == "POST" else "")


def span_fields(trip, site):
    if site == "events":
        return {"starts_at": f"{trip.starts:%Y-%m-%dT%H:%M}", "ends_at":
                f"{trip.ends:%Y-%m-%dT%H:%M}"}
    return {"starts_at": f"{trip.starts:%Y-%m-%dT%H:%M}", "duration_minutes": trip.minutes}


def crew_field(trip):
    return {"crew": [{"member": member, "role": role} for member, role in trip.crew]}


class Wisher:
    """All trips there are, and what is wanted of them."""

    def __init__(self, rng):
        self.rng, self.trips, self.numbers = rng, [], itertools.count(1)

    @property
    def live(self):
        return [trip for trip in self.trips if not trip.is_cancelled]

    # Bookings

    def random_crew(self):
        members = self.rng.sample(sorted(PEOPLE), self.rng.randint(1, 3))
        return [(member, self.rng.choice(ROLES)) for member in members]

    def random_span(self, trip):
        day = FIRST_DAY + datetime.timedelta(days=self.rng.randrange(DAYS))
        clock = datetime.time(self.rng.randint(7, 18), self.rng.choice((0, 30)))
        trip.starts = datetime.datetime.combine(day, clock)
        trip.minutes = self.rng.choice((60, 90, 120, 180, 240))

    def new_trip(self):
        """One that nothing is in the way of."""
        while True:
            trip = Trip(self.rng.choice(sorted(VESSELS)), datetime.datetime.min, 60,
                        self.random_guest(), self.random_crew(),
                        self.rng.choice(("direct", "boatsetter")))
            self.random_span(trip)
            if self.is_free(trip):
                return trip

    def random_guest(self):
        return {"name": self.rng.choice(NAMES), "email": f"g{next(self.numbers)}@guest.example",
                "party_size": self.rng.randint(1, 12)}

    def is_free(self, trip):
        return not any(trip.collides_with(other) for other in self.trips
                       if other.charter != trip.charter or not other.charter)

    def booking(self, trip):
        """Its body, with a reference that makes it one booking however often it is sent."""
        return {"channel": trip.channel, "reference": f"R{next(self.numbers)}",
                "vessel": trip.vessel, **span_fields(trip, "charters"), "guest": trip.guest,
                **crew_field(trip), "gross": "840.75"}

    # Changes

    def next_wish(self):
        what = self.rng.choices(
            ("move", "vessel", "dock", "guest", "words", "crew", "all", "rename", "books", "stale",
             "over", "cancel"), (26, 8, 6, 14, 9, 16, 6, 8, 3, 4, 2, 5))[0]
        return getattr(self, f"wish_{what}")(self.rng.choice(self.live))

    def change(self, what, trip, make, site=None):
        """PATCH of the fields that make answers, having made them so in the copy it is given."""
        site = site or self.rng.choice(("charters", "charters", "events"))
        after = trip.copy()
        fields = make(after, site)
        if after.says() != trip.says():
            after.revision += 1
            after.facts_revision = after.revision
        wish = Wish(what, trip, "PATCH", site, fields, trip.revision, 200, after)
        if not self.is_free(after):
            wish.status, wish.after = 409, trip
        return wish

    def wish_move(self, trip):
        def make(after, site):
            if self.rng.random() < 0.3:  # a little, over its own time
                after.starts += datetime.timedelta(minutes=self.rng.choice((-60, -30, 30, 60)))
            else:
                self.random_span(after)
            return span_fields(after, site)
        return self.change("move", trip, make)

    def wish_vessel(self, trip):
        def make(after, site):
            after.vessel = self.rng.choice(sorted(VESSELS))
            if after.vessel != trip.vessel:
                after.dock = VESSELS[after.vessel][1]
            return {"vessel": after.vessel}
        return self.change("vessel", trip, make)

    def wish_dock(self, trip):
        def make(after, site):
            after.dock = self.rng.choice(DOCKS)
            return {"dock": after.dock}
        return self.change("dock", trip, make)

    def wish_guest(self, trip):
        def make(after, site):
            field = self.rng.choice(("name", "email", "party_size"))
            after.guest[field] = self.random_guest()[field]
            return {"guest": {field: after.guest[field]}}
        return self.change("guest", trip, make, "charters")

    def wish_words(self, trip):
        field = self.rng.choice(("crew_notes", "guest_notes", "title"))

        def make(after, site):
            text = self.rng.choice(NOTES) or (f"Trip {next(self.numbers)}" if field == "title"
                                              else "")
            setattr(after, field, text)
            return {"notes" if site == "events" and field == "crew_notes" else field: text}
        return self.change("words", trip, make, "charters" if field == "guest_notes" else None)

    def wish_crew(self, trip):
        def make(after, site):
            if self.rng.random() < 0.5:  # one for another
                seat = self.rng.randrange(len(after.crew))
                others = sorted(set(PEOPLE) - set(after.members))
                after.crew[seat] = self.rng.choice(others), after.crew[seat][1]
            else:
                after.crew = self.random_crew()
            return crew_field(after)
        return self.change("crew", trip, make)

    def wish_all(self, trip):
        """Time, boat and crew at once."""
        def make(after, site):
            self.random_span(after)
            after.vessel, after.crew = self.rng.choice(sorted(VESSELS)), self.random_crew()
            after.dock = self.rng.choice(DOCKS)
            return {**span_fields(after, site), "vessel": after.vessel, "dock": after.dock,
                    **crew_field(after)}
        return self.change("all", trip, make)

    def wish_rename(self, trip):
        """To a new name, one that it had, or one that is another's."""
        other = self.rng.choice(self.trips)
        slug = self.rng.choice([f"trip-{next(self.numbers)}", f"trip-{next(self.numbers)}",
                                *trip.former[-1:], other.slug])

        def make(after, site):
            if slug != after.slug:
                after.former = [name for name in after.former if name != slug] + [after.slug]
                after.slug = slug
            return {"slug": slug}
        wish = self.change("rename", trip, make, "charters")
        if slug == other.slug and other.charter != trip.charter:
            wish.status, wish.after = 409, trip
        return wish

    def wish_books(self, trip):
        """Of money alone: a revision that nobody is told of."""
        after = trip.copy()
        after.revision += 1
        gross = f"{500 + next(self.numbers)}.00"
        return Wish("books", trip, "PATCH", "charters", {"gross": gross}, trip.revision, 200, after)

    def wish_stale(self, trip):
        """A revision that is not there, any more or yet."""
        wish = self.wish_move(trip)
        wish.meant = trip.revision + self.rng.choice((-1, 1)) or trip.revision + 1
        wish.what, wish.status, wish.after = "stale", 412, trip
        return wish

    def wish_over(self, trip):
        """A change of what is cancelled."""
        over = [one for one in self.trips if one.is_cancelled]
        if not over:
            return self.wish_move(trip)
        wish = self.wish_move(self.rng.choice(over))
        wish.what, wish.status, wish.after = "over", 409, wish.trip
        return wish

    def wish_cancel(self, trip):
        after = trip.copy()
        after.revision += 1
        after.facts_revision, after.status = after.revision, "cancelled"
        if self.rng.random() < 0.3:
            return Wish("cancel", trip, "DELETE", "events", None, trip.revision, 200, after)
        cause = self.rng.choice(("weather", "guest", "operator", "channel", "duplicate"))
        return Wish("cancel", trip, "POST", "charters", {"cause": cause}, 0, 200, after)

    def again(self, cancelled):
        """Another trip in the time that a cancelled one had, if nothing else is there by now."""
        trip = cancelled.copy()
        trip.charter, trip.slug, trip.former, trip.status = "", "", [], "confirmed"
        trip.revision, trip.facts_revision, trip.title = 1, 1, ""
        trip.crew_notes, trip.guest_notes, trip.dock = "", "", VESSELS[trip.vessel][1]
        trip.guest = self.random_guest()
        return trip if self.is_free(trip) else self.new_trip()
