"""One trip whose mails a suite hands to calendar programs: invited, moved an hour earlier, called off."""

import os
import pathlib
import unittest

import fairlead
from fairlead import EXAMPLES, Caller, House, example_booking, next_day, wait_for

DAY = next_day(5, 30)
NOTE_WAIT_SECONDS = 180  # a note of a change waits two minutes for more of them
READERS = {"crew_mail.{}.ana": "Crew: JADA (captain)", "guest_mail.{}": "JADA – JADA Charters"}


class MovingTrip(unittest.TestCase):
    def setUp(self):
        self.house = House(tenants=[])
        self.addCleanup(self.house.close)
        # Programs ask the resolver, and not every one knows names under localhost.
        jada = (EXAMPLES / "jada.toml").read_text().replace("ops.jada.localhost", "localhost")
        self.house.apply(self.house.write("jada.toml", jada))
        self.house.start()
        token = self.house.secrets["jada"]["dashboard_token"]
        self.owner = Caller(self.house, "localhost", X_Dashboard_Token=token)
        booked = self.owner.post("/bookings", example_booking())
        self.assertEqual(booked.status, 201, booked)
        self.charter = booked.json["charter"]
        wait_for(lambda: all(job["state"] == "done" for job in self.receipt()), "all is told")

    def receipt(self):
        return self.owner.get(f"/charters/{self.charter}/receipt").json["receipt"]

    def mail(self, name):
        return wait_for(lambda: self.house.mails().get(f"{self.charter}.{name}"), name)

    def part(self, name):
        part, = self.mail(name).parts("text/calendar")
        return part.get_payload(decode=True)

    def move(self):
        moved = self.owner.ask("PATCH", f"/charters/{self.charter}",
                               {"starts_at": f"{DAY}T15:30"}, If_Match='"1"')
        self.assertEqual(moved.status, 200, moved)

    def call_off(self):
        off = self.owner.post(f"/charters/{self.charter}/cancel", {"cause": "weather"})
        self.assertEqual(off.status, 200, off)

    def let_notes_go(self):
        """The server's next life, in which nobody waits for more changes any longer."""
        wait_for(lambda: [job["kind"] for job in self.receipt() if job["revision"] == 2].count(
            "crew_mail") == 3, "the notes are planned")
        port = self.house.port
        self.house.stop()
        self.house.environment = {
            "LD_PRELOAD": str(pathlib.Path(fairlead.binary).with_name("clock_ahead.so")),
            "FAIRLEAD_CLOCK_AHEAD": str(NOTE_WAIT_SECONDS),
            # This library comes before that of the sanitizers, where those are.
            "ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", "") + ":verify_asan_link_order=0"}
        self.house.start(port)

    def tell_all(self):
        """Everybody gets their three mails: revision 1 invites, 2 moves, 3 calls off."""
        self.move()
        self.let_notes_go()
        for mails in READERS:
            self.mail(mails.format(2))
        self.call_off()
