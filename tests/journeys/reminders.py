"""Reminders on the built binary, with its clock moved: a trip is booked, days pass, and the mails lie
in the maildrop at the right hours and say what stands then."""

import datetime
import re
import time
import unittest
import zoneinfo

from fairlead import House, example_booking, run_suite, wait_for

ZONE = zoneinfo.ZoneInfo("America/Los_Angeles")
BEFORE = 5  # seconds: in which the server starts anew, and nothing leaves


class Reminders(unittest.TestCase):
    def setUp(self):
        self.house = House(tenants=["jada"])
        self.addCleanup(self.house.close)
        self.house.start()
        self.owner = self.house.owner()

    def day(self, ahead):
        return (datetime.datetime.now(ZONE) + datetime.timedelta(days=ahead)).date()

    def book(self, clock, ahead=9, **changes):
        """A trip on the dock's clock so many days ahead; everybody has been told of it."""
        booking = example_booking(starts_at=f"{self.day(ahead)}T{clock}", **changes)
        booked = self.owner.post("/bookings", booking)
        self.assertEqual(booked.status, 201, booked)
        self.charter = booked.json["charter"]
        self.house.finished_receipt(self.charter)
        self.crew = len(booking["crew"])

    def instant(self, ahead, clock):
        hour, minute = map(int, clock.split(":"))
        return datetime.datetime.combine(
            self.day(ahead), datetime.time(hour, minute), ZONE).timestamp()

    def moved_to(self, instant):
        self.house.later(round(instant - time.time()) - self.house.ahead)

    def reminders(self):
        """By "crew_reminder.1.24.ana", without the charter."""
        return {job.removeprefix(self.charter + "."): mail for job, mail in
                self.house.mails().items() if job.startswith(self.charter) and "_reminder." in job}

    def comes_at(self, ahead, clock, hours, revision=1):
        """Not before that moment, and then to everybody."""
        known = self.reminders()
        self.moved_to(self.instant(ahead, clock) - BEFORE)
        self.assertEqual(self.reminders().keys(), known.keys())

        def all_there():
            new = {job: mail for job, mail in self.reminders().items() if job not in known}
            return new if len(new) == self.crew + 1 else None
        new = wait_for(all_there, f"the reminders of {hours} hours before", 30)
        self.assertGreaterEqual(time.time() + self.house.ahead, self.instant(ahead, clock))
        for job in new:
            self.assertTrue(re.fullmatch(
                rf"(crew_reminder\.{revision}\.{hours}\.\w+|guest_reminder\.{revision}\.{hours})",
                job), job)
        self.house.finished_receipt(self.charter)
        return new

    def messages(self, state):
        return [one for one in self.owner.get(f"/charters/{self.charter}/messages").json["messages"]
                if one["state"] == state]

    def test_come_a_week_a_day_and_three_hours_before(self):
        self.book("15:00")
        promised = [(one["kind"], one["leaves_at"]) for one in self.messages("planned")]
        self.assertEqual(len(promised), 3 * (self.crew + 1))
        week = self.comes_at(2, "15:00", 168)
        day = self.comes_at(8, "15:00", 24)
        soon = self.comes_at(9, "12:00", 3)
        self.assertEqual(self.messages("planned"), [])
        guest = day["guest_reminder.1.24"]
        self.assertIn("Reminder: JADA", guest["Subject"])
        self.assertIn("3:00 PM", guest["Subject"])
        self.assertEqual(guest["In-Reply-To"],
                         self.house.mails()[f"{self.charter}.guest_mail.1"]["Message-ID"])
        self.assertEqual(guest.parts("text/calendar"), [])
        with_weather = [job for job, mail in {**week, **day, **soon}.items()
                        if "Weather for your hours" in mail.text]
        self.assertEqual(sorted(with_weather),
                         sorted(job for job in day if job.startswith("crew_")))
        crew = next(mail for job, mail in day.items() if job.startswith("crew_"))
        self.assertIn("your answer is still open", crew.text)
        link = re.search(r"http\S+/c/\S+", crew.text)[0]
        self.house.crew(link)

    def test_an_early_trip_is_reminded_of_in_the_evening_and_says_what_stands_then(self):
        self.book("15:00")
        moved = self.owner.ask("PATCH", f"/charters/{self.charter}",
                               {"starts_at": f"{self.day(9)}T08:00"}, If_Match='"1"')
        self.assertEqual(moved.status, 200, moved)
        planned = self.messages("planned")
        self.assertEqual({one["quiet"] for one in planned if one.get("hours_before") == 3}, {True})
        self.comes_at(2, "08:00", 168, revision=2)
        self.comes_at(8, "08:00", 24, revision=2)
        evening = self.comes_at(8, "19:59", 3, revision=2)
        for mail in evening.values():
            self.assertIn("8:00 AM", mail["Subject"])
            self.assertNotIn("3:00 PM", mail.text)

    def test_a_cancelled_trip_reminds_nobody(self):
        self.book("15:00")
        off = self.owner.post(f"/charters/{self.charter}/cancel", {"cause": "weather"})
        self.assertEqual(off.status, 200, off)
        for ahead, clock in ((2, "15:01"), (8, "15:01"), (9, "12:01"), (10, "12:00")):
            self.moved_to(self.instant(ahead, clock))
            self.house.finished_receipt(self.charter)
        self.assertEqual(self.reminders(), {})
        self.assertEqual(self.messages("planned"), [])

    def test_what_a_down_server_missed_is_seen(self):
        self.book("15:00")
        self.moved_to(self.instant(9, "16:00"))
        failed = wait_for(lambda: self.messages("failed"), "what never left is seen")
        self.assertEqual({one["to"] for one in failed}, {"crew", "guest"})
        self.assertIn("the trip had begun", failed[0]["error"])
        self.assertEqual(self.reminders(), {})
        receipt = self.house.finished_receipt(self.charter)
        self.assertEqual(sum(job["state"] == "failed" for job in receipt), len(failed))


if __name__ == "__main__":
    run_suite()
