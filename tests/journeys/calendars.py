"""What real calendar programs make of our calendars, all from Debian: khal takes the parts of mails
by its import, vdirsyncer carries them to Radicale and on to a second device, and fetches the owner's
feed. A trip is invited, moved and called off; whoever looks sees one entry, as it is now.

None of them acts on METHOD:CANCEL by itself: khal shows as cancelled what it imported. To take the
entry out is then a mail program's part, played here: find its UID at the server, delete what is there.
`./dev prove evolution` shows a program that does that alone.
"""

import base64
import contextlib
import http.client
import re
import socket
import subprocess
import urllib.parse

from fairlead import PATIENCE, run_suite, wait_for
from received import CalendarFile
from moving_trip import DAY, READERS, MovingTrip


def run(program, *arguments, home, text=""):
    """What Debian's program prints, with a home of its own."""
    environment = {"HOME": str(home), "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8",
                   "XDG_RUNTIME_DIR": str(home), "TZ": "America/Los_Angeles"}
    done = subprocess.run([f"/usr/bin/{program}", *map(str, arguments)], input=text, text=True,
                          capture_output=True, timeout=60 * PATIENCE, env=environment)
    if done.returncode:
        raise AssertionError(f"{program} {arguments}: {done.stdout}{done.stderr}")
    return done.stdout


class Radicale:
    """A CalDAV server with one person's collection of trips."""

    def __init__(self, folder):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.path = "/ana/trips/"
        with open(folder / "radicale.log", "wb") as log:
            self.process = subprocess.Popen(
                ["/usr/bin/python3", "-m", "radicale", "--config", "", "--hosts",
                 f"127.0.0.1:{self.port}", "--auth-type", "none",
                 "--storage-filesystem-folder", str(folder / "collections")],
                stdout=log, stderr=log)

    def open(self):
        wait_for(self.answers, f"Radicale answers on {self.port}")
        self.ask("MKCALENDAR", self.path, expect=201)

    def close(self):
        self.process.terminate()
        self.process.wait()

    def answers(self):
        with contextlib.suppress(ConnectionRefusedError):
            return self.ask("OPTIONS", "/", expect=200) is not None
        return False

    def ask(self, method, path, body="", expect=207):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30 * PATIENCE)
        with contextlib.closing(connection):
            connection.request(method, path, body, {
                "Content-Type": "application/xml", "Depth": "1",
                "Authorization": "Basic " + base64.b64encode(b"ana:none").decode()})
            answer = connection.getresponse()
            text = answer.read().decode()
        if answer.status != expect:
            raise AssertionError(f"Radicale says {answer.status} to {method} {path}: {text}")
        return text

    def events(self):
        return CalendarFile(self.ask("GET", self.path, expect=200).encode()).events

    def find(self, uid):
        """Where the events of this UID are."""
        found = self.ask("REPORT", self.path, f"""<?xml version="1.0"?>
            <c:calendar-query xmlns="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav">
            <prop><getetag/></prop><c:filter><c:comp-filter name="VCALENDAR">
            <c:comp-filter name="VEVENT"><c:prop-filter name="UID">
            <c:text-match collation="i;octet">{uid}</c:text-match>
            </c:prop-filter></c:comp-filter></c:comp-filter></c:filter></c:calendar-query>""")
        return re.findall(r"<href>([^<]+)</href>", found)


