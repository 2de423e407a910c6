"""Commands beside a running server: they say what they say without one, what they change is seen at
once, and nothing that arrives on the socket harms the server."""

import base64
import json
import os
import re
import socket
import stat
import subprocess
import sys
import threading
import time
import unittest

import fairlead
from fairlead import EXAMPLES, House, example_booking, wait_for


def comparable(text):
    """Without what chance and the hour decide."""
    text = re.sub(r"\.[a-z2-7]{8}\.", ".KEY-ID.", text)
    text = re.sub(r"[a-z2-7]{16,}", "RANDOM", text)
    return re.sub(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", "INSTANT", text)


class Control(unittest.TestCase):
    def setUp(self):
        self.house = House(tenants=[])
        self.addCleanup(self.house.close)

    def socket_file(self):
        return self.house.data / "control.sock"

    def booking(self, **changes):
        return self.house.write("booking.json", json.dumps(example_booking(**changes)))

    def book(self):
        done = self.house.run("book", self.booking(), "--tenant", "jada", "--json")
        return json.loads(done.stdout)

    def connect(self):
        client = socket.socket(socket.AF_UNIX)
        self.addCleanup(client.close)
        client.settimeout(30 * fairlead.PATIENCE)
        client.connect(str(self.socket_file()))
        return client

    def ask(self, line):
        """The bytes the server answers before it ends the connection."""
        client = self.connect()
        try:
            client.sendall(line)
            client.shutdown(socket.SHUT_WR)
        except OSError:
            pass  # it has heard enough; its answer is there all the same
        heard = b""
        try:
            while part := client.recv(65536):
                heard += part
        except ConnectionResetError:
            pass
        return heard


class BothWays(Control):
    """The same words in the same order on two folders, one of them with a server."""

    def steps(self, house):
        changed = (EXAMPLES / "jada.toml").read_text().replace("JADA Charters", "JADA Sailing")
        yield "tenant", "list"
        yield "tenant", "apply", house.write("bad.toml", 'tenant = "Not A Handle"\nodd = 1\n')
        yield "tenant", "apply", house.folder / "no-such.toml"
        yield "tenant", "apply", EXAMPLES / "jada.toml", "--json"
        yield "tenant", "apply", EXAMPLES / "jada.toml"
        yield "tenant", "apply", EXAMPLES / "tern.toml"
        yield "tenant", "apply", house.write("changed.toml", changed)
        yield "tenant", "list"
        yield "tenant", "show", "jada"
        yield "tenant", "show", "nobody"
        yield "tenant", "show", "né\tbody"
        yield "tenant", "rotate", "jada", "service-key"
        yield "tenant", "rotate", "nobody", "dashboard-token"
        book = house.write("b.json", json.dumps(example_booking()))
        yield "book", book, "--tenant", "nobody"
        yield "book", book, "--tenant", "jada", "--json"
        yield "book", book, "--tenant", "jada"
        yield "book", house.write("c.json", "{"), "--tenant", "jada"
        yield "book", house.write("d.json", '{"surprise": 1}'), "--tenant", "jada"
        yield "book", house.write("e.json", '{"a": "' + "x" * 1024 * 1024 + '"}'), "--tenant", "jada"
        yield "receipt", "nope"
        yield "receipt", "jada.aaaaaaaaaaaaaaaa", "--json"
        yield "replay", "jada.aaaaaaaaaaaaaaaa.guest_page.1"
        yield "doctor",

    def said(self, house):
        answers = []
        house.stay_at_home()
        for step in self.steps(house):
            done = subprocess.run(
                [fairlead.binary, *map(str, step), "--data", str(house.data)],
                capture_output=True, text=True, timeout=60 * fairlead.PATIENCE)
            words = [comparable(text.replace(str(house.folder), "FOLDER"))
                     for text in (done.stdout, done.stderr)]
            answers.append((" ".join(map(str, step)).replace(str(house.folder), "FOLDER"),
                            done.returncode, *words))
        return answers

    def test_the_same_output_errors_and_exit_codes(self):
        beside = House(tenants=[])
        self.addCleanup(beside.close)
        beside.start()
        alone = self.said(self.house)
        for without_server, with_server in zip(alone, self.said(beside), strict=True):
            with self.subTest(without_server[0]):
                self.assertEqual(with_server, without_server)
        self.assertEqual({code for _, code, _, _ in alone}, {0, 1})

    def test_a_latin_1_file_and_argument(self):
        for start in (lambda: None, self.house.start):
            start()
            file = self.house.folder / "latin.toml"
            file.write_bytes("name = \"Cádiz\"".encode("latin-1"))
            self.assertIn("UTF-8", self.house.run("tenant", "apply", file, expect=1).stderr)
            done = subprocess.run(
                [fairlead.binary.encode(), b"tenant", b"show", b"\xe1", b"--data",
                 str(self.house.data).encode()], capture_output=True)
            self.assertEqual((done.returncode, done.stdout), (2, b""))


class BesideTheServer(Control):
    def setUp(self):
        super().setUp()
        self.house.start()
        self.house.apply(EXAMPLES / "jada.toml")

    def test_a_new_tenant_and_its_bookings_are_served_at_once(self):
        booked = self.book()
        self.assertEqual(self.house.owner().get(f"/charters/{booked['charter']}").status, 200)
        receipt = self.house.finished_receipt(booked["charter"], seconds=10)
        self.assertEqual({job["state"] for job in receipt}, {"done"})
        text = self.house.run("receipt", booked["charter"]).stdout
        self.assertEqual(len([line for line in text.splitlines() if "  due " in line]),
                         len(receipt))

    def test_pages_in_memory_are_dropped(self):
        self.book()
        guest = self.house.guest()
        self.assertIn("JADA Charters", guest.get("/g/boatsetter-may-30.html").text)
        changed = (EXAMPLES / "jada.toml").read_text().replace("JADA Charters", "JADA Sailing")
        self.house.run("tenant", "apply", self.house.write("changed.toml", changed))
        page = guest.get("/g/boatsetter-may-30.html").text
        self.assertIn("JADA Sailing", page)
        self.assertNotIn("JADA Charters", page)

    def test_a_rotated_key_ends_at_once(self):
        service = self.house.service()
        self.assertEqual(service.get("/events").status, 200)
        self.house.run("tenant", "rotate", "jada", "service-key")
        self.assertEqual(service.get("/events").status, 200)
        self.house.run("tenant", "rotate", "jada", "service-key")
        self.assertEqual(service.get("/events").status, 401)

    def test_replay_waits_for_the_end_of_the_job(self):
        charter = self.book()["charter"]
        self.house.finished_receipt(charter)
        for _ in range(5):  # the ticker is as quick as the command: each has its turn
            file, = self.house.data.glob("maildrop/*guest_mail*")
            first = file.read_bytes()
            file.unlink()
            said = self.house.run("replay", f"{charter}.guest_mail.1").stdout
            self.assertRegex(said, r"\Adone  guest_mail  to dana@guest\.example  ")
            self.assertEqual(file.read_bytes(), first)

    def test_many_at_once(self):
        done = []
        threads = [threading.Thread(
            target=lambda: done.append(self.house.run("tenant", "list").stdout)) for _ in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(done, ["jada\n"] * 20)


class Folder(Control):
    def setUp(self):
        super().setUp()
        self.house.apply(EXAMPLES / "jada.toml")

    def test_a_second_server_is_refused_and_leaves_the_socket(self):
        self.house.start()
        refused = self.house.run("serve", "--listen", "127.0.0.1:0", expect=1)
        self.assertIn(f"pid {self.house.process.pid}", refused.stderr)
        self.assertEqual(self.house.run("tenant", "list").stdout, "jada\n")

    def test_the_socket_goes_with_the_server(self):
        self.house.start()
        mode = self.socket_file().stat().st_mode
        self.assertTrue(stat.S_ISSOCK(mode))
        self.assertEqual(stat.S_IMODE(mode), 0o600)
        self.assertEqual(self.house.stop(), 0)
        self.assertFalse(self.socket_file().exists())

    def test_a_socket_that_a_crash_left(self):
        self.house.start()
        self.house.kill()
        self.assertTrue(self.socket_file().exists())
        self.assertEqual(self.house.run("tenant", "list").stdout, "jada\n")
        self.house.start()
        self.assertEqual(self.house.run("tenant", "list").stdout, "jada\n")

    def test_commands_wait_for_one_another(self):
        rotations = [subprocess.Popen(
            [fairlead.binary, "tenant", "rotate", "jada", "service-key", "--data",
             str(self.house.data)], stdout=subprocess.PIPE) for _ in range(5)]
        keys = [process.communicate(timeout=60)[0] for process in rotations]
        self.assertEqual([process.returncode for process in rotations], [0] * 5)
        self.assertEqual(len(set(keys)), 5)

    def test_another_user_is_turned_away(self):
        """Even where somebody opened the folder and the socket to all."""
        self.house.start()
        for path in (self.house.folder, self.house.data):
            path.chmod(0o755)
        self.socket_file().chmod(0o666)
        reader = ("import socket,sys; s = socket.socket(socket.AF_UNIX); s.connect(sys.argv[1]); "
                  "s.sendall(b'{\"command\":\"tenant list\"}\\n'); print(s.recv(1000))")
        # Only root can become somebody else; for others there is their own user to try with.
        other = {"user": 65534, "group": 65534, "extra_groups": []} if os.geteuid() == 0 else {}
        heard = subprocess.run([sys.executable, "-c", reader, str(self.socket_file())],
                               capture_output=True, text=True, **other)
        self.assertEqual(b"jada" in heard.stdout.encode(), not other, heard)
        self.assertEqual("another user" in self.house.log(), bool(other))


class Hostile(Control):
    def setUp(self):
        super().setUp()
        self.house.apply(EXAMPLES / "jada.toml")
        self.house.start()

    def said(self, line):
        return json.loads(self.ask(line))

    def test_garbage_is_answered_and_changes_nothing(self):
        for line in (b"\n", b"hello\n", b"{}\n", b"[]\n", b'{"command":5}\n', b"\xff\xfe\x00\n",
                     b'{"command":"tenant apply","file":"?"}\n', b"[" * 100_000 + b"\n",
                     b'{"command":"serve"}\n', b'{"command":"tenant list"'):
            with self.subTest(line[:40]):
                said = self.said(line)
                self.assertIn(said["exit_code"], (1, 2))
                self.assertEqual(said["out"], "")
                self.assertTrue(said["err"].startswith("fairlead: "))
        self.assertEqual(self.said(b'{"command":"tenant list"}\n')["out"], "jada\n")

    def test_a_huge_request_is_cut(self):
        for line in (b"x" * 50_000_000, b'{"command":"book","file":"' + b"A" * 3_000_000 + b'"}\n'):
            self.assertIn("longer than", self.said(line)["err"])
        big = base64.b64encode(b" " * 1_100_000).decode()
        said = self.said(json.dumps({"command": "book", "subject": "jada", "file": big}).encode()
                         + b"\n")
        self.assertIn("file", said["err"])
        self.assertEqual(self.house.run("tenant", "list").stdout, "jada\n")

    def test_slow_and_silent_clients_hold_nobody_up(self):
        for _ in range(3):
            self.connect().sendall(b'{"comm')
        began = time.monotonic()
        for _ in range(3):
            self.assertEqual(self.house.run("tenant", "list").stdout, "jada\n")
        self.assertLess(time.monotonic() - began, 5 * fairlead.PATIENCE)
        self.assertEqual(self.house.owner().get("/charters").status, 200)
        self.assertEqual(self.house.stop(), 0)

    def test_a_client_that_leaves_does_not_stop_its_command(self):
        client = self.connect()
        line = {"command": "book", "subject": "jada",
                "file": base64.b64encode(self.booking().read_bytes()).decode()}
        client.sendall(json.dumps(line).encode() + b"\n")
        client.close()
        wait_for(lambda: self.house.owner().get("/charters").json["charters"], "the booking")


if __name__ == "__main__":
    fairlead.run_suite()
