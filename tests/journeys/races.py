"""Many clients want the same scarce thing at the same instant: exactly one has it, everybody else
is told what is in the way, nobody meets an error of ours, and nothing is left of those who lost."""

import collections
import datetime
import itertools
import unittest

import fairlead
from fairlead import House, next_day, race
from trips import FLEET

CLIENTS = 200
STORM = 50


class Races(unittest.TestCase):
    """Each test takes days of its own, so that it can look at the calendar afterwards."""

    numbers = itertools.count(1)

    @classmethod
    def setUpClass(cls):
        cls.house = House(tenants=[])
        cls.addClassCleanup(cls.house.close)
        cls.house.apply(cls.house.write("fleet.toml", FLEET))
        cls.house.start()
        cls.owner, cls.service = cls.house.owner("fleet"), cls.house.service("fleet")

    def book(self, starts_at, minutes, vessel="jada", key=None, **fields):
        body = {"channel": "direct", "vessel": vessel, "starts_at": starts_at,
                "duration_minutes": minutes, **fields}
        return self.owner, "/bookings", body, {"Idempotency_Key": key} if key else {}

    def hold(self, starts_at, ends_at):
        body = {"kind": "hold", "vessel": "jada", "title": "Held", "starts_at": starts_at,
                "ends_at": ends_at}
        return self.owner, "/calendar", body, {}

    def entries(self, first, last):
        return self.owner.get(f"/calendar?from={first}&to={last}").json["entries"]

    def spread(self, wishes):
        """The wishes in turn, until every client has one, each with a reference of its own."""
        requests = []
        for caller, path, body, headers in itertools.islice(itertools.cycle(wishes), CLIENTS):
            if path == "/bookings":
                body = {**body, "reference": f"R{next(self.numbers)}"}
            requests.append((caller, path, body, headers))
        return requests

    def assert_winners(self, wishes, first, last, winners):
        """All clients race for the wishes; so many win, and the calendar holds exactly those."""
        answers = race(self.spread(wishes))
        statuses = collections.Counter(answer.status for answer in answers)
        self.assertEqual(statuses, {201: winners, 409: CLIENTS - winners})
        won = [answer.json for answer in answers if answer.status == 201]
        ids = sorted(body.get("charter") or body["id"] for body in won)
        self.assertEqual(sorted(entry["id"] for entry in self.entries(first, last)), ids)
        for answer in answers:
            if answer.status == 409:
                self.assertTrue(any(id in answer.json["detail"] for id in ids), answer)
        self.assert_whole(won)

    def assert_whole(self, won):
        for body in won:
            if "receipt" not in body:  # a hold
                continue
            receipt = self.house.finished_receipt(body["charter"], "fleet")
            self.assertEqual({job["state"] for job in receipt}, {"done"})
            page = self.house.guest("fleet").get(f"/g/{body['slug']}.html")
            self.assertEqual(page.status, 200)