class Device:
    """khal on a folder that vdirsyncer keeps level with a storage: a few lines of its settings."""

    def __init__(self, folder, storage):
        self.home, self.trips = folder, folder / "trips"
        self.trips.mkdir(parents=True)
        self.khal_settings, self.sync_settings = folder / "khal.conf", folder / "vdirsyncer.conf"
        self.khal_settings.write_text(f"""
[calendars]
[[trips]]
path = {self.trips}
[locale]
local_timezone = America/Los_Angeles
default_timezone = America/Los_Angeles
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[sqlite]
path = {folder / "khal.db"}
""")
        self.sync_settings.write_text(f"""
[general]
status_path = "{folder / "status"}"
[pair trips]
a = "here"
b = "there"
collections = null
conflict_resolution = "b wins"
[storage here]
type = "filesystem"
path = "{self.trips}"
fileext = ".ics"
[storage there]
{storage}
""")
        self.vdirsyncer("discover")

    def vdirsyncer(self, *arguments):
        run("vdirsyncer", "-c", self.sync_settings, *arguments, home=self.home, text="y\n" * 4)

    def khal(self, *arguments):
        return run("khal", "-c", self.khal_settings, *arguments, home=self.home)

    def take(self, calendar):
        file = self.home / "arrived.ics"
        file.write_bytes(calendar)
        self.khal("import", "--batch", "-a", "trips", file)

    def sync(self):
        # Emptying a whole calendar is asked about otherwise.
        self.vdirsyncer("sync", "--force-delete")

    def shows(self):
        """What the day and its neighbours hold: "16:30-19:30 CANCELLED title"."""
        listed = self.khal("list", "--format", "{start-time}-{end-time} {cancelled}{title}",
                           "--day-format", "", f"{DAY}", "2d")
        return [line for line in listed.splitlines() if line]


class CalendarPrograms(MovingTrip):
    def setUp(self):
        super().setUp()
        self.server = Radicale(self.house.folder)
        self.addCleanup(self.server.close)
        self.server.open()

    def device(self, name, storage=None):
        return Device(self.house.folder / name, storage or f"""type = "caldav"
url = "http://127.0.0.1:{self.server.port}{self.server.path}"
username = "ana"
password = "none"
""")

    def ways_of(self, title):
        """What is done to the trip, and what the day shows then."""
        return [(lambda: None, f"16:30-19:30 {title}"), (self.move, f"15:30-18:30 {title}"),
                (self.call_off, f"15:30-18:30 CANCELLED Cancelled: {title}")]

    def assert_follows(self, mails, title):
        """Of one person's three mails, as they come: invited, moved, called off."""
        uid = f"{self.charter}@guest.jada.localhost"
        first, second = self.device(f"{title}-1"), self.device(f"{title}-2")
        for sequence, (mail, (_, entry)) in enumerate(zip(mails, self.ways_of(title))):
            first.take(self.part(mail))
            for device in (first, second):
                device.sync()
                self.assertEqual(device.shows(), [entry], mail)
            event, = self.server.events()
            self.assertEqual((event["UID"], event["SEQUENCE"]), (uid, str(sequence)), mail)
        cancel = CalendarFile(self.part(mails[2]))
        self.assertIn("METHOD:CANCEL", cancel.lines)
        place, = self.server.find(cancel.events[0]["UID"])
        self.server.ask("DELETE", place, expect=200)
        for device in (first, second):
            device.sync()
            self.assertEqual(device.shows(), [])

    def test_mails_move_the_entry_and_end_it(self):
        self.tell_all()
        for mails, title in READERS.items():
            self.assert_follows([mails.format(revision) for revision in (1, 2, 3)], title)

    def test_the_owners_feed_follows(self):
        feed = urllib.parse.urlsplit(self.owner.get("/calendar/key").json["url"])
        desk = self.device("desk", f"""type = "http"
url = "http://localhost:{self.house.port}{feed.path}?{feed.query}"
""")
        for change, entry in self.ways_of("Boatsetter charter for Dana"):
            change()
            desk.sync()
            self.assertEqual(desk.shows(), [entry])

    def test_the_guests_file_follows(self):
        phone = self.device("phone")
        for change, entry in self.ways_of("JADA – JADA Charters"):
            change()
            phone.take(self.house.guest().get("/g/boatsetter-may-30.ics").body)
            self.assertEqual(phone.shows(), [entry])


if __name__ == "__main__":
    run_suite()
