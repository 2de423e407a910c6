"""How things are measured: a server alone on one core, its load on another, pairs in turn.

Always: the two sides of a row are measured in the same rounds of one run, and the ratio is that of
the round, so that whatever else the machine does falls on both. Refuses (CannotRun): fewer than two
cores, a tool that is missing, an answer that is not the one expected.
"""

import dataclasses
import os
import statistics
import subprocess
import time


class CannotRun(Exception):
    """The row has no figure, and this is why."""


def cores():
    """The core of the server and the core of the load."""
    allowed = sorted(os.sched_getaffinity(0))
    if len(allowed) < 2:
        raise CannotRun("needs two cores: one for the server, one for the load")
    return allowed[0], allowed[1]


class pinned:
    """Whatever this process starts meanwhile runs on that core; the process itself moves back."""

    def __init__(self, core):
        self.core = core

    def __enter__(self):
        self.before = os.sched_getaffinity(0)
        os.sched_setaffinity(0, {self.core})

    def __exit__(self, *_):
        os.sched_setaffinity(0, self.before)


def children_of(pid):
    try:
        with open(f"/proc/{pid}/task/{pid}/children") as file:
            return [int(child) for child in file.read().split()]
    except FileNotFoundError:
        return []


def family(pid):
    return [pid] + [one for child in children_of(pid) for one in family(child)]


def cpu_seconds(pid):
    """User and system time that a process and its living children have used, to the nanosecond:
    /proc/PID/stat has hundredths of a second, too coarse for a round on a busy machine."""
    return sum(time.clock_gettime(cpu_clock_of(one)) for one in family(pid))


def cpu_clock_of(pid):
    """The processor-time clock of another process: what clock_getcpuclockid(3) makes of its id."""
    return (~pid << 3) | 2


def memory_mib(pid, field="VmRSS"):
    """VmRSS: resident now; VmHWM: the most that ever was."""
    with open(f"/proc/{pid}/status") as file:
        for line in file:
            if line.startswith(field + ":"):
                return int(line.split()[1]) / 1024
    raise CannotRun(f"no {field} of process {pid}")


@dataclasses.dataclass
class Spread:
    """Median, least and most of what the rounds gave."""
    median: float
    least: float
    most: float

    @staticmethod
    def of(values):
        return Spread(statistics.median(values), min(values), max(values))

    def text(self, digits=2):
        return f"{self.median:.{digits}f} [{self.least:.{digits}f}–{self.most:.{digits}f}]"


@dataclasses.dataclass
class Row:
    """One line of the table."""
    name: str
    what: str
    ours: str
    theirs: str
    ratio: str
    line: str
    holds: bool
    notes: tuple = ()


def in_turn(rounds, ours, theirs):
    """Calls both once a round, the first one changing; the two lists of what they answered."""
    results = {ours: [], theirs: []}
    for number in range(rounds):
        for side in (ours, theirs) if number % 2 == 0 else (theirs, ours):
            results[side].append(side())
    return results[ours], results[theirs]


def ratios(above, below):
    return Spread.of([a / b for a, b in zip(above, below)])


def tool(arguments, seconds, **options):
    """Runs a program to its end; what it printed."""
    try:
        done = subprocess.run(arguments, capture_output=True, text=True, timeout=seconds,
                              check=False, **options)
    except FileNotFoundError as error:
        raise CannotRun(f"{arguments[0]} is not installed") from error
    except subprocess.TimeoutExpired as error:
        raise CannotRun(f"{arguments[0]} is not done after {seconds} s") from error
    if done.returncode != 0:
        raise CannotRun(f"{arguments[0]} fails: {done.stderr.strip()[-400:]}")
    return done.stdout


def until(condition, what, seconds):
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise CannotRun(f"waited {seconds} s in vain: {what}")
        time.sleep(0.05)
