"""The tools of `./dev bench`, against what can go wrong: a figure that is none, a row that lies."""

import os
import pathlib
import sys
import time
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "bench"), str(ROOT / "tests" / "journeys")]
import events  # noqa: E402
import fairlead  # noqa: E402
import http_load  # noqa: E402
import measure  # noqa: E402
import run  # noqa: E402
import servers  # noqa: E402


class Measures(unittest.TestCase):
    def test_a_ratio_is_that_of_its_round(self):
        ratio = measure.ratios([10, 40, 30], [10, 20, 10])
        self.assertEqual((ratio.median, ratio.least, ratio.most), (2, 1, 3))
        self.assertEqual(ratio.text(), "2.00 [1.00–3.00]")

    def test_the_sides_take_turns_in_going_first(self):
        calls = []
        measure.in_turn(3, lambda: calls.append("a"), lambda: calls.append("b"))
        self.assertEqual("".join(calls), "abbaab")

    def test_cpu_seconds_count_work_and_not_waiting(self):
        before = measure.cpu_seconds(os.getpid())
        time.sleep(0.3)
        asleep = measure.cpu_seconds(os.getpid()) - before
        until = time.process_time() + 0.3
        while time.process_time() < until:
            pass
        self.assertLess(asleep, 0.1)
        self.assertGreater(measure.cpu_seconds(os.getpid()) - before, 0.2)

    def test_what_is_not_installed_or_fails_is_no_figure(self):
        for command in (["no-such-program"], ["false"], ["sleep", "9"]):
            with self.assertRaises(measure.CannotRun):
                measure.tool(command, 0.5)


class Table(unittest.TestCase):
    row = measure.Row("page", "what it is", "125", "100", "1.25 ×", "≥ 1.25 ×", True)

    def test_every_line_has_every_column(self):
        lines = run.table([self.row]).splitlines()
        self.assertEqual({line.count("|") for line in lines}, {7})
        self.assertIn("| ok ", lines[2])

    def test_a_row_that_could_not_run_is_told_and_the_others_go_on(self):
        def broken(_rounds):
            raise measure.CannotRun("no wrk here")

        before = dict(run.BENCHES)
        self.addCleanup(run.BENCHES.update, before)
        run.BENCHES.update(guest_page=broken, memory=lambda _rounds: [self.row])
        found, missing = run.measured(["guest_page", "memory"], 1)
        self.assertEqual((found, missing), ([self.row], [("guest_page", "no wrk here")]))


class Events(unittest.TestCase):
    """The fleet and its events are what the server takes, however its API moves on."""

    def test_no_two_of_the_waiting_want_the_same(self):
        for start in range(0, 3000, 500):
            wanted = set()
            for number in range(start, start + http_load.CLIENTS):
                event = events.event(number)
                wanted.add((event["vessel"], event["starts_at"][:7]))
            self.assertEqual(len(wanted), http_load.CLIENTS)

    def test_each_is_made_once_and_every_answer_is_looked_at(self):
        core = min(os.sched_getaffinity(0))
        with servers.Fairlead(core, tenants=()) as server:
            key = server.apply(events.fleet_toml())["service_key"]
            made = events.requests(http_load.CLIENTS * 2, key)
            served = http_load.post_all(server, core, made)
            self.assertEqual(served.requests, len(made))
            self.assertGreater(served.cpu, 0)
            wrong = events.requests(http_load.CLIENTS, "fleet.none.secret")
            with self.assertRaises(measure.CannotRun):
                http_load.post_all(server, core, wrong)


if __name__ == "__main__":
    fairlead.run_suite()
