"""What is under way when the process dies. An operation is one function: it asks through the ledger,
which notes what was asked before it asks, and what was answered.

Each starts from a data folder that was prepared without faults: `operator` (a tenant, nothing more),
`planned` (a booking whose jobs have not run), `booked` (a booking, all of its jobs done), `moved` (one
that moved afterwards and got another page, of which nobody was told yet), `seeking` (one with an open
seat, which two people were asked for), `empty`.
"""

import dataclasses
import datetime
import http.client
import json
import pathlib
import subprocess
import sys
import urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "journeys"))

import fairlead  # noqa: E402: found through the line above
from remains import Asked  # noqa: E402
from artefacts import Artefacts  # noqa: E402
from fairlead import EXAMPLES, example_booking, next_day  # noqa: E402
from trips import Trip  # noqa: E402

BOUNDARY = "the-form-of-a-guest"
GONE = (OSError, http.client.HTTPException, ValueError)  # how a caller sees that the process died


class Ledger:
    def __init__(self):
        self.asked = []

    def ask(self, verb, wanted, call):
        asked = Asked(verb, wanted)
        self.asked.append(asked)
        answer = call()
        if answer.status >= 300:
            raise AssertionError(f"{verb} is answered {answer}")
        asked.answer = answer.json if answer.body else {}

    def change(self, house, revision, **changes):
        """Of a charter of that revision, unless it was answered before. That it has the next one by
        now is heard by a caller who asks once more, because no answer came."""
        wanted = {"charter": house.charter, **changes}
        if any(one.wanted == wanted and one.acknowledged for one in self.asked):
            return
        asked = Asked("change", wanted)
        self.asked.append(asked)
        answer = house.owner().ask("PATCH", f"/charters/{house.charter}", changes,
                                   If_Match=f'"{revision}"')
        is_made = answer.status == 412 and answer.headers["ETag"] == f'"{revision + 1}"'
        if answer.status != 200 and not is_made:
            raise AssertionError(f"{changes} is answered {answer}")
        asked.answer = {}


    def say(self, house, member, answer):
        """To the seat that a member was asked for, unless that was heard before."""
        wanted = {"charter": house.charter, "member": member, "answer": answer}
        if any(one.wanted == wanted and one.acknowledged for one in self.asked):
            return
        link = next(mail.magic_link for name, mail in house.mails().items()
                    if name.startswith(f"{house.charter}.seat_ask.") and name.endswith(member))
        caller, page = house.crew(link)
        self.ask("seat", wanted, lambda: caller.post(f"{page}/answer", {"answer": answer}))


@dataclasses.dataclass
class Operation:
    name: str
    start_from: str
    mail: str  # "server", or "maildrop"
    run: object  # (house, ledger); the house's server is running
    # What is wrong with what the outside sees in the end: (house, the mail server's mails) to a list.
    look: object = None
    repeats: bool = False  # whoever asked asks again in the next life, until it is done
    hours: int = 0  # by how much the clock is ahead
    rests_within: float = 1  # hours; what is due later is none of its own
    varies: bool = False  # who is quicker decides which points it passes


OPERATIONS = {}


def operation(start_from, mail="server", **more):
    def note(run):
        name = run.__name__
        OPERATIONS[name] = Operation(name, start_from, mail, run, **more)
        return run
    return note


def post_booking(house, ledger, **changes):
    wanted = example_booking(**changes)
    ledger.ask("booking", wanted,
               lambda: house.owner().post("/bookings", wanted, Idempotency_Key="booking-1"))


def an_hour_earlier(house, taken):
    """The example, moved from 16:30 to 15:30 and its page renamed: every place says so, and everybody
    knows, from one note at most."""
    booked = example_booking()
    guest = {name: booked["guest"][name] for name in ("name", "email", "party_size")}
    trip = Trip(
        "jada", datetime.datetime.fromisoformat(MOVE["starts_at"]), 180, guest,
        [(seat["member"], seat["role"]) for seat in booked["crew"]], "boatsetter",
        dock="Harbor Island, west dock", crew_notes=booked["crew_notes"],
        guest_notes=booked["guest_notes"], charter=house.charter, slug=RENAME["slug"],
        former=["boatsetter-may-30"], revision=3, facts_revision=3)
    mails = {**house.mails(), **{mail["X-Fairlead-Id"]: mail for _, mail in taken}}
    artefacts = Artefacts(house, "jada", (next_day(5, 30),) * 2, "JADA Charters", mails)
    many = [name for name in mails if len(
        [other for other in mails if other.split(".")[4:] == name.split(".")[4:]
         and other.split(".")[2] == name.split(".")[2]]) > 2]
    return artefacts.stale(trip) + [f"more than an invitation and a note: {many}"] * bool(many)


@operation("operator")
def booking(house, ledger):
    post_booking(house, ledger)


@operation("operator", mail="maildrop")
def booking_to_maildrop(house, ledger):
    post_booking(house, ledger)


