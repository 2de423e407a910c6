"""A random walk: a hundred trips, a thousand changes that were accepted and those that had to be
refused, the server killed now and then, during a request or between two. Each answer is the one that
the rules say, and afterwards every place that shows a trip shows what it is: nothing is stale.

FAIRLEAD_SEED draws another walk, FAIRLEAD_CHANGES makes it shorter or longer. What is drawn follows
from the seed alone; where a kill hits is the machine's.
"""

import collections
import datetime
import http.client
import os
import random
import threading
import time
import unittest

import fairlead
from artefacts import Artefacts, stale_records
from fairlead import House, wait_for
from trips import FLEET, TENANT
from wishes import DAYS, FIRST_DAY, Wisher

SEED = int(os.environ.get("FAIRLEAD_SEED", "20270530"))
TRIPS = 100
CHANGES = int(os.environ.get("FAIRLEAD_CHANGES", "1000"))
SHOWN = 20  # of what is stale
KILL_EACH = 40  # accepted changes, about
GONE = (OSError, http.client.HTTPException, ValueError)


class Walk:
    def __init__(self, house, rng):
        self.house, self.rng = house, rng
        self.wisher = Wisher(rng)
        self.owner, self.service = house.owner(TENANT), house.service(TENANT)
        self.typical = 0.005  # seconds that a request takes
        self.tally, self.kills = collections.Counter(), collections.Counter()

    def run(self):
        for _ in range(TRIPS):
            self.book(self.wisher.new_trip())
        accepted = 0
        while accepted < CHANGES:
            kill = self.rng.choice(("during", "between")) if self.rng.random() < 1 / KILL_EACH \
                else None
            wish = self.wisher.next_wish()
            self.grant(wish, kill)
            accepted += wish.status == 200
            if wish.what == "cancel":
                self.book(self.wisher.again(wish.trip))
                accepted += 1
            if kill:
                self.live_again(kill)

    def book(self, trip):
        body = self.wisher.booking(trip)
        answer, _ = self.ask(None, self.owner, "POST", "/bookings", body,
                             Idempotency_Key=body["reference"])
        self.hold(answer.status == 201, f"a booking into free time is answered {answer}")
        trip.charter, trip.slug = answer.json["charter"], answer.json["slug"]
        self.wisher.trips.append(trip)

    def grant(self, wish, kill):
        caller = self.owner if wish.site == "charters" else self.service
        headers = {"If_Match": f'"{wish.meant}"'} if wish.meant else {}
        answer, repeated = self.ask(kill, caller, wish.method, wish.path, wish.body, **headers)
        self.tally[wish.what, answer.status] += 1
        # Asked once more after it was done, it says that its revision is gone, or that all is over.
        was_done = repeated and wish.status == 200 and (
            answer.headers["ETag"] == f'"{wish.after.revision}"' if answer.status == 412
            else wish.method == "POST" and answer.status == 409)
        self.hold(was_done or answer.status == wish.status,
                  f"{wish} is answered {answer}")
        if answer.status == 200:
            self.hold(answer.json["revision"] == wish.after.revision, f"{wish}: {answer}")
        vars(wish.trip).update(vars(wish.after))
        if not self.house.ended():
            self.look_once(wish.trip)

    def look_once(self, trip):
        """The page is right as soon as the answer is there, or as long after as it may be."""
        said = f'datetime="{trip.offset_times[0]}"'
        page = f"/g/{trip.slug}.html"
        try:
            wait_for(lambda: said in self.house.guest(TENANT).get(page).text, f"{page}: {said}",
                     self.house.page_seconds)
        except GONE:
            pass  # killed meanwhile

    def ask(self, kill, caller, method, path, body, **headers):
        """The answer, and whether it is that to a repeat after the server was gone."""
        killer = None
        if kill == "during":
            killer = threading.Timer(self.rng.uniform(0, self.typical), self.house.process.kill)
            killer.start()
        begin = time.monotonic()
        try:
            answer = caller.ask(method, path, body, **headers)
            self.typical += (time.monotonic() - begin - self.typical) / 10
            return answer, False
        except GONE:
            self.kills["in a request"] += 1
            self.house.kill()
            self.house.later(0)
            return caller.ask(method, path, body, **headers), True
        finally:
            if killer:
                killer.join()

    def live_again(self, kill):
        """The server's end, unless it has come, and a later life; so that notes leave meanwhile."""
        self.kills[kill] += 1
        if kill == "between":
            time.sleep(self.rng.uniform(0, 0.1))
        self.house.kill()
        self.house.later(self.rng.choice((0, 1, 100, 200, 500)))

    def hold(self, holds, what):
        if not holds:
            raise AssertionError(f"seed {SEED}: {what}")

    def drain(self):
        """Until nobody is owed anything: notes are planned two minutes ahead, again and again."""
        while True:
            self.house.later(200)
            soon = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(
                seconds=self.house.ahead + 60)
            planned = [job for trip in self.wisher.trips for job in self.at_rest(trip, soon)]
            if not planned:
                return

    def at_rest(self, trip, soon):
        """The jobs still to come when none of this trip's is due soon."""
        due_by = f"{soon:%Y-%m-%dT%H:%M:%SZ}"

        def planned():
            jobs = [job for job in self.house.receipt(trip.charter, TENANT)
                    if job["state"] == "planned"]
            return (jobs,) if all(job["due_at"] > due_by for job in jobs) else None
        return wait_for(planned, f"seed {SEED}: the jobs of {trip.charter}", 120)[0]