class OneSlot(Races):
    # In each: the dock's day, what the clients want (first and last minute), how many can win.
    # The months of the store are UTC's: 31 May 17:00 in San Diego is 1 June there.
    CASES = [
        ("one slot", (6, 2), [("02T10:00", "02T12:00")], 1),
        ("overlapping by a minute", (6, 4),
         [("04T08:00", "04T10:00"), ("04T09:59", "04T11:59")], 1),
        ("one inside the other", (6, 6), [("06T08:00", "06T16:00"), ("06T11:00", "06T12:00")], 1),
        ("turnaround one minute short", (6, 8),
         [("08T08:00", "08T10:00"), ("08T10:59", "08T13:00")], 1),
        ("turnaround just kept", (6, 10), [("10T08:00", "10T10:00"), ("10T11:00", "10T13:00")], 2),
        ("three that touch", (6, 12), [("12T08:00", "12T09:00"), ("12T10:00", "12T11:00"),
                                       ("12T12:00", "12T13:00")], 3),
        ("across midnight", (6, 14), [("14T22:30", "15T01:30"), ("15T00:30", "15T03:00")], 1),
        ("turnaround across midnight", (6, 17),
         [("17T21:00", "17T23:30"), ("18T00:15", "18T02:00")], 1),
        ("touching across midnight", (6, 20), [("20T21:00", "20T23:30"), ("21T00:30", "21T02:00")],
         2),
        ("across the end of the dock's month", (6, 30),
         [("30T22:00", "31T01:00"), ("31T00:30", "31T03:00")], 1),
        ("across the end of UTC's month", (7, 31),
         [("31T15:00", "31T18:00"), ("31T17:30", "31T20:00")], 1),
        ("turnaround over the end of UTC's month", (8, 31),
         [("31T14:00", "31T16:30"), ("31T17:00", "31T19:00")], 1),
        ("touching over the end of UTC's month", (10, 31),
         [("31T14:00", "31T16:00"), ("31T17:00", "31T19:00")], 2),
        ("turnaround over the end of UTC's year", (12, 31),
         [("31T13:00", "31T15:45"), ("31T16:00", "31T18:00")], 1),
    ]

    def test_every_case(self):
        for name, (month, day), wishes, winners in self.CASES:
            with self.subTest(name):
                base = next_day(month, day)
                moments = [tuple(self.moment(base, text) for text in wish) for wish in wishes]
                wanted = [self.book(starts, self.minutes(starts, ends)) for starts, ends in moments]
                after = base + datetime.timedelta(days=1)
                self.assert_winners(wanted, base, after, winners)

    @staticmethod
    def moment(base, text):
        """"31T01:00" counts days from the first of the base's month, past its end too."""
        day, clock = text.split("T")
        return f"{base.replace(day=1) + datetime.timedelta(days=int(day) - 1)}T{clock}"

    @staticmethod
    def minutes(starts, ends):
        span = datetime.datetime.fromisoformat(ends) - datetime.datetime.fromisoformat(starts)
        return int(span.total_seconds()) // 60

    def test_a_hold_and_a_charter(self):
        day = next_day(4, 3)
        self.assert_winners([self.book(f"{day}T10:00", 120),
                             self.hold(f"{day}T11:00", f"{day}T13:00")], day, day, 1)

    def test_every_start_within_three_hours(self):
        """Two hours and an hour of turnaround: of starts a minute apart, no two can both be."""
        day = next_day(4, 5)
        wishes = [self.book(f"{day}T{9 + minute // 60:02}:{minute % 60:02}", 120)
                  for minute in range(180)]
        self.assert_winners(wishes, day, day, 1)


