"""One life of the crash build up to a named point, its death there, and its next life.

`kill` leaves the disk as the process saw it; `power` leaves what was waited for (power_cut.cpp). The
next life is a day later by its own clock (clock_ahead.cpp): leases have ended, and so have the forms
with which a photo could still come.
"""

import collections
import concurrent.futures
import dataclasses
import json
import os
import pathlib
import queue
import shutil
import signal
import sqlite3

from operations import A_MOMENT, GONE, OPEN_SEAT, OPERATIONS, Ledger  # first: it finds the journeys

import fairlead
from checker import faults_of
from fairlead import EXAMPLES, House, example_booking, wait_for
from mail_server import MailServer
from remains import Remains, due_within

NEXT_LIFE_HOURS = 26
AT_ONCE = 4


def library(name):
    return str(pathlib.Path(fairlead.binary).parent / f"{name}.so")


def clock_ahead(hours):
    return {"LD_PRELOAD": library("clock_ahead"), "FAIRLEAD_CLOCK_AHEAD": str(hours * 3600)}


class Bed(House):
    """A data folder on a disk of its own: a copy of a prepared one, or an empty disk."""

    def __init__(self, prepared=None):
        super().__init__(tenants=())
        self.disk = self.folder / "disk"
        self.data = self.disk / "data"
        self.shadow = self.folder / "shadow"
        self.booked = {}  # what the prepared booking was answered
        self.disk.mkdir()
        if prepared:
            shutil.copytree(prepared.data, self.data)
            self.secrets, self.booked = prepared.secrets, prepared.booked

    @property
    def charter(self):
        return self.booked["charter"]

    def full_environment(self):
        return {**os.environ, **self.environment}

    def lose_what_was_not_waited_for(self):
        shutil.rmtree(self.disk)
        shutil.move(self.shadow / "disk", self.disk)

    def is_quiet(self, hours=1):
        """Nothing is due within so many hours."""
        try:
            return not due_within(self.data, hours)
        except sqlite3.Error:  # there is no database yet
            return False

    def wait_until_quiet(self, what, hours=1):
        """Or until the server has ended."""
        try:
            wait_for(lambda: self.ended() or self.is_quiet(hours), what)
        except AssertionError as vain:
            raise AssertionError(f"{vain}; its log: {self.log()[-2000:]}") from vain


def apply_at_any_hour(bed):
    """The example, which asks for seats at any hour: whoever runs the suite does so at any hour."""
    text = (EXAMPLES / "jada.toml").read_text()
    for before, after in (('civil_from = "08:00"', 'civil_from = "00:00"'),
                          ('civil_until = "20:00"', 'civil_until = "24:00"')):
        if before not in text:
            raise AssertionError(f"the example has no {before}")
        text = text.replace(before, after)
    bed.apply(bed.write("jada.toml", text))


def prepared_folders():
    """By the name that operations start from; None is an empty disk."""
    operator, planned, booked, seeking = Bed(), Bed(), Bed(), Bed()
    for bed in (operator, planned, booked, seeking):
        apply_at_any_hour(bed)
    for bed, changes in ((planned, {}), (booked, {}), (seeking, {"crew": OPEN_SEAT})):
        booking = bed.write("booking.json", json.dumps(example_booking(**changes)))
        answer = bed.run("book", booking, "--tenant", "jada", "--json").stdout
        bed.booked = json.loads(answer)
    for bed in (booked, seeking):
        bed.start()
        bed.wait_until_quiet("the prepared booking's jobs are done", A_MOMENT)
        bed.stop()
    moved = Bed(booked)
    moved.start()
    OPERATIONS["move_and_rename"].run(moved, Ledger())
    moved.wait_until_quiet("the page has moved", A_MOMENT)
    moved.stop()
    return {"empty": None, "operator": operator, "planned": planned, "booked": booked,
            "moved": moved, "seeking": seeking}


@dataclasses.dataclass
class Case:
    operation: str
    point: str = ""  # "": nothing is to happen
    hit: int = 1
    cut: str = "kill"  # or "power"
    fault: str = ""  # a control: the tests must see it

    def __str__(self):
        return f"{self.operation} {self.cut} at {self.point}:{self.hit} {self.fault}".rstrip()


@dataclasses.dataclass
class Outcome:
    case: Case
    died: bool
    faults: list
    passed: collections.Counter  # points, with how often