class RandomWalk(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.house = House(tenants=[])
        cls.addClassCleanup(cls.house.close)
        cls.house.settings('[public]\nproxies = ["127.0.0.1"]\n')
        cls.house.apply(cls.house.write("fleet.toml", FLEET))
        cls.house.later(0)
        cls.walk = Walk(cls.house, random.Random(SEED))
        begin = time.monotonic()
        cls.walk.run()
        walked = time.monotonic() - begin
        cls.walk.drain()
        cls.trips = cls.walk.wisher.trips
        drained = time.monotonic() - begin - walked
        print(f"seed {SEED}: {len(cls.trips)} trips, {CHANGES} changes in {walked:.0f} s, "
              f"{sum(count for (_, status), count in cls.walk.tally.items() if status != 200)} "
              f"refused, kills {dict(cls.walk.kills)}, drained in {drained:.0f} s")

    def test_1_nothing_is_stale(self):
        last_day = FIRST_DAY + datetime.timedelta(days=DAYS)
        artefacts = Artefacts(self.house, TENANT, (FIRST_DAY, last_day))
        stale = [fault for trip in self.trips for fault in artefacts.stale(trip)]
        self.assertEqual(len(stale), 0, "\n".join([f"seed {SEED}", *stale[:SHOWN]]))
        self.assertEqual(set(artefacts.entries), {trip.charter for trip in self.trips})
        self.assertEqual(set(artefacts.feed), {trip.charter for trip in self.trips})

    def test_2_the_owner_reads_the_same(self):
        """The server's own look at all that was told."""
        charters, page, pages = 0, 0, 1
        span = f"from={FIRST_DAY}&to={FIRST_DAY + datetime.timedelta(days=DAYS)}"
        while page < pages:
            page += 1
            report = self.house.owner(TENANT).get(f"/drift?{span}&page={page}").json
            pages, charters = report["pages"], charters + len(report["charters"])
            wrong = [(one["charter"], artefact) for one in report["charters"]
                     for artefact in one["artefacts"] if artefact["state"] != "current"]
            self.assertEqual(wrong[:SHOWN], [], f"seed {SEED}")
        self.assertEqual(charters, len(self.trips))

    def test_2_no_two_trips_are_in_each_others_way(self):
        shown = [self.walk.owner.get(f"/charters/{trip.charter}").json for trip in self.trips]
        live = [one for one in shown if one["status"] == "confirmed"]
        self.assertGreaterEqual(len(live), TRIPS)
        for number, one in enumerate(live):
            begin, end = (datetime.datetime.fromisoformat(one[name])
                          for name in ("starts_at", "ends_at"))
            crew = {seat["member"] for seat in one["crew"]}
            for other in live[:number]:
                others = [datetime.datetime.fromisoformat(other[name])
                          for name in ("starts_at", "ends_at")]
                if one["vessel"] == other["vessel"]:
                    apart = datetime.timedelta(hours=1)
                    self.assertTrue(begin >= others[1] + apart or end + apart <= others[0])
                if crew & {seat["member"] for seat in other["crew"]}:
                    self.assertTrue(begin >= others[1] or end <= others[0], (one, other))

    def test_3_every_kind_of_change_was_made_and_refused(self):
        tally = self.walk.tally
        for what in ("move", "vessel", "dock", "guest", "words", "crew", "all", "rename", "books",
                     "cancel"):
            self.assertTrue(tally[what, 200], f"seed {SEED}: {what} in {tally}")
        for refused in (("move", 409), ("crew", 409), ("rename", 409), ("stale", 412)):
            self.assertTrue(tally[refused], f"seed {SEED}: {refused} in {tally}")
        if CHANGES >= 1000:
            self.assertGreaterEqual(sum(self.walk.kills.values()), CHANGES // KILL_EACH // 2)
            self.assertTrue(self.walk.kills["in a request"], self.walk.kills)

    def test_4_the_log_has_no_error(self):
        errors = [line for line in self.house.log().splitlines() if " E " in line]
        self.assertEqual(errors, [], f"seed {SEED}")

    def test_9_nothing_on_record_is_of_a_time_before(self):
        """Last, for nothing may run meanwhile."""
        self.house.stop()
        stale = list(stale_records(self.house, self.trips))
        self.assertFalse(stale, "\n".join([f"seed {SEED}: {len(stale)} stale", *stale[:SHOWN]]))


if __name__ == "__main__":
    fairlead.run_suite()
