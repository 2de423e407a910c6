"""Every command of the binary: what it prints, where, and its exit code (0 done, 1 refused, 2 wrong
usage, 3 wrong settings)."""

import json
import os
import subprocess
import unittest

import fairlead
from fairlead import EXAMPLES, House, example_booking

BAD_TENANT = """
tenant = "Not A Handle"
name = "Bad"
timezone = "Mars/Olympus"
currency = "USD"
surprise = 1
"""


class Commands(unittest.TestCase):
    def setUp(self):
        self.house = House(tenants=[])
        self.addCleanup(self.house.close)

    def refused(self, *arguments, code=1):
        """What such a command says on stderr; on stdout it says nothing."""
        done = self.house.run(*arguments, expect=code)
        self.assertEqual(done.stdout, "")
        self.assertTrue(done.stderr.strip())
        return done.stderr

    def book(self, *extra, **changes):
        file = self.house.write("booking.json", json.dumps(example_booking(**changes)))
        done = self.house.run("book", file, "--tenant", "jada", *extra)
        return json.loads(done.stdout) if "--json" in extra else done.stdout


class Usage(unittest.TestCase):
    COMMANDS = ["serve", "doctor", "tenant", "tenant apply", "tenant list", "tenant show",
                "tenant rotate", "book", "receipt", "drift", "replay"]

    @staticmethod
    def bare(*arguments):
        return subprocess.run([fairlead.binary, *arguments], capture_output=True, text=True,
                              timeout=30 * fairlead.PATIENCE)

    def test_help_of_every_command(self):
        for command in ["", *self.COMMANDS]:
            with self.subTest(command):
                done = self.bare(*command.split(), "--help")
                self.assertEqual((done.returncode, done.stderr), (0, ""))
                self.assertIn("Usage:", done.stdout)
        listed = self.bare("--help").stdout
        for command in self.COMMANDS:
            self.assertIn(command.split()[0], listed)

    def test_wrong_usage_is_2(self):
        for words in ("", "sail", "tenant", "tenant apply", "tenant show", "tenant rotate jada",
                      "tenant rotate jada everything", "book", "book some.json", "receipt",
                      "replay", "serve --port 1", "doctor extra"):
            with self.subTest(words):
                done = self.bare(*words.split())
                self.assertEqual((done.returncode, done.stdout), (2, ""))
                self.assertTrue(done.stderr)

    def test_the_version(self):
        self.assertRegex(self.bare("--version").stdout, r"\A\d+\.\d+\.\d+\n\Z")

    def test_the_data_folder_from_the_environment(self):
        house = House(tenants=["jada"])
        self.addCleanup(house.close)
        done = subprocess.run([fairlead.binary, "tenant", "list"], capture_output=True, text=True,
                              env={**os.environ, "FAIRLEAD_DATA": str(house.data)})
        self.assertEqual(done.stdout, "jada\n")