@operation("booked")
def upload(house, ledger):
    """A guest asks for a form and posts a photo with it."""
    photo = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 800
    slug, key = house.booked["slug"], house.booked["guest_link"].split("#k=")[1]
    form = house.guest().post(f"/g/{slug}/photos/presign", {
        "key": key, "filename": "bow.jpg", "content_type": "image/jpeg",
        "bytes": len(photo)}).json
    file = (f"--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; "
            "filename=\"bow.jpg\"\r\nContent-Type: image/jpeg\r\n\r\n")
    body = "".join([*map(form_field, form["fields"].items()), file]).encode() + photo
    wanted = {"charter": house.charter, "photo": pathlib.PurePath(form["key"]).stem,
              "bytes": len(photo)}
    ledger.ask("upload", wanted, lambda: house.guest().post(
        urllib.parse.urlsplit(form["url"]).path, body + f"\r\n--{BOUNDARY}--\r\n".encode(),
        Content_Type=f"multipart/form-data; boundary={BOUNDARY}"))


def form_field(field):
    name, value = field
    return f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'


@operation("operator")
def event(house, ledger):
    day = next_day(6, 30)
    # Over the end of UTC's month: two months of the calendar, of the boat and of each person.
    wanted = {"vessel": "jada", "title": "Night sail", "starts_at": f"{day}T15:00",
              "ends_at": f"{day}T19:30", "notes": "Bring a torch",
              "crew": [{"member": "ana", "role": "captain"}, {"member": "ben", "role": "crew"}]}
    ledger.ask("event", wanted,
               lambda: house.service().post("/events", wanted, Idempotency_Key="event-1"))


def crew_member(house, member):
    link = house.mails()[f"{house.charter}.crew_mail.1.{member}"].magic_link
    return house.crew(link)


@operation("booked")
def answer(house, ledger):
    ana, page = crew_member(house, "ana")
    wanted = {"charter": house.charter, "member": "ana", "answer": "yes"}
    ledger.ask("answer", wanted, lambda: ana.post(f"{page}/answer", {"answer": "yes"}))


@operation("booked")
def tick(house, ledger):
    ben, page = crew_member(house, "ben")
    for item in ("d1", "d2"):
        wanted = {"charter": house.charter, "item": item, "done": True}
        ledger.ask("tick", wanted,
                   lambda item=item: ben.post(f"{page}/checklist/{item}", {"done": True}))


A_MOMENT = 0.02  # hours: jobs that run, and not what comes some minutes later
OPEN_SEAT = [{"member": "ana", "role": "captain"}, {"role": "crew"}]


@operation("operator", rests_within=A_MOMENT)
def seek(house, ledger):
    """Two are asked for a seat, and nobody answers."""
    post_booking(house, ledger, crew=OPEN_SEAT)


@operation("seeking", repeats=True, rests_within=A_MOMENT)
def join(house, ledger):
    """One of the two says yes: the seat is theirs, and the other hears that it is taken."""
    ledger.say(house, "cleo", "yes")


@operation("seeking", repeats=True, rests_within=A_MOMENT)
def decline_and_join(house, ledger):
    ledger.say(house, "cleo", "no")
    ledger.say(house, "ben", "yes")


@operation("planned")
def publish(house, ledger):
    """The server starts, and publishes and mails what a command has booked."""


@operation("booked")
def replay(house, ledger):
    job = f"{house.charter}.guest_mail.1"
    ledger.ask("replay", {"job": job}, lambda: house.owner().post(f"/jobs/{job}/replay", b""))


MOVE = {"starts_at": f"{next_day(5, 30)}T15:30"}
RENAME = {"slug": "danas-day"}


@operation("booked", look=an_hour_earlier, repeats=True, rests_within=A_MOMENT)
def move_and_rename(house, ledger):
    ledger.change(house, 1, **MOVE)
    ledger.change(house, 2, **RENAME)


@operation("booked", look=an_hour_earlier, repeats=True, rests_within=A_MOMENT)
def rename_and_move(house, ledger):
    ledger.change(house, 1, **RENAME)
    ledger.change(house, 2, **MOVE)


@operation("planned", look=an_hour_earlier, repeats=True, rests_within=A_MOMENT, varies=True)
def move_and_publish(house, ledger):
    """While its page and its mails are under way: some may tell the old time, and are followed."""
    move_and_rename(house, ledger)


@operation("moved", look=an_hour_earlier, hours=3)
def tell(house, ledger):
    """The notes of a change leave."""


@operation("empty", mail="maildrop")
def apply(house, ledger):
    """The very first command: folder, key, database, operator. The server runs afterwards."""
    asked = Asked("apply", {})
    ledger.asked.append(asked)
    done = subprocess.run(
        [fairlead.binary, "tenant", "apply", str(EXAMPLES / "jada.toml"), "--json",
         "--data", str(house.data)], env=house.full_environment(), capture_output=True, text=True)
    if done.returncode != 0:
        raise ConnectionError(f"the command ended with {done.returncode}: {done.stderr}")
    asked.answer = json.loads(done.stdout)
