"""`./dev bench [NAME…]`: the benchmarks, each beside what people would use instead, as one table.

    run.py [--rounds N] [--write] [NAME…]     every row, or those whose name holds a NAME

--write puts the figures of a whole run, where nothing was missing, into docs/performance.md and the
README. Exit code 0: everything asked for was measured, whether its line holds or not. 1: something could not
run, and the table says what. The figures go to stdout, progress to stderr.
"""

import argparse
import datetime
import os
import pathlib
import platform
import re
import sys
import time

import cold_start
import micro
import rows
from measure import CannotRun

BUSY = 0.5  # processes that want a core, at the start, from which figures are not for quoting
SECONDS_MAX = 600

ROOT = pathlib.Path(__file__).resolve().parents[1]
BENCHES = {"guest_page": rows.guest_page, "presign": micro.presign,
           "proved_key": micro.proved_key, "store": micro.store, "events": rows.post_events,
           "upload": rows.upload, "memory": rows.memory,
           "cold_start": cold_start.cold_start}


def processor():
    with open("/proc/cpuinfo") as file:
        names = [line.split(":", 1)[1].strip() for line in file if line.startswith("model name")]
    return f"{len(names)} × {names[0]}" if names else platform.machine()


def about_the_machine():
    load = os.getloadavg()[0]
    busy = ", busy: figures are for orientation" if load > BUSY else ""
    return f"{processor()}, Linux {platform.release()}, load {load:.1f} at the start{busy}"


def say(text):
    print(text, file=sys.stderr, flush=True)


def measured(wanted, rounds):
    """The rows, and why others are missing."""
    found, missing = [], []
    began = time.monotonic()
    for name in wanted:
        if time.monotonic() - began > SECONDS_MAX:
            missing.append((name, f"{SECONDS_MAX} s were over before it began"))
            continue
        started = time.monotonic()
        try:
            found += BENCHES[name](rounds)
        except (CannotRun, AssertionError, OSError) as error:  # AssertionError: the journeys' tools
            missing.append((name, str(error) or type(error).__name__))
        say(f"   {name}: {time.monotonic() - started:.0f} s")
    return found, missing


def table(found):
    head = ("row", "fairlead", "beside it", "ratio [least–most]", "line", "")
    cells = [head] + [(row.name, row.ours, row.theirs, row.ratio, row.line,
                       "ok" if row.holds else "missed") for row in found]
    widths = [max(len(line[column]) for line in cells) for column in range(len(head))]

    def line_of(values):
        return "| " + " | ".join(v.ljust(w) for v, w in zip(values, widths)) + " |"

    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    return "\n".join([line_of(cells[0]), rule] + [line_of(line) for line in cells[1:]])


def short_table(found):
    lines = ["| | beside | ratio | line |", "|---|---|---|---|"]
    for row in found:
        ratio = row.ratio.split(" [")[0] if row.theirs != "–" else row.ours
        unit = " ×" if row.ratio.endswith("×") else ""
        verdict = "" if row.holds else ", missed"
        what, _, beside = row.what.partition("; beside ")
        lines.append(f"| {what} | {beside or '–'} | {ratio}{unit} | {row.line}{verdict} |")
    return "\n".join(lines)


def notes(found):
    return "\n".join(f"- `{row.name}`: {row.what}." +
                     "".join(f"\n  {note[0].upper()}{note[1:]}." for note in row.notes)
                     for row in found)


def put_between_marks(path, text):
    """Replaces what stands between the two marks of a document."""
    before = path.read_text()
    marked = re.compile("(<!-- figures -->\n).*?(<!-- end of figures -->)", re.S)
    after, count = marked.subn(lambda found: found[1] + text + "\n" + found[2], before)
    if count != 1:
        raise CannotRun(f"{path.name} has no place for the figures")
    path.write_text(after)


def write_papers(machine, rounds, found):
    day = datetime.date.today()
    said = f"{day}, {machine}; medians of {rounds} rounds."
    put_between_marks(ROOT / "docs" / "performance.md",
                      f"{said}\n\n{table(found)}\n\n{notes(found)}")
    put_between_marks(ROOT / "README.md", short_table(found))


def main():
    parser = argparse.ArgumentParser(usage="./dev bench [--rounds N] [--write] [NAME…]")
    parser.add_argument("names", nargs="*", help=f"of {', '.join(BENCHES)}")
    parser.add_argument("--rounds", type=int, default=5, choices=range(1, 21), metavar="N")
    parser.add_argument("--write", action="store_true", help="the papers get these figures")
    arguments = parser.parse_args()
    wanted = [name for name in BENCHES
              if not arguments.names or any(part in name for part in arguments.names)]
    if not wanted:
        parser.error(f"no row is called so; there are {', '.join(BENCHES)}")
    machine = about_the_machine()
    print(machine)
    found, missing = measured(wanted, arguments.rounds)
    if found:
        print(f"Medians of {arguments.rounds} rounds, both sides in turn.\n\n{table(found)}\n")
    for row in found:
        print(f"{row.name}: {row.what}" + "".join(f"\n    {note}" for note in row.notes))
    for name, why in missing:
        print(f"{name}: COULD NOT RUN: {why}")
    if arguments.write and (missing or set(wanted) != set(BENCHES)):
        print("nothing is written: figures are missing")
        return 1
    if arguments.write:
        write_papers(machine, arguments.rounds, found)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