class Tenants(Commands):
    def test_secrets_are_printed_once(self):
        made = self.house.apply(EXAMPLES / "jada.toml")
        self.assertEqual(sorted(made), ["dashboard_token", "outcome", "service_key", "tenant"])
        for name in ("dashboard_token", "service_key"):
            self.assertRegex(made[name], r"\Ajada\.[a-z2-7]+\.[a-z2-7]{26,}\Z")
        again = json.loads(
            self.house.run("tenant", "apply", EXAMPLES / "jada.toml", "--json").stdout)
        self.assertEqual(again, {"tenant": "jada", "outcome": "unchanged"})
        for secret in (made["dashboard_token"], made["service_key"]):
            for file in self.house.data.rglob("*"):
                if file.is_file():
                    self.assertNotIn(secret.rsplit(".", 1)[1].encode(), file.read_bytes(), file)

    def test_list_and_show(self):
        self.assertEqual(self.house.run("tenant", "list").stdout, "")
        self.house.apply(EXAMPLES / "jada.toml")
        self.house.apply(EXAMPLES / "tern.toml")
        self.assertEqual(self.house.run("tenant", "list").stdout, "jada\ntern\n")
        shown = json.loads(self.house.run("tenant", "show", "jada").stdout)
        self.assertEqual((shown["id"], shown["name"]), ("jada", "JADA Charters"))
        for hidden in ("50.00", "5000", "token", "secret"):
            self.assertNotIn(hidden, json.dumps(shown))
        self.assertIn("nobody", self.refused("tenant", "show", "nobody"))

    def test_a_changed_file_updates(self):
        self.house.apply(EXAMPLES / "jada.toml")
        text = (EXAMPLES / "jada.toml").read_text()
        file = self.house.write("changed.toml", text.replace('"JADA Charters"', '"JADA Sailing"'))
        self.assertIn("updated", self.house.run("tenant", "apply", file).stdout)
        self.assertIn("JADA Sailing", self.house.run("tenant", "show", "jada").stdout)

    def test_a_wrong_file_is_refused_whole(self):
        said = self.refused("tenant", "apply", self.house.write("bad.toml", BAD_TENANT))
        for line, field in ((2, "tenant"), (4, "timezone"), (6, "surprise")):
            self.assertRegex(said, rf"line {line}: {field}:")
        self.assertEqual(self.house.run("tenant", "list").stdout, "")
        for file in ("no-such.toml", self.house.folder, "/dev/zero"):
            self.assertIn(str(file), self.refused("tenant", "apply", file))

    def test_limits_that_make_no_sense(self):
        text = (EXAMPLES / "jada.toml").read_text()
        for good, bad, said in (
                ("no_go = 25", "no_go = 18", "vessels.weather.wind_knots.no_go: must be above"),
                ("no_go = 25", "no_go = -1", "vessels.weather.wind_knots.no_go: must be a number"),
                ("no_go = 25", "nogo = 25", "vessels.weather.wind_knots.nogo"),
                ("wind_knots", "wind", "vessels.weather.wind:"),
                ('"9410170"', '"San Diego"', "vessels.weather.tide_station: must be the number"),
                ("wind_knots = { caution = 18, no_go = 25 }",
                 "visibility_metres = { caution = 1, no_go = 2 }", "no_go: must be below"),
                ("latitude = 32.7252\nlongitude = -117.2050\n", "",
                 "vessels.weather: needs latitude")):
            with self.subTest(said):
                self.assertIn(good, text)
                file = self.house.write("bad.toml", text.replace(good, bad, 1))
                self.assertIn(said, self.refused("tenant", "apply", file))

    def test_what_the_file_says_of_the_crew(self):
        self.house.apply(EXAMPLES / "jada.toml")
        shown = json.loads(self.house.run("tenant", "show", "jada").stdout)
        members = {member["id"]: member for member in shown["members"]}
        self.assertEqual(members["ana"]["captain_order"], 1)
        self.assertEqual(members["ben"]["rank"], 2)
        self.assertEqual(members["ana"]["credentials"],
                         [{"kind": "licence", "expires": "2031-06-30"}])
        self.assertEqual(shown["call"]["roles"]["captain"]["needs"], ["licence"])
        self.assertIs(shown["call"]["roles"]["captain"]["all"], False)
        text = (EXAMPLES / "jada.toml").read_text()
        for good, bad, where, means in (
                ('ask = "one"\n', "", "call", {"roles": {"captain": {
                    "all": False, "answer_within_minutes": 240, "needs": ["licence"]}}}),
                ("expires = 2031-06-30", 'expires = "2031-06-30"', "call", {}),
                ('civil_until = "20:00"', 'civil_until = "24:00"', "call",
                 {"civil": {"from": 480, "until": 1440}}),
                ("crew_hours = [168, 24, 3]", "crew_hours = [3, 48]", "reminders",
                 {"crew": [48, 3], "guest": [168, 24, 3]}),
                ("guest_hours = [168, 24, 3]", "guest_hours = []", "reminders", {"guest": []}),
                ('quiet_from = "20:00"\nquiet_until = "08:00"',
                 'quiet_from = "21:30"\nquiet_until = "07:00"', "reminders",
                 {"civil": {"from": 420, "until": 1290}})):
            with self.subTest(bad):
                self.assertIn(good, text)
                self.house.run("tenant", "apply",
                               self.house.write("other.toml", text.replace(good, bad, 1)))
                shown = json.loads(self.house.run("tenant", "show", "jada").stdout)
                self.assertEqual(shown[where], shown[where] | means)

    def test_crew_that_makes_no_sense(self):
        text = (EXAMPLES / "jada.toml").read_text()
        licence = '{ kind = "licence", expires = 2031-06-30 }'
        for good, bad, said in (
                ('"Ana Reyes"', '"Ana \u202eReyes"', "crew.name: contains a control character"),
                ('"Ana Reyes"', '"\u200b"', "crew.name: must not be empty"),
                ("rank = 2", "rank = 0", "crew.rank: must be a whole number from 1 to 99"),
                ("captain_order = 1", "captain_order = 100", "crew.captain_order: must be a whole"),
                ("2031-06-30", '"2031-06-31"', "crew.credentials.expires: names a day that its"),
                ("2031-06-30", "2031-06-30T10:00:00", "crew.credentials.expires: is not a date"),
                (", expires = 2031-06-30", "", "crew.credentials.expires: is required"),
                ('"licence", expires = 2031', '"A licence", expires = 2031',
                 "crew.credentials.kind: must be lower-case"),
                (licence, f"{licence}, {licence}", "crew.credentials.kind: stands twice"),
                (licence, ", ".join([licence] * 11), "crew.credentials: must be at most 10"),
                (licence, licence.replace(" }", ", by = 1 }"), "crew.credentials.by: is not a known"),
                ('civil_from = "08:00"', 'civil_from = "8"', "call.civil_from: must be a time"),
                ('civil_from = "08:00"', 'civil_from = "20:00"', "call.civil_until: must be later"),
                ('civil_until = "20:00"', 'civil_until = "24:01"', "call.civil_until: must be a time"),
                ("fill_by_hours = 48", "fill_by_hours = 1441", "call.fill_by_hours: must be a whole"),
                ("call.roles.captain", "call.roles.cook", "call.roles.cook: nobody holds this role"),
                ('ask = "one"', 'ask = "some"', 'call.roles.captain.ask: must be "one" or "all"'),
                ("within_minutes = 240", "within_minutes = 4",
                 "call.roles.captain.answer_within_minutes: must be a whole number from 5 to 10080"),
                ('needs = ["licence"]', 'needs = ["licence", "licence"]', "'licence' stands twice"),
                ("crew_hours = [168, 24, 3]", "crew_hours = [24, 3, 24]", "reminders.crew_hours: names"),
                ("crew_hours = [168, 24, 3]", "crew_hours = [0]", "reminders.crew_hours: must be a list"),
                ("guest_hours = [168, 24, 3]", "guest_hours = [1, 2, 3, 4, 5, 6, 7]",
                 "reminders.guest_hours: must be a list of at most 6"),
                ('quiet_until = "08:00"', 'quiet_until = "20:00"',
                 "reminders.quiet_from: must be later than quiet_until")):
            with self.subTest(said):
                self.assertIn(good, text)
                file = self.house.write("bad.toml", text.replace(good, bad, 1))
                told = self.refused("tenant", "apply", file)
                self.assertIn(said, told)
                self.assertRegex(told, r"line \d+: ")

    def test_letters_outside_of_quotes_are_no_toml(self):
        """The library's reading of them was undefined; see src/toml_library.h."""
        for line in ("name = é", "name =¢[1]", "náme = 1", "name = 'a' ж", "name = \u3000x"):
            self.assertIn("line 1", self.refused("tenant", "apply", self.house.write("bad.toml", line)))

    def test_a_host_of_another_tenant_is_refused(self):
        self.house.apply(EXAMPLES / "jada.toml")
        text = (EXAMPLES / "tern.toml").read_text()
        file = self.house.write("thief.toml", text.replace("guest.tern", "guest.jada"))
        self.assertIn("guest.jada.localhost", self.refused("tenant", "apply", file))
        self.assertEqual(self.house.run("tenant", "list").stdout, "jada\n")

    def test_crew_or_vessel_with_trips_ahead_stays(self):
        self.house.apply(EXAMPLES / "jada.toml")
        self.book()
        text = (EXAMPLES / "jada.toml").read_text()
        start = text.index('[[crew]]\nid = "cleo"')
        without_cleo = text[:start] + text[text.index("[pay.captain]"):]
        file = self.house.write("changed.toml", without_cleo)
        self.assertIn("cleo", self.refused("tenant", "apply", file))

    def test_rotate(self):
        """Two live at a time, the newest two, however fast they were made."""
        self.house.apply(EXAMPLES / "jada.toml")
        kinds = {"dashboard-token": [self.house.secrets["jada"]["dashboard_token"]],
                 "service-key": [self.house.secrets["jada"]["service_key"]]}
        for kind, secrets in kinds.items():
            for _ in range(4):
                secrets.append(self.house.run("tenant", "rotate", "jada", kind).stdout.strip())
        self.house.start()
        for kind, (host, header, path) in {
                "dashboard-token": ("ops.jada.localhost", "X_Dashboard_Token", "/charters"),
                "service-key": ("crew.jada.localhost", "X_Service_Key", "/events")}.items():
            answers = [fairlead.Caller(self.house, host, **{header: secret}).get(path).status
                       for secret in kinds[kind]]
            self.assertEqual(answers, [401, 401, 401, 200, 200], kind)


