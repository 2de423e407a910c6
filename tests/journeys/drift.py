"""What tells of a trip, held against the trip on the built binary: by the owner's address, by the
command, and each night by itself."""

import json
import unittest

from artefacts import newest_objects
from fairlead import House, example_booking, next_day, run_suite, wait_for

PAGE, FILE = "boatsetter-may-30.html", "boatsetter-may-30.ics"
A_NIGHT = 25 * 3600


class Drift(unittest.TestCase):
    def setUp(self):
        self.house = House(tenants=["jada"])
        self.addCleanup(self.house.close)
        self.house.start()
        self.owner = self.house.owner()
        booked = self.owner.post("/bookings", example_booking())
        self.assertEqual(booked.status, 201, booked)
        self.charter = booked.json["charter"]
        self.house.finished_receipt(self.charter)
        self.right = self.objects()

    def objects(self):
        return newest_objects(self.house, "jada")

    def write_over(self, name, text):
        """As somebody with a hand in the folder would: one more version."""
        versions = self.house.data / "objects" / "jada" / f"@{name}"
        newest = max(int(one.name) for one in versions.iterdir())
        (versions / str(newest + 1)).write_bytes(b"text/html; charset=utf-8\n" + text)

    def states(self):
        artefacts = self.owner.get(f"/charters/{self.charter}/receipt").json["artefacts"]
        return {(one["kind"], one["to"]): one["state"] for one in artefacts}

    def stale(self):
        return {kind for (kind, _), state in self.states().items() if state == "stale"}

    def check_of_the_trip(self):
        """The first check was made when there was none yet."""
        last = self.owner.get("/drift").json["last_check"]
        return last if last and last["charters"] else None

    def wait_until_right(self):
        wait_for(lambda: set(self.states().values()) == {"current"}, "all is current", 20)
        self.assertEqual(self.objects(), self.right)

    def test_all_is_current_and_of_its_revision(self):
        for artefact in self.owner.get(f"/charters/{self.charter}/receipt").json["artefacts"]:
            self.assertEqual((artefact["state"], artefact["rendered_revision"]), ("current", 1),
                             artefact)
        done = self.house.run("drift", "jada")
        self.assertEqual(done.stdout, "1 charters, 9 artefacts, 0 stale\n")

    def test_the_command_finds_and_renews(self):
        self.write_over(PAGE, b"<p>4:30 PM</p>")
        self.assertEqual(self.stale(), {"guest_page"})
        drift = self.owner.get("/drift").json
        self.assertEqual([one["charter"] for one in drift["charters"]], [self.charter])
        found = json.loads(self.house.run("drift", "jada", "--json", expect=1).stdout)
        self.assertEqual((found["charters"], found["stale"]), (1, 1))
        self.assertEqual(found["findings"][0]["to"], PAGE)
        self.wait_until_right()
        self.house.run("drift", "jada")
        self.assertIn("no tenant", self.house.run("drift", "nobody", expect=1).stderr)

    def test_the_owner_renews(self):
        self.write_over(FILE, b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")
        self.write_over(PAGE, b"")
        self.assertEqual(self.stale(), {"guest_page", "guest_calendar"})
        renewed = self.owner.post(f"/charters/{self.charter}/renew", b"")
        self.assertEqual((renewed.status, len(renewed.json["renewed"])), (200, 2), renewed)
        self.wait_until_right()

    def test_a_night_finds_it_without_anybody(self):
        self.write_over(PAGE, b"<p>4:30 PM</p>")
        self.house.later(A_NIGHT)
        last = wait_for(self.check_of_the_trip, "a night's check", 20)
        self.assertEqual((last["complete"], last["charters"], last["stale"]), (True, 1, 1), last)
        self.assertEqual(last["findings"][0]["charter"], self.charter)
        self.wait_until_right()
        self.assertIn("what tells of charters was stale", self.house.log())

    def test_a_trip_that_moves_is_due_and_then_current(self):
        day = next_day(5, 30)
        moved = self.owner.ask("PATCH", f"/charters/{self.charter}",
                               {"starts_at": f"{day}T15:30"}, If_Match='"1"')
        self.assertEqual(moved.status, 200, moved)
        self.assertEqual(self.stale(), set())
        self.house.later(180)
        wait_for(lambda: set(self.states().values()) == {"current"}, "all is current", 20)
        artefacts = self.owner.get(f"/charters/{self.charter}/receipt").json["artefacts"]
        self.assertEqual({one["rendered_revision"] for one in artefacts}, {2}, artefacts)


if __name__ == "__main__":
    run_suite()
