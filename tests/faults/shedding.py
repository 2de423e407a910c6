"""More than the server can do, and neighbours that hold on to it: guests and crew are served all
the same, what is turned away is told so, and afterwards everything is as before.

FAIRLEAD_IDLE sets how many idle connections there are (default 10,000); where the limit of open
files allows fewer, the suite says how many it made.
"""

import contextlib
import os
import pathlib
import resource
import socket
import signal
import statistics
import sys
import threading
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "journeys"))
import fairlead  # noqa: E402

FILES_FOR_OTHERS = 200
NEIGHBOURS = 200  # of each slow kind


def open_files_possible():
    """Raises the soft limit to the hard one; how many connections that allows."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return hard - FILES_FOR_OTHERS - 5 * NEIGHBOURS


def resident_kib(process):
    status = pathlib.Path(f"/proc/{process.pid}/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))


class Shedding(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.possible = open_files_possible()
        cls.house = fairlead.House(tenants=("jada",))
        cls.house.start()
        cls.owner = cls.house.owner()
        made = cls.owner.post("/bookings", fairlead.example_booking())
        cls.booking = made.json
        cls.house.finished_receipt(cls.booking["charter"], seconds=60)
        cls.page = f"/g/{cls.booking['slug']}.html"
        link = next(mail.magic_link for mail in cls.house.mails().values()
                    if "/c/" in mail.text)
        cls.crew, cls.crew_page = cls.house.crew(link)

    @classmethod
    def tearDownClass(cls):
        cls.house.close()

    def connect(self):
        connection = socket.create_connection(("127.0.0.1", self.house.port))
        self.neighbours.callback(connection.close)
        return connection

    def head(self, method, path, host, length=None):
        body = "" if length is None else f"Content-Length: {length}\r\n"
        return f"{method} {path} HTTP/1.1\r\nHost: {host}\r\n{body}\r\n".encode()

    def spans_ms(self, caller, path, count):
        """How long each of so many requests took; every one is answered 200."""
        spans = []
        for _ in range(count):
            begin = time.monotonic()
            answer = caller.get(path)
            spans.append(1000 * (time.monotonic() - begin))
            self.assertEqual(answer.status, 200, answer)
        return spans

    def setUp(self):
        self.neighbours = contextlib.ExitStack()
        self.addCleanup(self.neighbours.close)

    def add_idle(self, count):
        """Half have never said a word, half have been answered once and stay."""
        guest = self.house.guest()
        for i in range(count):
            connection = self.connect()
            if i % 2 == 0:
                continue
            connection.sendall(self.head("GET", self.page, guest.host))
            answer = b""
            while b"</html>" not in answer:
                answer += connection.recv(65536)

    def add_slow(self):
        """Heads and bodies that never end, and answers that nobody reads."""
        for _ in range(NEIGHBOURS):
            self.connect().sendall(b"GET /g/")
            self.connect().sendall(self.head("POST", "/bookings", self.owner.host, 9999) + b"{")
            reader = self.connect()
            with contextlib.suppress(BlockingIOError):
                reader.setblocking(False)
                for _ in range(200):
                    reader.send(self.head("GET", self.page, self.house.guest().host))

    @contextlib.contextmanager
    def standing_still(self):
        """So that all arrive at once, however slow whoever sends them is."""
        self.house.process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self.house.process.send_signal(signal.SIGCONT)

    def test_slow_and_idle_neighbours_do_not_slow_others(self):
        guest = self.house.guest()
        pages = self.spans_ms(guest, self.page, 200)
        crew = self.spans_ms(self.crew, self.crew_page, 200)
        before = resident_kib(self.house.process)
        wanted = int(os.environ.get("FAIRLEAD_IDLE", "10000"))
        count = min(wanted, self.possible)
        self.add_idle(count)
        time.sleep(2)  # connections at rest have given their buffers back by then
        each = 1024 * (resident_kib(self.house.process) - before) / count
        self.add_slow()
        slow_pages = self.spans_ms(guest, self.page, 200)
        slow_crew = self.spans_ms(self.crew, self.crew_page, 200)
        print(f"{count} of {wanted} idle connections, {each:.0f} bytes each, and "
              f"{3 * NEIGHBOURS} slow ones; median ms: guest page "
              f"{statistics.median(pages):.2f} -> {statistics.median(slow_pages):.2f}, crew page "
              f"{statistics.median(crew):.2f} -> {statistics.median(slow_crew):.2f}")
        for quick, slow in ((pages, slow_pages), (crew, slow_crew)):
            self.assertLess(statistics.median(slow), 5 * statistics.median(quick) + 5)
            self.assertLess(sorted(slow)[-5], 500 * fairlead.PATIENCE)
        self.assertLess(each, 4096 * fairlead.PATIENCE)

    def test_programs_are_shed_before_people_and_all_is_well_afterwards(self):
        guest, failures, stop = self.house.guest(), [], threading.Event()
        answered = {"guest": 0, "crew": 0}

        def visit(name, caller, path):
            while not stop.is_set():
                answer = caller.get(path)
                if answer.status != 200:
                    failures.append((name, answer))
                answered[name] += 1

        visitors = [threading.Thread(target=visit, args=("guest", guest, self.page)),
                    threading.Thread(target=visit, args=("crew", self.crew, self.crew_page))]
        for visitor in visitors:
            visitor.start()
        shed = []
        for count in (2000, 4000, 8000, 8000, 8000, 8000):
            calls = [(self.owner, "/bookings", self.conflict(i), {})
                     for i in range(min(count, self.possible))]
            answers = fairlead.race(calls, self.standing_still())
            self.assertLessEqual({answer.status for answer in answers}, {409, 503})
            shed = [answer for answer in answers if answer.status == 503]
            if shed:
                break
        stop.set()
        for visitor in visitors:
            visitor.join()
        print(f"{len(shed)} of {len(answers)} calls at once were turned away; meanwhile "
              f"{answered['guest']} guest pages and {answered['crew']} crew pages were served")
        self.assertTrue(shed, "nothing was turned away: more calls are needed to show it")
        self.assertEqual({answer.headers["Retry-After"] for answer in shed}, {"1"})
        self.assertEqual(failures, [])
        self.assertGreater(min(answered.values()), 0)
        begin = time.monotonic()
        self.assertEqual(self.owner.post("/bookings", self.conflict(0)).status, 409)
        self.assertLess(time.monotonic() - begin, 10 * fairlead.PATIENCE)

    def conflict(self, number):
        """A booking for the hours that are taken: work for a worker, and nothing stays."""
        return fairlead.example_booking(reference=f"R{number}")


if __name__ == "__main__":
    fairlead.run_suite()