class Bookings(Commands):
    def setUp(self):
        super().setUp()
        self.house.apply(EXAMPLES / "jada.toml")

    def test_book_is_post_bookings(self):
        booked = self.book("--json")
        self.assertEqual(booked["settlement"]["net"], "289.41")
        self.house.start()
        receipt = self.house.finished_receipt(booked["charter"])
        self.assertEqual({job["state"] for job in receipt}, {"done"})
        posted = self.house.owner().post("/bookings", example_booking(
            reference="OTHER", starts_at=example_booking()["starts_at"].replace("16:30", "09:00")))
        self.assertEqual(sorted(posted.json), sorted(booked))

    def test_book_says_it_in_words(self):
        said = self.book()
        self.assertRegex(said, r"(?m)^charter jada\.[a-z2-7]{16} on ")
        self.assertIn("boatsetter-may-30.html", said)

    def test_a_refused_booking(self):
        self.book()
        for changes, word in (({}, "JADA is taken"), ({"reference": "XHQGMDH"}, "XHQGMDH"),
                              ({"gross": "1.234"}, "gross"), ({"surprise": 1}, "surprise"),
                              ({"guest": {"party_size": 13}}, "13 guests")):
            with self.subTest(word):
                changes = {"reference": "OTHER", **changes}
                file = self.house.write("b.json", json.dumps(example_booking(**changes)))
                self.assertIn(word, self.refused("book", file, "--tenant", "jada"))
        file = self.house.write("b.json", json.dumps(example_booking()))
        self.assertIn("nobody", self.refused("book", file, "--tenant", "nobody"))
        self.refused("book", "no-such.json", "--tenant", "jada")
        self.refused("book", self.house.write("b.json", "{"), "--tenant", "jada")

    def test_receipt_and_replay(self):
        charter = self.book("--json")["charter"]
        planned = json.loads(self.house.run("receipt", charter, "--json").stdout)["receipt"]
        self.assertEqual({job["state"] for job in planned}, {"planned"})
        self.assertIn("planned", self.refused("replay", f"{charter}.guest_mail.1"))
        self.house.start()
        self.house.finished_receipt(charter)
        self.assertEqual(self.house.stop(), 0)
        text = self.house.run("receipt", charter).stdout
        states = [line.partition("  ")[0] for line in text.splitlines()]
        self.assertEqual(states, ["done"] * 6 + ["current"] * 9 + ["waiting"] * 3, text)
        seats = [line for line in text.splitlines() if line.startswith("waiting  seat  ")]
        self.assertEqual(len(seats), 3, text)
        file, = self.house.data.glob("maildrop/*guest_mail*")
        first = file.read_bytes()
        file.unlink()
        replayed = self.house.run("replay", f"{charter}.guest_mail.1").stdout
        self.assertRegex(replayed, r"\Adone  guest_mail  to dana@guest\.example  ")
        self.assertEqual(file.read_bytes(), first)

    def test_what_is_not_there(self):
        for id in ("nope", "jada.nope", "other.aaaaaaaaaaaaaaaa", ""):
            with self.subTest(id):
                self.refused("receipt", id)
                self.refused("replay", id)


