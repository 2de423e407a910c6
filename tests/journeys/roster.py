"""The roster on the built binary: credentials that lapse, of which the owner hears in time and
once, and the days on which somebody cannot sail."""

import datetime
import unittest
import urllib.parse
import zoneinfo

from fairlead import EXAMPLES, House, example_booking, run_suite, wait_for

DOCK = zoneinfo.ZoneInfo("America/Los_Angeles")
A_NIGHT = 25 * 3600


def dock_day(days):
    return (datetime.datetime.now(DOCK) + datetime.timedelta(days=days)).date().isoformat()


class Roster(unittest.TestCase):
    def setUp(self):
        self.house = House(tenants=[])
        self.addCleanup(self.house.close)
        self.apply(dock_day(32))
        self.house.start()
        self.owner = self.house.owner()

    def apply(self, anas_licence):
        text = (EXAMPLES / "jada.toml").read_text()
        self.assertIn("expires = 2031-06-30", text)
        file = self.house.write("jada.toml",
                                text.replace("2031-06-30", anas_licence, 1))
        if self.house.secrets:
            self.house.run("tenant", "apply", file)
        else:
            self.house.apply(file)

    def mail_id(self, last_day):
        return f"jada.roster.owner_mail.1.ana.licence.{last_day}"

    def roster_mails(self):
        return sorted(name for name in self.house.mails() if ".roster." in name)

    def test_the_owner_is_warned_once_and_nobody_is_named_past_the_day(self):
        last_day = dock_day(32)
        self.house.later(A_NIGHT)
        self.assertEqual(self.roster_mails(), [], "31 days ahead")
        self.house.later(2 * A_NIGHT)
        wait_for(self.roster_mails, "a mail to the owner")
        self.assertEqual(self.roster_mails(), [self.mail_id(last_day)])
        mail = self.house.mails()[self.mail_id(last_day)]
        self.assertIn("licence lapses on", mail.text)
        self.assertIn("captain", mail.text)
        self.house.later(A_NIGHT)
        wait_for(lambda: self.owner.get("/drift").json["last_check"], "a night's check")
        self.assertEqual(self.roster_mails(), [self.mail_id(last_day)], "not again every night")

        ana = self.owner.get("/crew").json["crew"][0]
        self.assertEqual(ana["credentials"],
                         [{"kind": "licence", "expires": last_day, "state": "expires-soon"}])
        refused = self.owner.post("/bookings", example_booking(
            starts_at=f"{dock_day(40)}T16:30"))
        self.assertEqual(refused.status, 422, refused)
        self.assertIn(f"Ana Reyes's licence lapses on {last_day}, before this trip", refused.text)
        self.apply("2032-06-30")
        self.assertEqual(self.owner.post("/bookings", example_booking(
            starts_at=f"{dock_day(40)}T16:30")).status, 201)

    def test_a_credential_that_lapsed_is_told_at_the_first_start(self):
        self.house.stop()
        self.apply(dock_day(-2))
        self.house.start()
        wait_for(self.roster_mails, "a mail to the owner")
        self.assertIn("licence lapsed on", self.house.mails()[self.mail_id(dock_day(-2))].text)

    def test_days_are_said_by_the_crew_and_seen_by_the_owner(self):
        booked = self.owner.post("/bookings", example_booking(starts_at=f"{dock_day(9)}T16:30"))
        self.assertEqual(booked.status, 201, booked)
        charter = booked.json["charter"]
        self.house.finished_receipt(charter)
        ana, _ = self.house.crew(self.house.mails()[f"{charter}.crew_mail.1.ana"].magic_link)
        day = dock_day(20)
        pressed = ana.post("/availability", urllib.parse.urlencode({"away_on": day}),
                           Content_Type="application/x-www-form-urlencoded")
        self.assertEqual((pressed.status, pressed.headers["Location"]),
                         (303, f"/availability#d{day}"))
        self.assertIn("you crew a trip", ana.get("/availability").text)
        self.house.stop()
        self.house.start()
        self.assertEqual(self.owner.get("/crew").json["crew"][0]["away"], [day])
        put = self.owner.ask("PUT", "/crew/ana/away", {"days": []})
        self.assertEqual(put.json, {"member": "ana", "away": []})

    def test_an_invitation_opens_the_page_of_days_alone(self):
        invited = self.owner.post("/crew/cleo/invite", b"")
        self.assertEqual((invited.status, invited.json["to"]), (200, "cleo@crew.example"), invited)
        job = invited.json["job"]
        wait_for(lambda: job in self.house.mails(), "the invitation")
        cleo, page = self.house.crew(self.house.mails()[job].magic_link)
        self.assertEqual(page, "/availability")
        said = cleo.post(page, {"day": dock_day(3), "away": True})
        self.assertEqual((said.status, said.json), (200, {"day": dock_day(3), "away": True}))
        self.assertEqual(self.owner.get("/crew").json["crew"][2]["away"], [dock_day(3)])
        self.assertEqual(cleo.get("/charters/jada.roster").status, 404)


if __name__ == "__main__":
    run_suite()