class OnePerson(Races):
    CREW = [{"member": "ana", "role": "captain"}]

    def test_two_boats_want_one_captain(self):
        day = next_day(4, 7)
        self.assert_winners([self.book(f"{day}T10:00", 120, crew=self.CREW),
                             self.book(f"{day}T11:00", 120, vessel="luna", crew=self.CREW)],
                            day, day, 1)

    def test_a_person_may_step_from_boat_to_boat(self):
        day = next_day(4, 9)
        self.assert_winners([self.book(f"{day}T10:00", 120, crew=self.CREW),
                             self.book(f"{day}T12:00", 120, vessel="luna", crew=self.CREW)],
                            day, day, 2)

    def test_two_events_want_one_captain(self):
        day = next_day(4, 11)
        charters = []
        for vessel in ("jada", "luna"):
            caller, path, body, _ = self.book(f"{day}T10:00", 120, vessel=vessel)
            charters.append(caller.post(path, body).json["charter"])
        answers = race([(self.service, "/events",
                         {"charter": charters[number % 2], "crew": self.CREW}, {})
                        for number in range(STORM)])
        statuses = collections.Counter(answer.status for answer in answers)
        # On the winner's own charter the others hear that Ana is aboard already.
        self.assertEqual(statuses, {201: 1, 409: STORM // 2, 422: STORM // 2 - 1})
        aboard = [self.service.get(f"/events/{charter}").json["crew"] for charter in charters]
        self.assertEqual(sorted(map(len, aboard)), [0, 1])
        winner = charters[0] if aboard[0] else charters[1]
        receipt = self.house.finished_receipt(winner, "fleet")
        self.assertEqual([job["to"] for job in receipt if job["kind"] == "crew_mail"],
                         ["ana@crew.example"])


class OneName(Races):
    def test_one_reference_on_many_days(self):
        first = next_day(9, 1)
        days = [first + datetime.timedelta(days=number) for number in range(25)]
        requests = [self.book(f"{days[number % 25]}T10:00", 60, reference="SAME")
                    for number in range(CLIENTS)]
        answers = race(requests)
        statuses = collections.Counter(answer.status for answer in answers)
        self.assertEqual(statuses, {201: 1, 409: CLIENTS - 1})
        self.assertEqual(len(self.entries(first, days[-1])), 1)

    def test_slugs_of_one_day_are_counted_on(self):
        day = next_day(4, 13)
        requests = [self.book(f"{day}T{hour:02}:00", 60, vessel=vessel)
                    for vessel in ("jada", "luna") for hour in range(6, 18, 2)]
        answers = race(requests)
        self.assertEqual([answer.status for answer in answers], [201] * 12)
        self.assertEqual({answer.json["slug"] for answer in answers},
                         {"direct-apr-13", *[f"direct-apr-13-{n}" for n in range(2, 13)]})
        for answer in answers:
            page = self.house.guest("fleet").get(f"/g/{answer.json['slug']}.html")
            self.assertIn(answer.json["starts_at"], page.text)


class OneHold(Races):
    def test_becomes_one_charter(self):
        """Each wants a day of its own, so that nothing but the hold is scarce."""
        first = next_day(5, 1)
        days = [first + datetime.timedelta(days=number) for number in range(STORM)]
        caller, path, body, _ = self.hold(f"{first}T10:00", f"{first}T11:00")
        held = caller.post(path, {**body, "expires_at": f"{first}T09:00"}).json["id"]
        answers = race([self.book(f"{day}T10:00", 60, hold=held) for day in days])
        won = [answer.json for answer in answers if answer.status == 201]
        self.assertEqual(len(won), 1)
        self.assertEqual([entry["id"] for entry in self.entries(first, days[-1])],
                         [won[0]["charter"]])
        for answer in answers:
            if answer.status != 201:
                self.assertEqual(answer.status, 422, answer)
                self.assertEqual([fault["field"] for fault in answer.json["errors"]], ["hold"])
        self.assert_whole(won)


class Storms(Races):
    """The same call many times at once: one effect, and one answer for all."""

    def assert_storm(self, requests, statuses):
        answers = race(requests)
        self.assertEqual(collections.Counter(answer.status for answer in answers), statuses)
        bodies = {answer.body for answer in answers if answer.status == 201}
        replayed = [answer for answer in answers if answer.headers["Idempotency-Replayed"]]
        self.assertEqual(len(bodies), 1)
        self.assertEqual(len(replayed), statuses[201] - 1)
        return bodies.pop()

    def test_one_booking(self):
        day = next_day(4, 15)
        request = self.book(f"{day}T10:00", 60, key="storm-1", guest={
            "name": "Dana Whitfield", "email": "dana@guest.example", "party_size": 2})
        self.assert_storm([request] * STORM, {201: STORM})
        entry, = self.entries(day, day)
        self.house.finished_receipt(entry["id"], "fleet")
        mails = [mail for mail in self.house.mails() if mail.startswith(entry["id"])]
        self.assertEqual(mails, [f"{entry['id']}.guest_mail.1"])

    def test_one_key_with_two_bodies(self):
        day = next_day(4, 17)
        two = [self.book(f"{day}T10:00", 60, key="storm-2"),
               self.book(f"{day}T15:00", 60, key="storm-2")]
        self.assert_storm(two * (STORM // 2), {201: STORM // 2, 422: STORM // 2})
        self.assertEqual(len(self.entries(day, day)), 1)

    def test_two_keys_for_one_slot(self):
        day = next_day(4, 19)
        two = [self.book(f"{day}T10:00", 60, key=key) for key in ("storm-3", "storm-4")]
        self.assert_storm(two * (STORM // 2), {201: STORM // 2, 409: STORM // 2})

    def test_a_hold(self):
        day = next_day(4, 21)
        caller, path, body, _ = self.hold(f"{day}T10:00", f"{day}T11:00")
        self.assert_storm([(caller, path, body, {"Idempotency_Key": "storm-5"})] * STORM,
                          {201: STORM})
        self.assertEqual(len(self.entries(day, day)), 1)

    def test_an_event(self):
        day = next_day(4, 23)
        body = {"vessel": "luna", "title": "Sea trial", "starts_at": f"{day}T10:00",
                "ends_at": f"{day}T11:00", "crew": OnePerson.CREW}
        self.assert_storm([(self.service, "/events", body, {"Idempotency_Key": "storm-6"})] * STORM,
                          {201: STORM})
        self.assertEqual(len(self.entries(day, day)), 1)


if __name__ == "__main__":
    fairlead.run_suite()
