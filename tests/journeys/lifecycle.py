"""The server's own life: it starts once per data folder, says where it listens and nothing more on
stdout, runs what is due within a second, sends mail to a real server, and goes when asked to."""

import http.client
import json
import signal
import socket
import sqlite3
import threading
import unittest

import fairlead
from fairlead import House, example_booking, next_day, wait_for
from mail_server import MailServer


class Lifecycle(unittest.TestCase):
    def setUp(self):
        self.house = House(tenants=["jada"])
        self.addCleanup(self.house.close)

    def book(self, **changes):
        answer = self.house.owner().post("/bookings", example_booking(**changes))
        self.assertEqual(answer.status, 201, answer)
        return answer.json["charter"]


class Listening(Lifecycle):
    def test_stdout_carries_the_addresses_alone(self):
        self.house.start()
        self.house.finished_receipt(self.book())
        self.house.owner().get("/nothing")
        self.assertEqual(self.house.stop(), 0)
        self.assertRegex(self.house.out.read_text(), r"\Alistening on 127\.0\.0\.1:\d+\n"
                                                     r"admin on 127\.0\.0\.1:\d+\n\Z")

    def test_health_on_every_host_and_on_the_admin_address(self):
        self.house.start()
        for host in ("ops.jada.localhost", "crew.jada.localhost", "elsewhere.example"):
            for path in ("/healthz", "/readyz"):
                self.assertEqual(fairlead.Caller(self.house, host).get(path).status, 200)
        admin = self.house.out.read_text().split()[-1]
        connection = http.client.HTTPConnection(admin, timeout=10 * fairlead.PATIENCE)
        connection.request("GET", "/readyz")
        self.assertEqual(connection.getresponse().status, 200)
        connection.close()

    def test_an_address_that_is_taken_or_none(self):
        with socket.create_server(("127.0.0.1", 0)) as taken:
            address = f"127.0.0.1:{taken.getsockname()[1]}"
            done = self.house.run("serve", "--listen", address, expect=1)
            self.assertIn(address, done.stderr)
        self.assertIn("listen", self.house.run("serve", "--listen", "nowhere", expect=1).stderr)


class Ending(Lifecycle):
    def test_a_request_under_way_is_answered(self):
        """SIGTERM while a body is still arriving: it is taken, answered, and lasts."""
        self.house.start()
        owner = self.house.owner()
        headers, body = owner.head_and_body(example_booking(), {})
        connection = http.client.HTTPConnection("127.0.0.1", self.house.port, timeout=20)
        connection.putrequest("POST", "/bookings", skip_host=True)
        for name, value in {**headers, "Content-Length": len(body)}.items():
            connection.putheader(name, value)
        connection.endheaders(body[:50])
        self.assertEqual(owner.get("/charters").status, 200)  # the head has been read by now
        ended = []
        stopping = threading.Thread(target=lambda: ended.append(self.house.stop()))
        stopping.start()
        wait_for(lambda: "draining" in self.house.log(), "the server drains")
        connection.send(body[50:])
        response = connection.getresponse()
        self.assertEqual(response.status, 201)
        charter = fairlead.Answer(response).json["charter"]
        connection.close()
        stopping.join()
        self.assertEqual(ended, [0])
        self.house.start()
        self.assertEqual(owner.get(f"/charters/{charter}").status, 200)
        self.house.finished_receipt(charter)

    def test_nobody_is_let_in_any_more(self):
        self.house.start()
        idle = socket.create_connection(("127.0.0.1", self.house.port))
        self.assertEqual(self.house.stop(), 0)  # an idle connection holds nothing up
        idle.close()
        with self.assertRaises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", self.house.port))

    def test_sigint_ends_it_as_well(self):
        self.house.start()
        self.house.process.send_signal(signal.SIGINT)
        self.assertEqual(self.house.process.wait(timeout=30), 0)
        self.house.process = None


class OneProcess(Lifecycle):
    def test_a_second_server_is_refused(self):
        self.house.start()
        done = self.house.run("serve", "--listen", "127.0.0.1:0", expect=1)
        self.assertIn(f"pid {self.house.process.pid}", done.stderr)
        self.assertEqual(self.house.owner().get("/charters").status, 200)

    def test_the_lock_does_not_outlive_its_process(self):
        self.house.start()
        self.house.kill()
        self.assertEqual(self.house.run("tenant", "list").stdout, "jada\n")
        self.house.start()