class CrashBed:
    """Runs cases, some at once. Close it."""

    def __init__(self):
        self.prepared = prepared_folders()
        self.mail_servers = queue.SimpleQueue()
        self.all_mail_servers = [MailServer() for _ in range(AT_ONCE)]
        for server in self.all_mail_servers:
            server.start()
            self.mail_servers.put(server)

    def close(self):
        for server in self.all_mail_servers:
            server.stop()
        for bed in self.prepared.values():
            if bed:
                bed.close()

    def run_all(self, cases):
        with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
            yield from pool.map(self.run, cases)

    def learn(self, operation):
        """The points that this operation passes, with how often."""
        outcome = self.run(Case(operation))
        if outcome.faults:
            raise AssertionError(f"{operation} without a crash: {outcome.faults}")
        return outcome.passed

    def run(self, case):
        server = self.mail_servers.get()
        bed = Bed(self.prepared[OPERATIONS[case.operation].start_from])
        try:
            server.taken.clear()
            return self.run_on(bed, case, server)
        finally:
            bed.close()
            self.mail_servers.put(server)

    def run_on(self, bed, case, server):
        operation = OPERATIONS[case.operation]
        ledger, log = Ledger(), bed.folder / "points"
        if operation.mail == "server":
            bed.settings(server.settings)
        bed.environment = self.environment(bed, case, log)
        code = self.live(bed, operation, ledger)
        faults = [] if code in (0, -signal.SIGKILL) else [f"it ended with {code}: {bed.log()}"]
        if case.cut == "power":
            bed.lose_what_was_not_waited_for()
        faults += self.live_again(bed, operation, ledger, server)
        if not faults:
            faults = faults_of(Remains(bed.data, ledger.asked, list(server.taken)))
        passed = collections.Counter(log.read_text().split() if log.exists() else [])
        return Outcome(case, code == -signal.SIGKILL, faults, passed)

    @staticmethod
    def environment(bed, case, log):
        environment = {"FAIRLEAD_CRASH_LOG": str(log), "FAIRLEAD_FAULT": case.fault}
        environment.update(clock_ahead(OPERATIONS[case.operation].hours))
        if case.point:
            environment["FAIRLEAD_CRASH"] = f"{case.point}:{case.hit}"
        if case.cut == "power":
            environment.update(
                LD_PRELOAD=f"{library('power_cut')} {environment['LD_PRELOAD']}",
                FAIRLEAD_DISK=str(bed.disk), FAIRLEAD_SHADOW=str(bed.shadow))
        return environment

    @staticmethod
    def live(bed, operation, ledger):
        """The exit code of the first process that ended by itself, or of the server at the end."""
        try:
            if operation.start_from == "empty":
                operation.run(bed, ledger)
                return 0
            bed.start()
            operation.run(bed, ledger)
        except GONE as gone:
            if operation.start_from == "empty":
                return int(str(gone).split("ended with ")[1].split(":")[0])
        except AssertionError:
            if not bed.ended():
                raise
        bed.wait_until_quiet(f"{operation.name} ends", operation.hours + operation.rests_within)
        return bed.stop() if not bed.ended() else bed.process.returncode

    @staticmethod
    def live_again(bed, operation, ledger, server):
        """What is wrong with the next life itself, or with what is seen in it."""
        bed.environment, hours = {}, operation.hours + NEXT_LIFE_HOURS
        try:
            if operation.repeats:
                bed.start()
                operation.run(bed, ledger)
                bed.wait_until_quiet(f"{operation.name} ends", operation.rests_within)
                bed.stop()
            bed.environment = clock_ahead(hours)
            if operation.start_from == "empty":
                operation.run(bed, Ledger())
            bed.start()
            bed.wait_until_quiet("every job is done in the next life",
                                 hours + operation.rests_within)
            seen = operation.look(bed, server.taken) if operation.look else []
            code = bed.stop()
            return seen if code == 0 else [f"the next life ended with {code}: {bed.log()}"]
        except GONE + (AssertionError,) as failure:
            return [f"the next life: {failure}"]


def random_case(rng, learned):
    operation = rng.choice(sorted(learned))
    point = rng.choice(sorted(learned[operation]))
    hit = rng.randint(1, learned[operation][point])
    return Case(operation, point, hit, rng.choice(["kill", "power"]))
