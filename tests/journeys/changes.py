"""A trip's whole way on the built binary: booked, told, moved, its captain replaced, called off, and its
slot booked again. After each step every place that shows it says the same."""

import unittest
import urllib.parse

from fairlead import CalendarFile, Caller, House, example_booking, next_day, run_suite, wait_for

DAY = next_day(5, 30)
PAGE, FILE = "/g/boatsetter-may-30.html", "/g/boatsetter-may-30.ics"
BEFORE = ("4:30 PM", "T16:30", "T163000", "23:30:00Z")


def crew(*seats):
    return [{"member": member, "role": role} for member, role in seats]


class Changes(unittest.TestCase):
    def setUp(self):
        self.house = House(tenants=["jada"])
        self.addCleanup(self.house.close)
        self.house.start()
        self.owner, self.guest = self.house.owner(), self.house.guest()
        booked = self.owner.post("/bookings", example_booking(
            crew=crew(("ana", "captain"), ("cleo", "crew"))))
        self.assertEqual(booked.status, 201, booked)
        self.charter = booked.json["charter"]
        self.house.finished_receipt(self.charter)

    def patch(self, revision, **changes):
        return self.owner.ask("PATCH", f"/charters/{self.charter}", changes,
                              If_Match=f'"{revision}"')

    def mail(self, name):
        return wait_for(lambda: self.house.mails().get(f"{self.charter}.{name}"), name)

    def feed(self):
        address = urllib.parse.urlsplit(self.owner.get("/calendar/key").json["url"])
        return self.owner.get(f"{address.path}?{address.query}").text

    def places(self, reader):
        caller, address = reader
        return {
            "page": self.guest.get(PAGE).text, "file": self.guest.get(FILE).text,
            "crew page": caller.get(address).text, "feed": self.feed(),
            "calendar": self.owner.get(f"/calendar?from={DAY}&to={DAY}").text,
            "event": self.house.service().get(f"/events/{self.charter}").text,
        }

    def published(self):
        """What the object store has last of the page, as its job has left it."""
        wait_for(lambda: all(job["state"] != "planned" for job in self.house.receipt(self.charter)
                             if job["kind"] == "guest_page"), "the page is published")

    def test_the_whole_way(self):
        link = self.mail("crew_mail.1.ana").magic_link
        cleo = self.house.crew(self.mail("crew_mail.1.cleo").magic_link)

        moved = self.patch(1, starts_at=f"{DAY}T15:30")
        self.assertEqual((moved.status, moved.headers["ETag"]), (200, '"2"'), moved)
        for name, shown in self.places(cleo).items():
            for before in BEFORE:
                self.assertNotIn(before, shown, name)
            self.assertRegex(shown, "3:30 PM|T15:?30", name)
        self.published()
        stale = self.patch(1, starts_at=f"{DAY}T14:30")
        self.assertEqual((stale.status, stale.headers["ETag"]), (412, '"2"'), stale)
        told = [job for job in self.house.receipt(self.charter)
                if job["kind"].endswith("_mail") and job["revision"] == 2]
        self.assertEqual({job["to"] for job in told},
                         {"ana@crew.example", "cleo@crew.example", "dana@guest.example"})
        self.assertEqual({job["state"] for job in told}, {"planned"}, "a burst has two minutes")

        swapped = self.patch(2, crew=crew(("ben", "captain"), ("cleo", "crew")))
        self.assertEqual(swapped.status, 200, swapped)
        parts = urllib.parse.urlsplit(link)
        self.assertEqual(Caller(self.house, parts.hostname).get(parts.path).status, 404)
        ben = self.house.crew(self.mail("crew_mail.3.ben").magic_link)
        for reader in (ben, cleo):
            for name, shown in self.places(reader).items():
                self.assertNotIn("Ana Reyes", shown, name)
        self.assertIn("Ben Okafor", self.places(cleo)["crew page"])
        farewell = CalendarFile(self.mail("crew_mail.3.ana").part("text/calendar"))
        self.assertIn("METHOD:CANCEL", farewell.lines)

        off = self.owner.post(f"/charters/{self.charter}/cancel", {"cause": "weather"})
        self.assertEqual((off.status, off.json["status"]), (200, "cancelled"), off)
        places = self.places(ben)
        for name in ("page", "file", "crew page", "feed", "calendar", "event"):
            self.assertIn("cancelled", places[name].lower(), name)
        for name in ("crew_mail.4.ben", "crew_mail.4.cleo", "guest_mail.4"):
            file = CalendarFile(self.mail(name).part("text/calendar"))
            self.assertIn("METHOD:CANCEL", file.lines, name)
            self.assertGreaterEqual(int(file.events[0]["SEQUENCE"]), 3, name)

        again = self.owner.post("/bookings", example_booking(reference="AGAIN01"))
        self.assertEqual(again.status, 201, again)
        self.assertEqual(again.json["slug"], "boatsetter-may-30-2")
        self.assertEqual(len(CalendarFile(self.feed()).events), 2)


if __name__ == "__main__":
    run_suite()
