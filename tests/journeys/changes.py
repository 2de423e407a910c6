"""A trip that was told to everybody, on the built binary: moved and renamed, its captain replaced,
called off and its slot booked again. After each step every place that shows it says the same; and so
does every mail, two minutes later by the server's own clock."""

import time
import unittest
import urllib.parse

from artefacts import newest_objects
from fairlead import Caller, House, example_booking, next_day, run_suite, wait_for
from received import CalendarFile

DAY = next_day(5, 30)
SLUG = "boatsetter-may-30"
BEFORE = ("4:30 PM", "7:30 PM", "16:30", "19:30", "T163000", "T193000", "23:30:00Z", "T02:30:00Z")
NEW = "3:30 PM|15:30|T153000"


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

    def places(self, reader, slug=SLUG):
        caller, address = reader
        service, days = self.house.service(), f"?from={DAY}&to={DAY}"
        return {
            "page": self.guest.get(f"/g/{slug}.html").text,
            "file": self.guest.get(f"/g/{slug}.ics").text,
            "crew page": caller.get(address).text, "feed": self.feed(),
            "calendar": self.owner.get(f"/calendar{days}").text,
            "charter": self.owner.get(f"/charters/{self.charter}").text,
            "charters": self.owner.get(f"/charters{days}").text,
            "event": service.get(f"/events/{self.charter}").text,
            "events": service.get(f"/events{days}").text,
        }

    def published(self):
        """The objects of the page, as its last job has left them."""
        wait_for(lambda: all(job["state"] != "planned" for job in self.house.receipt(self.charter)
                             if job["kind"] == "guest_page"), "the page is published")
        return {name: raw.decode() for name, raw in newest_objects(self.house, "jada").items()}

    def look(self, shown, new, old):
        for name, text in shown.items():
            self.assertRegex(text, new, name)
            for before in old:
                self.assertNotIn(before, text, name)

    def test_an_hour_earlier_under_another_name(self):
        """I-02, as it should have been. Who was told hears once of all that changed."""
        cleo = self.house.crew(self.mail("crew_mail.1.cleo").magic_link)
        moved = self.patch(1, starts_at=f"{DAY}T15:30")
        self.assertEqual((moved.status, moved.headers["ETag"]), (200, '"2"'), moved)
        self.look(self.places(cleo), NEW, BEFORE)
        self.look(self.published(), NEW, BEFORE)
        renamed = self.patch(2, slug="danas-day")
        self.assertEqual(renamed.status, 200, renamed)
        self.look(self.places(cleo, "danas-day"), NEW, BEFORE)
        self.assertEqual(set(self.published()), {"danas-day.html", "danas-day.ics"})
        self.look(self.published(), NEW, BEFORE)
        for name in (SLUG, "XHQGMDH"):
            for end in ("html", "ics"):
                led = self.guest.get(f"/g/{name}.{end}")
                self.assertEqual((led.status, led.headers["Location"]),
                                 (308, f"/g/danas-day.{end}"), name)
        stale = self.patch(1, starts_at=f"{DAY}T14:30")
        self.assertEqual((stale.status, stale.headers["ETag"]), (412, '"3"'), stale)
        self.assertEqual(self.house.mail_count(), 3, "a burst has two minutes")

        self.house.later(150)
        receipt = self.house.finished_receipt(self.charter)
        self.assertLessEqual({job["state"] for job in receipt}, {"done", "stale"})
        notes = {mail["To"]: mail for name, mail in self.house.mails().items()
                 if "_mail.1" not in name}
        self.assertEqual(len(notes), self.house.mail_count() - 3, "one for each")
        self.assertEqual(set(notes), {"Ana Reyes <ana@crew.example>",
                                      "Cleo Lindgren <cleo@crew.example>",
                                      "Dana Whitfield <dana@guest.example>"})
        for to, note in notes.items():
            self.assertIn("4:30 PM – 7:30 PM PDT (3 hours) → ", note.text, to)
            self.assertIn("3:30 PM – 6:30 PM PDT", note.text.split("What changed")[0], to)
            self.assertIn("3:30 PM PDT", note["Subject"], to)
            file = CalendarFile(note.part("text/calendar"))
            self.assertIn("METHOD:REQUEST", file.lines)
            event = file.events[0]
            self.assertEqual(event["DTSTART;TZID=America/Los_Angeles"],
                             f"{DAY:%Y%m%d}T153000", to)
            self.assertGreater(int(event["SEQUENCE"]), 0, to)
            self.assertEqual(event["UID"], f"{self.charter}@guest.jada.localhost", to)
        self.assertIn("/g/danas-day.html#k=", notes["Dana Whitfield <dana@guest.example>"].text)

    def test_another_captain(self):
        link = urllib.parse.urlsplit(self.mail("crew_mail.1.ana").magic_link)
        ana = Caller(self.house, link.hostname)
        self.assertEqual(ana.get(link.path).status, 303)
        swapped = self.patch(1, crew=crew(("ben", "captain"), ("cleo", "crew")))
        begin = time.monotonic()
        self.assertEqual(swapped.status, 200, swapped)
        wait_for(lambda: ana.get(link.path).status == 404, "the old link ends", 1)
        print(f"the old captain's link ends within {1000 * (time.monotonic() - begin):.0f} ms")
        ben = self.house.crew(self.mail("crew_mail.2.ben").magic_link)
        cleo = self.house.crew(self.mail("crew_mail.1.cleo").magic_link)
        crewed = ("crew page", "charter", "charters", "event", "events")
        for reader in (ben, cleo):
            places = self.places(reader)
            self.look(places, ".", ("Ana Reyes", '"ana"'))
            self.look({name: places[name] for name in crewed}, 'Ben Okafor|"ben"', ())
        self.look(self.published(), ".", ("Ana", "Reyes"))

        self.house.later(150)
        self.house.finished_receipt(self.charter)
        farewell = self.mail("crew_mail.2.ana")
        self.assertIn("METHOD:CANCEL", CalendarFile(farewell.part("text/calendar")).lines)
        self.assertNotIn("/c/", farewell.text, "no dead link")
        self.assertNotIn("Ana", self.mail("crew_mail.2.ben").text)
        self.assertIn("Ana Reyes (captain), Cleo Lindgren (crew) → Ben Okafor (captain), Cleo",
                      self.mail("crew_mail.2.cleo").text)
        told = [name for name in self.house.mails() if ".guest_mail." in name]
        self.assertEqual(told, [f"{self.charter}.guest_mail.1"], "guests see no crew")

    def test_called_off_and_booked_again(self):
        cleo = self.house.crew(self.mail("crew_mail.1.cleo").magic_link)
        self.patch(1, starts_at=f"{DAY}T15:30")
        off = self.owner.post(f"/charters/{self.charter}/cancel", {"cause": "weather"})
        self.assertEqual((off.status, off.json["status"]), (200, "cancelled"), off)
        places = self.places(cleo)
        for name in ("page", "file", "crew page", "feed", "calendar", "event"):
            self.assertIn("cancelled", places[name].lower(), name)
        for name in ("crew_mail.3.ana", "crew_mail.3.cleo", "guest_mail.3"):
            file = CalendarFile(self.mail(name).part("text/calendar"))
            self.assertIn("METHOD:CANCEL", file.lines, name)
            self.assertEqual(int(file.events[0]["SEQUENCE"]), 2, name)

        again = self.owner.post("/bookings", example_booking(reference="AGAIN01"))
        self.assertEqual(again.status, 201, again)
        self.assertEqual(again.json["slug"], f"{SLUG}-2")
        self.assertEqual(len(CalendarFile(self.feed()).events), 2)


if __name__ == "__main__":
    run_suite()
