"""What is under way when the process dies. An operation is one function: it asks through the ledger,
which notes what was asked before it asks, and what was answered.

Each starts from a data folder that was prepared without faults: `operator` (a tenant, nothing more),
`planned` (a booking whose jobs have not run), `booked` (a booking, all of its jobs done), `empty`.
"""

import dataclasses
import http.client
import json
import pathlib
import subprocess
import sys
import urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "journeys"))

import fairlead  # noqa: E402: found through the line above
from remains import Asked  # noqa: E402
from fairlead import EXAMPLES, example_booking, next_day  # noqa: E402

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


@dataclasses.dataclass
class Operation:
    name: str
    start_from: str
    mail: str  # "server", or "maildrop"
    run: object  # (house, ledger); the house's server is running


OPERATIONS = {}


def operation(start_from, mail="server"):
    def note(run):
        name = run.__name__
        OPERATIONS[name] = Operation(name, start_from, mail, run)
        return run
    return note


def post_booking(house, ledger):
    wanted = example_booking()
    ledger.ask("booking", wanted,
               lambda: house.owner().post("/bookings", wanted, Idempotency_Key="booking-1"))


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


@operation("planned")
def publish(house, ledger):
    """The server starts, and publishes and mails what a command has booked."""


@operation("booked")
def replay(house, ledger):
    job = f"{house.charter}.guest_mail.1"
    ledger.ask("replay", {"job": job}, lambda: house.owner().post(f"/jobs/{job}/replay", b""))


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