class Databases(Lifecycle):
    def change(self, statement):
        with sqlite3.connect(self.house.data / "fairlead.db") as database:
            database.execute(statement)
        database.close()

    def test_a_newer_schema_is_refused(self):
        with sqlite3.connect(self.house.data / "fairlead.db") as database:
            schema, = database.execute("PRAGMA user_version").fetchone()
        database.close()
        self.change("PRAGMA user_version = 99")
        for command in (("serve", "--listen", "127.0.0.1:0"), ("tenant", "list"), ("doctor",)):
            done = self.house.run(*command, expect=1)
            self.assertRegex(done.stderr, "schema 99.*newer fairlead")
        self.change(f"PRAGMA user_version = {schema}")
        self.assertEqual(self.house.run("tenant", "list").stdout, "jada\n")

    def test_one_whose_key_is_lost_is_refused(self):
        """A key made anew would answer every old token and link with a silent 401."""
        key = self.house.data / "server.key"
        kept = key.read_bytes()
        key.unlink()
        for command in (("serve", "--listen", "127.0.0.1:0"), ("tenant", "list"), ("doctor",)):
            self.assertIn("server.key is missing", self.house.run(*command, expect=1).stderr)
        self.assertFalse(key.exists())
        key.write_bytes(kept)
        key.chmod(0o600)
        self.house.start()
        self.assertEqual(self.house.owner().get("/charters").status, 200)

    def test_another_programs_database_is_refused(self):
        self.change("PRAGMA application_id = 7")
        self.assertIn("another program", self.house.run("tenant", "list", expect=1).stderr)


class DueJobs(Lifecycle):
    def test_each_runs_within_a_second(self):
        """By our own clock, since a receipt tells whole seconds. The guest's mail may find its page
        unpublished; then it is due again a second later."""
        self.house.start()
        charter = self.book()

        def none_planned(kinds):
            return all(job["state"] == "done" for job in self.house.receipt(charter)
                       if job["kind"] in kinds)
        wait_for(lambda: none_planned(["guest_page", "crew_call", "crew_mail"]),
                 "page and crew mails", seconds=1)
        wait_for(lambda: none_planned(["guest_mail"]), "the guest's mail", seconds=2)

    def test_what_was_booked_without_a_server_runs_when_it_starts(self):
        file = self.house.write("b.json", json.dumps(example_booking()))
        booked = json.loads(
            self.house.run("book", file, "--tenant", "jada", "--json").stdout)
        self.assertFalse(self.house.mail_files())
        self.house.start()
        wait_for(lambda: len(self.house.mail_files()) == 4, "every mail", seconds=5)
        self.house.finished_receipt(booked["charter"], seconds=5)

    def test_a_trip_that_is_over_tells_nobody(self):
        self.house.start()
        charter = self.book(starts_at=f"{next_day(5, 30).year - 2}-05-30T16:30")
        kinds = [job["kind"] for job in self.house.finished_receipt(charter)]
        self.assertEqual(kinds, ["guest_page"])
        self.assertFalse(self.house.mail_files())


class RealMail(Lifecycle):
    def setUp(self):
        super().setUp()
        self.server = MailServer()
        self.addCleanup(self.server.stop)
        self.house.settings(self.server.settings)

    def recipients(self):
        return sorted(recipient for recipient, _ in self.server.taken)

    def mail_jobs(self, charter):
        return [job for job in self.house.receipt(charter) if job["kind"].endswith("_mail")]

    ALL = ["ana@crew.example", "ben@crew.example", "cleo@crew.example", "dana@guest.example"]

    def test_each_person_has_one_mail(self):
        self.server.start()
        self.house.start()
        charter = self.book()
        self.house.finished_receipt(charter)
        self.assertEqual(self.recipients(), self.ALL)
        for recipient, mail in self.server.taken:
            self.assertIn(f"<{recipient}>", mail["To"])
            self.assertTrue(mail["Message-ID"].startswith(f"<{charter}."))
        self.assertFalse(self.house.mail_files())
        self.assertIn("ok, smtp://", self.stopped_doctor())

    def stopped_doctor(self):
        self.house.stop()
        return self.house.run("doctor").stdout

    def test_a_server_that_is_down_is_tried_again(self):
        self.house.start()
        charter = self.book()
        wait_for(lambda: all(job.get("error") for job in self.mail_jobs(charter)),
                 "each mail has failed once")
        self.assertEqual({job["state"] for job in self.mail_jobs(charter)}, {"planned"})
        self.assertEqual(self.house.guest().get("/g/boatsetter-may-30.html").status, 200)
        self.server.start()
        jobs = self.house.finished_receipt(charter, seconds=30)
        self.assertEqual({job["state"] for job in jobs}, {"done"})
        self.assertEqual(self.recipients(), self.ALL)
        self.assertFalse([job for job in jobs if "error" in job])

    def test_a_server_that_says_later_is_tried_again(self):
        self.server.refusing = 4
        self.server.start()
        self.house.start()
        charter = self.book()
        jobs = self.house.finished_receipt(charter, seconds=30)
        self.assertEqual({job["state"] for job in jobs}, {"done"})
        self.assertGreater(max(job["attempts"] for job in jobs), 1)
        self.assertEqual(self.recipients(), self.ALL)


if __name__ == "__main__":
    fairlead.run_suite()
