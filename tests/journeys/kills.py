"""SIGKILL while bookings stream in, again and again: every booking that was acknowledged is whole
after the restart, every job ends done, no mail is lost, and a mail that repeats is the same mail.

A job that was running when the process died is free when the next one starts: its lease is not waited for.
"""

import collections
import datetime
import http.client
import random
import threading
import time
import unittest

import fairlead
from fairlead import House, next_day, wait_for
from mail_server import MailServer

ROUNDS = 5
CLIENTS = 6
LEASE_SECONDS = 60
CALENDAR_DAYS = 790  # that are asked for at once; a quick machine books three charters a day for more
CREW = [("ana", "captain"), ("ben", "crew"), ("cleo", "crew")]


class Stream:
    """Clients that book one free slot after the other until their server is gone."""

    def __init__(self, house):
        self.house = house
        self.acknowledged = {}  # what was asked, by charter, and what was answered
        self.unanswered = []  # sent, and the server died before it answered
        self.lock = threading.Lock()
        self.slots = self.free_slots()

    def free_slots(self):
        first = next_day(5, 1)
        for number in range(100_000):
            day = first + datetime.timedelta(days=number // 3)
            yield f"K{number}", f"{day}T{(8, 12, 16)[number % 3]:02}:00"

    def next_booking(self):
        with self.lock:
            reference, starts_at = next(self.slots)
        return {"channel": "boatsetter", "reference": reference, "vessel": "jada",
                "starts_at": starts_at, "duration_minutes": 120, "gross": "840.75",
                "guest": {"name": "Dana Whitfield", "email": f"{reference.lower()}@guest.example",
                          "phone": "+16195550100", "party_size": 6},
                "crew": [{"member": member, "role": role} for member, role in CREW]}

    def run_until_killed(self, rng):
        enough = threading.Event()
        threads = [threading.Thread(target=self.book_on, args=(enough,)) for _ in range(CLIENTS)]
        before = len(self.acknowledged)
        for thread in threads:
            thread.start()
        wait_for(lambda: len(self.acknowledged) > before, "the first booking of the round")
        time.sleep(rng.uniform(0.0, 0.4))  # where in the stream it dies is the point
        self.house.kill()
        enough.set()
        for thread in threads:
            thread.join()

    def book_on(self, enough):
        owner = self.house.owner()
        while not enough.is_set():
            wanted = self.next_booking()
            try:
                answer = owner.post("/bookings", wanted, Idempotency_Key=wanted["reference"])
                body = answer.json
            except (OSError, http.client.HTTPException, ValueError):
                with self.lock:
                    self.unanswered.append(wanted)
                continue
            with self.lock:
                self.acknowledged[body["charter"]] = (wanted, answer)


class Kills(unittest.TestCase):
    """Ends with the server up and every job done, once for all tests of a class."""

    @classmethod
    def setUpClass(cls):
        cls.mail_server = MailServer()
        cls.addClassCleanup(cls.mail_server.stop)
        cls.mail_server.start()
        cls.house = House(tenants=["jada"])
        cls.addClassCleanup(cls.house.close)
        cls.house.settings(cls.mail_server.settings)
        cls.stream = Stream(cls.house)
        rng = random.Random(20270530)
        for _ in range(ROUNDS):
            cls.house.start()
            cls.stream.run_until_killed(rng)
        cls.house.start()
        cls.repeated = [cls.repeat(wanted) for wanted in cls.stream.unanswered]
        cls.charters = {**{charter: wanted for charter, (wanted, _) in
                           cls.stream.acknowledged.items()}, **dict(cls.repeated)}
        cls.receipts = {}
        wait_for(cls.all_done, "every job ends done", seconds=LEASE_SECONDS + 30)

    @classmethod
    def repeat(cls, wanted):
        """What a client does that heard no answer: the same call with the same key."""
        answer = cls.house.owner().post("/bookings", wanted, Idempotency_Key=wanted["reference"])
        if answer.status != 201:
            raise AssertionError(f"a repeat after the kill is answered {answer}")
        return answer.json["charter"], wanted

    @classmethod
    def all_done(cls):
        for charter in cls.charters.keys() - cls.receipts.keys():
            receipt = cls.house.receipt(charter)
            if any(job["state"] == "planned" for job in receipt):
                return False
            cls.receipts[charter] = receipt
        return True

    def mails_by_id(self):
        found = collections.defaultdict(list)
        for recipient, mail in self.mail_server.taken:
            found[mail["X-Fairlead-Id"]].append((recipient, mail))
        return found

    def test_the_kills_hit_a_stream(self):
        self.assertGreaterEqual(len(self.stream.acknowledged), 3 * ROUNDS)
        self.assertTrue(self.stream.unanswered)
        self.assertEqual(self.house.log().count("Sanitizer"), 0)

    def test_every_acknowledged_booking_is_whole(self):
        owner, guest = self.house.owner(), self.house.guest()
        for charter, (wanted, answer) in self.stream.acknowledged.items():
            with self.subTest(charter):
                self.assertEqual(answer.status, 201)
                kept = owner.get(f"/charters/{charter}").json
                for name in ("reference", "vessel", "duration_minutes", "gross", "guest", "crew"):
                    self.assertEqual(kept[name], wanted[name])
                settlement = owner.get(f"/charters/{charter}/settlement").json
                self.assertEqual(settlement, answer.json["settlement"])
                self.assertEqual(guest.get(f"/g/{kept['slug']}.html").status, 200)
                led = guest.get(f"/g/{wanted['reference']}.html").headers["Location"]
                self.assertEqual(led, f"/g/{answer.json['slug']}.html")

    def test_the_calendar_has_each_charter_once(self):
        entries = []
        for part in range(len(self.charters) // 3 // CALENDAR_DAYS + 1):
            first = next_day(5, 1) + datetime.timedelta(days=part * CALENDAR_DAYS)
            last = first + datetime.timedelta(days=CALENDAR_DAYS - 1)
            entries += self.house.owner().get(f"/calendar?from={first}&to={last}").json["entries"]
        self.assertEqual(sorted(entry["id"] for entry in entries), sorted(self.charters))
        starts = [entry["starts_at"] for entry in entries]
        self.assertEqual(len(set(starts)), len(starts))

    def test_every_job_is_done_and_there_is_one_for_each_person(self):
        for charter, wanted in self.charters.items():
            with self.subTest(charter):
                receipt = self.receipts[charter]
                self.assertEqual({job["state"] for job in receipt}, {"done"}, receipt)
                self.assertEqual(sorted(job["to"] for job in receipt), sorted(
                    [wanted["guest"]["email"], "crew", *[f"{m}@crew.example" for m, _ in CREW],
                     next(job["to"] for job in receipt if job["kind"] == "guest_page")]))

    def test_no_mail_is_lost_and_none_is_anothers(self):
        expected = {}
        for charter, wanted in self.charters.items():
            expected[f"{charter}.guest_mail.1"] = wanted["guest"]["email"]
            for member, _ in CREW:
                expected[f"{charter}.crew_mail.1.{member}"] = f"{member}@crew.example"
        taken = {job: mails[0][0] for job, mails in self.mails_by_id().items()}
        self.assertEqual(taken, expected)

    def test_a_mail_that_repeats_is_the_same_mail(self):
        mails = self.mails_by_id()
        for job, copies in mails.items():
            self.assertEqual({mail["Message-ID"] for _, mail in copies},
                             {f"<{job}@ops.jada.localhost>"})
            self.assertEqual(len({mail.raw for _, mail in copies}), 1, job)
        # The server is spoken to one mail at a time, so a kill can make one mail repeat, no more.
        repeats = sum(len(copies) - 1 for copies in mails.values())
        self.assertLessEqual(repeats, ROUNDS)

    def test_every_magic_link_opens_its_charter(self):
        for job, copies in self.mails_by_id().items():
            if ".crew_mail." in job:
                crew, page = self.house.crew(copies[0][1].magic_link)
                self.assertEqual(page, f"/charters/{job.split('.crew_mail.')[0]}")
                self.assertEqual(crew.get(page).status, 200)

    def test_the_log_has_no_error(self):
        errors = [line for line in self.house.log().splitlines() if " E " in line]
        self.assertEqual(errors, [])


class TornMails(unittest.TestCase):
    def test_the_maildrop_holds_whole_mails_alone(self):
        house = House(tenants=["jada"])
        self.addCleanup(house.close)
        stream, rng = Stream(house), random.Random(530)
        seen = 0
        for _ in range(ROUNDS):
            house.start()
            stream.run_until_killed(rng)
            mails = house.mails()
            for job, mail in mails.items():
                boundary = mail.message.get_boundary()
                self.assertTrue(mail.raw.endswith(f"--{boundary}--\r\n".encode()), job)
                self.assertEqual(mail["Message-ID"], f"<{job}@ops.jada.localhost>")
            self.assertEqual(len(mails), len(house.mail_files()))
            seen = max(seen, len(mails))
        self.assertGreater(seen, ROUNDS)


if __name__ == "__main__":
    fairlead.run_suite()
