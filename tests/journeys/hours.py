"""Hours on the built binary: clocked and entered on the crew's page, corrected and approved by the
owner, and paid to the cent. The trip is today's: the clock of the page runs."""

import datetime
import re
import time
import unittest
import urllib.parse
import zoneinfo

import fairlead
from fairlead import House, example_booking

DOCK = zoneinfo.ZoneInfo("America/Los_Angeles")


def dock_time(hours):
    """So many hours from now, on the dock's clock, as a booking writes it."""
    moment = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=hours)
    return moment.astimezone(DOCK).strftime("%Y-%m-%dT%H:%M%z")[:-2] + ":00"


class Hours(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.house = House()
        cls.addClassCleanup(cls.house.close)
        cls.house.start()
        cls.owner = cls.house.owner()
        cls.charter, cls.crew = cls.book(starts_at=dock_time(1))
        cls.path = f"/charters/{cls.charter}"

    @classmethod
    def book(cls, **changes):
        """A charter, and who crews it by their links."""
        charter = cls.owner.post("/bookings", example_booking(**changes)).json["charter"]
        cls.house.finished_receipt(charter)
        mails = cls.house.mails()
        return charter, {member: cls.house.crew(
            mails[f"{charter}.crew_mail.1.{member}"].magic_link)[0]
            for member in ("ana", "ben", "cleo")}

    def say(self, member, **form):
        """A press on the page's button, as a browser without scripts sends it."""
        return self.say_on(self.path, self.crew[member], **form)

    def say_on(self, path, caller, **form):
        return caller.post(
            f"{path}/hours", urllib.parse.urlencode(form), Accept="text/html",
            Content_Type="application/x-www-form-urlencoded")

    def page(self, member):
        return self.crew[member].get(self.path).text

    def hours(self, member):
        listed = self.owner.get(f"{self.path}/hours").json["hours"]
        return next(one for one in listed if one["member"] == member)

    def approve(self, member, hours):
        done = self.owner.ask("PUT", f"{self.path}/hours/{member}",
                              {"hours": hours, "approved": True})
        self.assertEqual(done.status, 200, done)

    def settlement(self):
        settled = self.owner.get(f"{self.path}/settlement").json
        lines = {line["member"]: line for line in settled["lines"] if line["kind"] == "pay"}
        return settled["net"], lines

    def test_1_clocked_in_and_out_by_the_pages_buttons(self):
        self.assertRegex(self.page("ana"), r'value="clock_out" disabled')
        wrong = self.say("ana", act="clock_out")
        self.assertEqual(wrong.status, 409)
        self.assertIn("You are not clocked in", wrong.text)
        for _ in range(2):  # the second device, or a second tap
            pressed = self.say("ana", act="clock_in")
            self.assertEqual((pressed.status, pressed.headers["Location"]), (303, self.path))
        self.assertIn("You are clocked in.", self.page("ana"))
        self.assertEqual(self.hours("ana")["state"], "open")
        self.assertEqual(len(self.hours("ana")["stints"]), 1)
        self.assertEqual(self.say("ana", act="clock_out").status, 303)
        self.assertEqual((self.hours("ana")["state"], self.hours("ana")["hours"]), ("entered", "0"))

    def test_2_entered_corrected_and_approved_they_are_paid_to_the_cent(self):
        self.assertEqual(self.settlement()[0], "289.41")
        self.assertEqual(self.say("ana", act="enter", hours="3.25").status, 303)
        self.assertIn("Noted: 3.25 hours", self.page("ana"))
        self.assertEqual(self.settlement()[0], "289.41", "the owner has approved nothing")
        self.approve("ana", "3.25")
        net, lines = self.settlement()
        self.assertEqual((net, lines["ana"]["amount"], lines["ana"]["hours_from"]),
                         ("276.91", "162.50", "approved"))
        self.approve("ana", "3.75")
        net, lines = self.settlement()
        self.assertEqual((net, lines["ana"]["hours"], lines["ana"]["amount"]),
                         ("251.91", "3.75", "187.50"))
        self.assertNotIn("hours_from", lines["ben"])
        self.assertIn("Approved: 3.75 hours.", self.page("ana"))
        late = self.say("ana", act="enter", hours="9")
        self.assertEqual(late.status, 409)
        self.assertEqual(self.settlement()[0], "251.91")

    def test_3_crew_see_their_own_hours_and_no_money(self):
        self.assertEqual(self.say("ben", act="enter", hours="6.5").status, 303)
        self.approve("ben", "6.75")
        for member, own, others in (("ana", "3.75", "6.75"), ("ben", "6.75", "3.75")):
            text = self.page(member)
            self.assertIn(f"Approved: {own} hours.", text)
            self.assertNotIn(others, text)
            self.assertFalse(re.search(r"\$|USD|187|168|50\.00|25\.00|840|settle|rate", text))

    def test_4_the_owner_sees_each_deed_and_can_undo_what_came_from_a_link(self):
        self.owner.ask("PUT", f"{self.path}/hours/ben", {"hours": "6.5", "approved": False})
        self.assertEqual(self.say("ben", act="enter", hours="12").status, 303)
        trail = self.owner.get(f"{self.path}/audit").json["audit"]
        verbs = [entry["verb"] for entry in trail]
        for verb in ("clock_in", "clock_out", "enter_hours", "put_hours"):
            self.assertIn(verb, verbs)
        # Two deeds of one millisecond stand in either order.
        last = [entry for entry in trail if entry["actor"] == "crew ben"][-1]
        self.assertEqual((last["before"]["hours"], last["after"]["hours"]), ("6.5", "12"))
        self.assertTrue(last["can_undo"])
        undone = self.owner.post(f"{self.path}/audit/{last['id']}/undo", b"")
        self.assertEqual(undone.status, 200, undone)
        self.assertEqual(self.hours("ben")["hours"], "6.5")

    def test_5_nobody_is_aboard_two_trips_at_once(self):
        """The clock of an evening's trip runs while the afternoon's is under way."""
        evening, crew = self.book(reference="EVENING", starts_at=dock_time(5.25),
                                  title="Sunset sail")
        path = f"/charters/{evening}"
        self.assertEqual(self.say("cleo", act="clock_in").status, 303)
        also = self.say_on(path, crew["cleo"], act="clock_in")
        self.assertEqual(also.status, 409)
        self.assertRegex(also.text, r"You are clocked in on “.+” since \d+:\d\d [AP]M P[DS]T\. "
                                    "Please clock out there first")
        self.assertEqual(self.say("cleo", act="clock_out").status, 303)
        stints = [{"begins_at": dock_time(-0.5), "ends_at": dock_time(3)}]
        said = self.owner.ask("PUT", f"{path}/hours/cleo", {"stints": stints, "approved": True})
        self.assertEqual(said.status, 422)
        self.assertEqual([fault["field"] for fault in said.json["errors"]], ["stints[0]"])
        self.assertIn(self.charter, said.json["errors"][0]["message"])
        time.sleep(1)  # a stint is whole seconds
        self.assertEqual(self.say_on(path, crew["cleo"], act="clock_in").status, 303)


if __name__ == "__main__":
    fairlead.run_suite()
