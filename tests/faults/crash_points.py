"""Every named point of every operation, at its first hit: the process dies there, starts again, and
nothing is lost, half done or done twice. And the controls: with a wait for the disk taken out, or a
mail sent before its job's claim is committed, the same tests see it.

    python3 crash_points.py BINARY [TEST...]     BINARY: the crash build (target fairlead_crash)

The long form is crash_storm.py.
"""

import unittest

from crash_bed import Bed, Case, CrashBed
from operations import A_MOMENT, OPERATIONS, Ledger

import fairlead
from checker import Checker, faults_of
from remains import Remains, read_records

# Passed by each operation that serves a request and sends a mail.
ALWAYS = {"store.commit.before", "store.commit.after", "store.checkpoint.before",
          "store.checkpoint.after"}
OF_A_BOOKING = ALWAYS | {
    "http.answer.before", "http.answer.after", "job.run.before", "job.run.after",
    "topic.announce.before", "topic.announce.after", "mail.send.before", "mail.send.after",
    "folder.make.before", "folder.sync.before", "folder.sync.after", "file.sync.before",
    "file.name.before", "file.name.after", "file.folder_sync.after"}


class Crashes(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.bed = CrashBed()
        cls.addClassCleanup(cls.bed.close)

    def seen(self, case):
        return self.bed.run(case).faults


class FirstHits(Crashes):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.learned = {outcome.case.operation: outcome for outcome in
                       cls.bed.run_all([Case(name) for name in OPERATIONS])}

    def test_nothing_is_wrong_without_a_crash(self):
        for name, outcome in self.learned.items():
            self.assertEqual((outcome.died, outcome.faults), (False, []), name)

    def test_the_points_are_passed(self):
        self.assertLessEqual(OF_A_BOOKING, set(self.learned["booking"].passed))
        self.assertLessEqual({"store.schema.before", "store.schema.after"},
                             set(self.learned["apply"].passed))
        for name, outcome in self.learned.items():
            self.assertLessEqual(ALWAYS, set(outcome.passed), name)

    def test_a_crash_at_each_point_loses_nothing(self):
        """A power cut takes all that SIGKILL takes, and more."""
        cases = [Case(name, point, 1, "power") for name, outcome in self.learned.items()
                 for point in sorted(outcome.passed)]
        for outcome in self.bed.run_all(cases):
            with self.subTest(str(outcome.case)):
                passed_by = (OPERATIONS[outcome.case.operation].varies
                             and outcome.case.point not in outcome.passed)
                self.assertTrue(outcome.died or passed_by, "it was not reached")
                self.assertEqual(outcome.faults, [])
        print(f"{len(cases)} crashes over {len(self.learned)} operations")


class TheChecker(Crashes):
    """A whole folder with one thing missing is not whole, whatever it is."""

    start_from = "operator"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.house, ledger = Bed(cls.bed.prepared[cls.start_from]), Ledger()
        cls.addClassCleanup(cls.house.close)
        cls.house.start()
        cls.live(ledger)
        cls.house.wait_until_quiet("every job is done", A_MOMENT)
        cls.house.stop()
        cls.remains = Remains(cls.house.data, ledger.asked, [], deaths=0)

    @classmethod
    def live(cls, ledger):
        for name in ("booking", "event"):
            OPERATIONS[name].run(cls.house, ledger)
        cls.house.wait_until_quiet("every job is done")
        cls.house.booked = ledger.asked[0].answer
        for name in ("answer", "tick", "upload"):
            OPERATIONS[name].run(cls.house, ledger)

    def test_the_folder_is_whole(self):
        self.assertEqual(faults_of(self.remains), [])

    def test_it_misses_each_record(self):
        records = read_records(self.house.data)
        for key in records:
            with self.subTest(" ".join(key)):
                others = {other: body for other, body in records.items() if other != key}
                self.assertTrue(Checker(self.remains, others).check())

    def test_it_misses_each_file_and_the_end_of_each(self):
        folders = [self.house.data / name for name in ("objects", "maildrop")]
        files = [self.house.data / "server.key", *[
            path for folder in folders for path in folder.rglob("*") if path.is_file()]]
        self.assertGreater(len(files), 8)
        for path in files:
            whole = path.read_bytes()
            for left in (None, b"", whole[:-100]):
                with self.subTest(f"{path.name}, {left and len(left)} of {len(whole)} bytes"):
                    path.unlink() if left is None else path.write_bytes(left)
                    self.assertTrue(faults_of(self.remains))
                    path.write_bytes(whole)


class TheCheckerOfSeats(TheChecker):
    start_from = "seeking"

    @classmethod
    def live(cls, ledger):
        OPERATIONS["join"].run(cls.house, ledger)


class Controls(Crashes):
    """Each takes one promise out of the server. A test that cannot see it would prove nothing."""

    def test_a_commit_that_does_not_wait_for_the_disk_is_seen(self):
        case = Case("booking", "http.answer.after", 1, "power")
        self.assertEqual(self.seen(case), [])
        case.fault = "no-store-sync"
        self.assertIn("an acknowledged booking is lost", self.seen(case))

    def test_a_mail_of_a_commit_that_the_disk_never_had_is_seen(self):
        case = Case("booking", "mail.send.after", 1, "power", "no-store-sync")
        self.assertTrue([fault for fault in self.seen(case) if fault.startswith("a mail of ")])

    def test_a_file_that_does_not_wait_for_the_disk_is_seen(self):
        # Jobs are done in turn: by the second mail's end the first one's record is durable.
        case = Case("booking_to_maildrop", "file.folder_sync.after", 5, "power")
        self.assertEqual(self.seen(case), [])
        case.fault = "no-file-sync"
        self.assertTrue(self.seen(case))

    def test_sigkill_alone_would_not_see_it(self):
        for fault in ("no-store-sync", "no-file-sync"):
            case = Case("booking", "http.answer.after", 1, "kill", fault)
            self.assertEqual(self.seen(case), [], fault)

    def test_a_mail_before_its_claim_is_seen(self):
        """Whichever commit it is: one of a booking's is the claim of a mail that is out already."""
        commits = self.bed.learn("booking")["store.commit.before"]
        seen = []
        for outcome in self.bed.run_all([
                Case("booking", "store.commit.before", hit, "kill", "send-before-commit")
                for hit in range(1, commits + 1)]):
            seen += outcome.faults
        self.assertTrue([fault for fault in seen if "mails for" in fault], seen)


if __name__ == "__main__":
    fairlead.run_suite()
