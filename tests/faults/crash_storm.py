"""The long form of crash_points.py: for some minutes, a random operation dies at a random hit of a
random point, by SIGKILL or by a power cut. Prints what was tried, and the seed that repeats it.

    python3 crash_storm.py BINARY [--minutes N] [--seed N]
"""

import argparse
import collections
import os
import random
import sys
import time

from crash_bed import AT_ONCE, CrashBed, random_case
from operations import OPERATIONS

import fairlead


def storm(bed, learned, rng, deadline):
    """Outcomes until the time is over."""
    while time.monotonic() < deadline:
        yield from bed.run_all([random_case(rng, learned) for _ in range(4 * AT_ONCE)])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("binary")
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32))
    options = parser.parse_args()
    fairlead.binary = os.path.abspath(options.binary)
    print(f"seed {options.seed}, {options.minutes:g} minutes", flush=True)
    bed = CrashBed()
    tried, died, faulty = collections.Counter(), collections.Counter(), 0
    try:
        learned = {name: bed.learn(name) for name in OPERATIONS}
        deadline = time.monotonic() + 60 * options.minutes
        for outcome in storm(bed, learned, random.Random(options.seed), deadline):
            case = outcome.case
            tried[case.operation, case.cut] += 1
            died[case.operation, case.cut] += outcome.died
            if outcome.faults:
                faulty += 1
                print(f"{case}: {outcome.faults}", flush=True)
    finally:
        bed.close()
    print("operation             points  passes   kills  power cuts  not reached")
    for name, points in learned.items():
        lived = sum(tried[name, cut] - died[name, cut] for cut in ("kill", "power"))
        print(f"{name:20} {len(points):7} {sum(points.values()):7} {died[name, 'kill']:7} "
              f"{died[name, 'power']:11} {lived:12}")
    print(f"{sum(tried.values())} tries, {sum(died.values())} deaths, {faulty} with a fault")
    return 1 if faulty else 0


if __name__ == "__main__":
    sys.exit(main())
