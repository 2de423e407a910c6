"""GET /metrics on the admin listener: what was done is counted, nobody is named, and no caller can
make it longer."""

import http.client
import re
import unittest

import fairlead
from fairlead import Caller, House, example_booking, wait_for

SAMPLE = re.compile(r'([a-z_]+)(\{(?:[a-z_]+="[^"\\]*",?)+\})? ([0-9][0-9.e+-]*)')


class Metrics(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.house = House()
        cls.addClassCleanup(cls.house.close)
        cls.house.start()
        cls.admin = cls.house.out.read_text().split()[-1]
        booked = cls.house.owner().post("/bookings", example_booking()).json
        cls.house.finished_receipt(booked["charter"])
        guest = cls.house.guest()
        for _ in range(5):
            page = guest.get("/g/boatsetter-may-30.html")
        guest.get("/g/boatsetter-may-30.html", If_None_Match=page.headers["ETag"])
        style = re.search(r'href="(/assets/[^"]+\.css)"', page.text)[1]
        for _ in range(2):
            guest.get(style)
        guest.post("/o/photos", {})
        for _ in range(3):
            cls.house.service().get("/events")
        cls.house.owner().get("/nothing/here")
        cls.house.owner().post("/bookings", {"surprise": 1})
        cls.text = cls.read().text

    @classmethod
    def read(cls, admin=None):
        connection = http.client.HTTPConnection(
            admin or cls.admin, timeout=10 * fairlead.PATIENCE)
        connection.request("GET", "/metrics")
        answer = fairlead.Answer(connection.getresponse())
        connection.close()
        return answer

    @staticmethod
    def samples(text):
        found = [SAMPLE.fullmatch(line) for line in text.splitlines() if line[0] != "#"]
        return {match[1] + (match[2] or ""): float(match[3]) for match in found}

    def test_each_line_is_prometheus(self):
        self.assertTrue(self.text.endswith("\n"))
        described = set()
        for line in self.text.splitlines():
            if line.startswith("# TYPE "):
                described.add(line.split()[2])
            elif not line.startswith("# HELP "):
                match = SAMPLE.fullmatch(line)
                self.assertTrue(match, line)
                name = re.sub(r"_(bucket|sum|count)$", "", match[1])
                self.assertTrue({name, match[1]} & described, line)
        self.assertEqual(self.read().headers["Content-Type"],
                         "text/plain; version=0.0.4; charset=utf-8")

    def test_what_was_done_is_counted(self):
        samples = self.samples(self.text)
        routes = {key: value for key, value in samples.items()
                  if key.startswith("fairlead_requests_total")}
        for site, route, answers, count in (("ops", "POST /bookings", "2xx", 1),
                                            ("ops", "POST /bookings", "4xx", 1),
                                            ("crew", "GET /events", "2xx", 3),
                                            ("guest", "GET /g/{name}", "2xx", 5),
                                            ("guest", "GET /g/{name}", "3xx", 1),
                                            ("guest", "GET /assets/{name}", "2xx", 1),
                                            ("", "GET /assets/{name}", "2xx", 1),
                                            ("guest", "POST /o/{bucket}", "4xx", 1),
                                            ("", "none", "4xx", 1)):
            label = f'{{site="{site}",route="{route}",class="{answers}"}}'
            self.assertEqual(routes[f"fairlead_requests_total{label}"], count, label)
        self.assertEqual(samples["fairlead_page_cache_hits_total"], 5)
        self.assertEqual(samples["fairlead_page_cache_misses_total"], 1)
        self.assertEqual(samples["fairlead_page_cache_pages"], 2)
        self.assertEqual(samples["fairlead_bcrypt_checks_total"], 1)
        self.assertEqual(samples["fairlead_http_shed_total"], 0)
        self.assertEqual(samples['fairlead_jobs_total{state="failed"}'], 0)
        self.assertGreaterEqual(samples['fairlead_jobs_total{state="done"}'], 6)
        self.assertGreater(samples["fairlead_store_commits_total"], 5)
        self.assertLessEqual(samples["fairlead_store_batches_total"],
                             samples["fairlead_store_commits_total"])
        self.assertGreater(samples["process_resident_memory_bytes"], 1_000_000)
        self.assertGreater(samples["fairlead_uptime_seconds"], 0)
        durations = [value for key, value in samples.items() if "_duration_seconds_bucket" in key]
        self.assertEqual(durations, sorted(durations))
        answers = sum(value for key, value in samples.items() if "http_answers_total" in key)
        self.assertEqual(durations[-1], answers)

    def test_nobody_is_named(self):
        names = re.sub(r" \S+$", "", self.text, flags=re.MULTILINE).lower()
        for word in ("jada", "tern", "dana", "whitfield", "boatsetter", "840", "289", "ana@",
                     "127.0.0.1"):
            self.assertNotIn(word, names)

    def test_no_caller_makes_it_longer(self):
        lines = len(self.read().text.splitlines())
        for number in range(40):
            self.house.guest().get(f"/x{number}/y")
            Caller(self.house, f"h{number}.example").get(f"/g/{number}.html")
        self.assertLessEqual(len(self.read().text.splitlines()), lines + 1)

    def test_on_the_admin_listener_only(self):
        for host in ("ops.jada.localhost", "guest.jada.localhost", "elsewhere.example"):
            self.assertIn(Caller(self.house, host).get("/metrics").status, (404, 421))

    def test_jobs_that_wait_are_seen(self):
        house = House(tenants=["jada"])
        self.addCleanup(house.close)
        house.settings('[mail]\nsmtp = "smtp://127.0.0.1:1"\nstarttls = "none"\n')
        house.start()
        house.owner().post("/bookings", example_booking())
        admin = house.out.read_text().split()[-1]

        def planned_again():
            samples = self.samples(self.read(admin).text)
            # Six were planned once; each claim and each failed try plans anew.
            return samples['fairlead_jobs_total{state="planned"}'] > 14
        wait_for(planned_again, "mails are tried again")


if __name__ == "__main__":
    fairlead.run_suite()
