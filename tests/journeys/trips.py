"""A trip as a test expects it, and the words in which pages, mails and calendars must say it; an
operator with three boats and eight people. Made without a look at what the server answers.
"""

import copy
import dataclasses
import datetime
import zoneinfo

ZONE = zoneinfo.ZoneInfo("America/Los_Angeles")
TENANT = "fleet"
VESSELS = {"jada": ("JADA", "West dock"), "luna": ("Luna", "East dock"),
           "tern": ("Tern", "North pier")}
PEOPLE = {"ana": "Ana Reyes", "ben": "Ben Okafor", "cleo": "Cleo Lindgren", "dev": "Dev Patel",
          "eva": "Eva Novak", "finn": "Finn Moss", "gus": "Gus Tanaka", "hana": "Hana Brandt"}
ROLES = ("captain", "crew")
TURNAROUND = datetime.timedelta(minutes=60)

FLEET = """
tenant = "fleet"
name = "Fleet Charters"
timezone = "America/Los_Angeles"
currency = "USD"
[sites]
ops = "ops.fleet.localhost"
crew = "crew.fleet.localhost"
guest = "guest.fleet.localhost"
[owner]
email = "owner@fleet.example"
[mail]
from = "Fleet Charters <bookings@fleet.example>"
[pay.captain]
rate = "50.00"
[pay.crew]
rate = "25.00"
[fees]
port_tax_percent = "18"
""" + "".join(f"""
[[vessels]]
id = "{id}"
name = "{name}"
dock = "{dock}"
passengers_max = 12
turnaround_minutes = 60
""" for id, (name, dock) in VESSELS.items()) + "".join(f"""
[[crew]]
id = "{id}"
name = "{name}"
email = "{id}@crew.example"
roles = ["captain", "crew"]
""" for id, name in PEOPLE.items())


@dataclasses.dataclass
class Trip:
    """What a charter says. Each accepted change is one revision; one of the books alone is no new
    fact, and nobody is told."""
    vessel: str
    starts: datetime.datetime  # at the dock
    minutes: int
    guest: dict  # name, email, party_size
    crew: list  # of (member, role)
    channel: str = "direct"
    title: str = ""  # "": made from channel and guest
    dock: str = ""  # "": the vessel's own
    crew_notes: str = ""
    guest_notes: str = ""
    charter: str = ""
    slug: str = ""
    former: list = dataclasses.field(default_factory=list)
    revision: int = 1
    facts_revision: int = 1
    status: str = "confirmed"

    def __post_init__(self):
        self.dock = self.dock or VESSELS[self.vessel][1]

    def copy(self):
        return copy.deepcopy(self)

    def says(self):
        """Everything but which revision it is."""
        return {name: value for name, value in dataclasses.asdict(self).items()
                if "revision" not in name}

    @property
    def is_cancelled(self):
        return self.status == "cancelled"

    @property
    def ends(self):
        return self.starts + datetime.timedelta(minutes=self.minutes)

    @property
    def boat(self):
        return VESSELS[self.vessel][0]

    @property
    def first_name(self):
        return self.guest["name"].split(" ")[0]

    @property
    def shown_title(self):
        return self.title or f"{self.channel.capitalize()} charter for {self.first_name}"

    @property
    def members(self):
        return [member for member, _ in self.crew]

    def overlaps(self, other, apart=datetime.timedelta()):
        return self.starts < other.ends + apart and other.starts < self.ends + apart

    def collides_with(self, other):
        """Both want the same boat, or somebody is wanted in two places."""
        if self.is_cancelled or other.is_cancelled:
            return False
        if self.vessel == other.vessel and self.overlaps(other, TURNAROUND):
            return True
        return bool(set(self.members) & set(other.members)) and self.overlaps(other)

    # Times as they are said

    @property
    def offset_times(self):
        return tuple(moment.replace(tzinfo=ZONE).isoformat() for moment in (self.starts, self.ends))

    @property
    def utc_times(self):
        return tuple(moment.replace(tzinfo=ZONE).astimezone(datetime.timezone.utc)
                     .strftime("%Y-%m-%dT%H:%M:%SZ") for moment in (self.starts, self.ends))

    @property
    def utc_months(self):
        """Those that it touches; an end on the first of a month at midnight does not."""
        last = (self.ends - datetime.timedelta(seconds=1)).replace(tzinfo=ZONE)
        return {self.utc_times[0][:7], f"{last.astimezone(datetime.timezone.utc):%Y-%m}"}

    @property
    def calendar_times(self):
        return tuple(f"{moment:%Y%m%dT%H%M%S}" for moment in (self.starts, self.ends))

    @property
    def day(self):
        return f"{self.starts:%A}, {self.starts.day} {self.starts:%B %Y}"

    @property
    def clocks(self):
        begin, end = (f"{moment:%I:%M %p}".lstrip("0") for moment in (self.starts, self.ends))
        return f"{begin} – {end} {self.starts.replace(tzinfo=ZONE):%Z}"

    @property
    def length(self):
        hours, minutes = divmod(self.minutes, 60)
        said = f"{hours} hour" + ("s" if hours > 1 else "")
        return said + (f" {minutes} minutes" if minutes else "")

    @property
    def when(self):
        return f"{self.day}, {self.clocks} ({self.length})"

    @property
    def party(self):
        return f"{self.first_name}’s party of {self.guest['party_size']}"

    @property
    def guest_count(self):
        count = self.guest["party_size"]
        return "1 guest" if count == 1 else f"{count} guests"

    # What each person has to know

    def facts_for_crew(self, member):
        facts = {"When": self.when, "Boat": self.boat, "Where": self.dock,
                 "Your role": dict(self.crew)[member], "Guests": self.party,
                 "Crew": ", ".join(f"{PEOPLE[who]} ({role})" for who, role in self.crew)}
        return facts | ({"Notes for the crew": self.crew_notes} if self.crew_notes else {})

    def facts_for_guest(self):
        facts = {"When": self.when, "Boat": self.boat, "Where": self.dock,
                 "Party": self.guest_count}
        return facts | ({"Notes": self.guest_notes} if self.guest_notes else {})
