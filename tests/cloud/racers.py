"""Many clients want one slot over four ordinary servers on one pair of tables: one has it, the
others are told what is in the way, and what one server did the others see."""

import collections
import time
import unittest

import served_house  # first: it knows where the others are
import account as accounts
import fairlead
from fairlead import EXAMPLES, Caller, example_booking, next_day, race, wait_for
from on_account import sent_mails

SERVERS = 4
CLIENTS = 200
SEEN_SECONDS = 2  # what a server keeps of shared records is a second old at most


class Racers(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.account = accounts.Account()
        cls.addClassCleanup(cls.account.close)
        cls.mails_before = len(sent_mails())
        cls.servers = [served_house.ServedHouse((), cls.account) for _ in range(SERVERS)]
        for one in cls.servers:
            cls.addClassCleanup(one.close)
        cls.servers[0].apply(EXAMPLES / "jada.toml")
        for one in cls.servers:
            one.secrets = cls.servers[0].secrets
            one.start()

    @classmethod
    def sent(cls):
        return [mail["X-Fairlead-Id"] for mail in sent_mails()[cls.mails_before:]]

    def test_one_slot(self):
        owners = [server.owner() for server in self.servers]
        started = time.monotonic()
        answers = race([(owners[number % SERVERS], "/bookings",
                         example_booking(reference=f"R{number}"), {})
                        for number in range(CLIENTS)])
        took = time.monotonic() - started
        statuses = collections.Counter(answer.status for answer in answers)
        self.assertEqual(statuses, {201: 1, 409: CLIENTS - 1})
        won = next(answer.json for answer in answers if answer.status == 201)
        for answer in answers:
            if answer.status == 409:
                self.assertIn(won["charter"], answer.json["detail"])
        print(f"{CLIENTS} racers over {SERVERS} servers: one 201, the rest 409, in {took:.1f} s")
        self.assert_all_see(won)
        self.assert_told_once(won["charter"])

    def assert_all_see(self, booked):
        """The owner's list, the charter and the guests' page, by each of the servers."""
        day = next_day(5, 30)
        seen = [server.owner().get(f"/charters?from={day}&to={day}").json["charters"]
                for server in self.servers]
        self.assertEqual([[one["charter"] for one in listed] for listed in seen],
                         [[booked["charter"]]] * SERVERS)
        for server in self.servers:
            page = server.guest().get(f"/g/{booked['slug']}.html")
            self.assertIn(booked["starts_at"], page.text)

    def assert_told_once(self, charter):
        """Four servers look for work; each mail is one's."""
        receipt = self.servers[0].finished_receipt(charter, seconds=30)
        self.assertEqual({job["state"] for job in receipt}, {"done"})
        mails = sorted(job["job"] for job in receipt if job["kind"].endswith("_mail"))
        self.assertEqual(len(mails), 4)
        self.assertEqual(sorted(id for id in self.sent() if id.startswith(charter)), mails)

    def test_what_one_did_the_others_see(self):
        """Also what they had looked at before."""
        day = next_day(7, 9)
        booked = self.servers[1].owner().post("/bookings", example_booking(
            reference="SEEN", starts_at=f"{day}T10:00"))
        self.assertEqual(booked.status, 201, booked)
        charter = booked.json["charter"]
        for server in self.servers:
            self.assertEqual(server.owner().get(f"/charters/{charter}").status, 200)
            event = server.service().get(f"/events/{charter}").json
            self.assertEqual([slot.get("answer") for slot in event["crew"]].count("yes"), 0)
        self.servers[2].finished_receipt(charter, seconds=30)
        mails = [mail for mail in sent_mails()
                 if mail["X-Fairlead-Id"] == f"{charter}.crew_mail.1.ana"]
        ana, page = self.servers[3].crew(mails[0].magic_link)
        self.assertEqual(ana.post(f"{page}/answer", {"answer": "yes"}).status, 200)
        for server in self.servers:
            event = server.service().get(f"/events/{charter}").json
            self.assertEqual(event["crew"][0]["answer"], "yes")

    def test_a_token_that_is_gone_is_gone_everywhere_soon(self):
        old = self.servers[0].secrets["jada"]["dashboard_token"]
        for server in self.servers:
            self.assertEqual(server.owner().get("/calendar").status, 200)
        for _ in range(2):  # two tokens live beside each other
            made = self.servers[0].run("tenant", "rotate", "jada", "dashboard-token")
        self.servers[0].secrets["jada"]["dashboard_token"] = made.stdout.split()[-1]
        for server in self.servers:
            left = Caller(server, "ops.jada.localhost", X_Dashboard_Token=old)
            wait_for(lambda: left.get("/calendar").status == 401, "the old token ends",
                     SEEN_SECONDS)
            self.assertEqual(server.owner().get("/calendar").status, 200)


if __name__ == "__main__":
    fairlead.run_suite()