class Doctor(Commands):
    def test_a_healthy_house(self):
        said = self.house.run("doctor").stdout
        for what in ("clock", "time zones", "settings", "storage", "mail"):
            self.assertRegex(said, rf"(?m)^{what}: ok")

    def test_a_mail_server_that_is_not_there(self):
        self.house.settings('[mail]\nsmtp = "smtp://127.0.0.1:1"\nstarttls = "none"\n')
        done = self.house.run("doctor", expect=1)
        self.assertRegex(done.stdout, r"(?m)^mail: WRONG: ")


class WrongSettings(Commands):
    CASES = [
        ("surprise = 1\n", "line 1: surprise"),
        ('[public]\nurl = "ftp://{host}"\n', "line 2: public.url"),
        ('[public]\nurl = "https://fixed.example"\n', "line 2: public.url"),
        ('[public]\nurl = "https://{host}/\\" onclick"\n', "line 2: public.url"),
        ('[public]\nurl = "https://{host}:99999"\n', "line 2: public.url"),
        ("[public]\nurl = 5\n", "line 2: public.url"),
        ('[public]\nproxies = "127.0.0.1"\n', "line 2: public.proxies"),
        ('[public]\nproxies = ["proxy.example"]\n', "line 2: public.proxies"),
        ('[mail]\nsmtp = "http://mail.example"\n', "line 2: mail.smtp"),
        ('[mail]\nstarttls = "perhaps"\n', "line 2: mail.starttls"),
        ('[mail]\nport = 25\n', "line 2: mail.port"),
        ('[forecasts]\nengine = "almanac"\n', "line 2: forecasts.engine"),
        ('[forecasts]\nweather_url = "https://a.example/v1"\n', "line 2: forecasts.weather_url"),
        ('[forecasts]\ntides_url = "a.example"\n', "line 2: forecasts.tides_url"),
        ("[mail\n", "line 1"),
    ]

    def test_exit_3_names_the_setting(self):
        self.house.apply(EXAMPLES / "jada.toml")
        booking = self.house.write("booking.json", json.dumps(example_booking()))
        commands = [("serve", "--listen", "127.0.0.1:0"), ("tenant", "list"),
                    ("book", booking, "--tenant", "jada")]
        for text, named in self.CASES:
            self.house.settings(text)
            for command in commands:
                with self.subTest(setting=named, command=command[0]):
                    self.assertIn(named, self.refused(*command, code=3))
        self.house.settings("")
        self.assertEqual(self.house.run("tenant", "list").stdout, "jada\n")

    def test_settings_that_are_no_file(self):
        (self.house.data / "fairlead.toml").mkdir(parents=True)
        self.assertIn("fairlead.toml", self.refused("tenant", "list", code=3))


if __name__ == "__main__":
    fairlead.run_suite()
