"""The money canary: odd amounts in every field that takes money and in internal_notes, then every
byte that crew, guests or strangers can see is searched for them, in many spellings.

The search itself is tested first: it finds each of them in what the owner is answered."""

import gzip
import re
import unittest
import urllib.parse

import fairlead
from fairlead import Caller, House, example_booking, next_day

# Five digits and more, so that neither a port, a time nor a length is one of them by chance.
GROSS, CAPTAIN_RATE, CREW_RATE, OTHER_GROSS = "948391.57", "81286.39", "91197.83", "776613.19"
NOTES = "Quillfeather wired 683,254.19 of it, tip of 99871.35 in cash"
NOTED = ["683254.19", "99871.35"]
WORDS = ["quillfeather", "wired", "17.35", "internal_notes", "settlement", "gross"]
DAY = next_day(5, 30)


def spellings(amount):
    """A pattern for "948391.57": with and without cents, separators of many kinds, minor units."""
    whole, cents = amount.split(".")
    groups = re.findall(r"\d{1,3}(?=(?:\d{3})*$)", whole)
    between = r"(?:[.,'’_\s\u00a0\u2009\u202f]|%2C|%20|&nbsp;|&#44;)?"
    grouped = between.join(groups)
    return rf"(?<![0-9a-zA-Z]){grouped}(?:(?:[.,·]|%2E|%2C)?{cents})?(?![0-9a-zA-Z])"


def leaks(amounts, text):
    """What of the amounts and words stands in the text."""
    found = [amount for amount in amounts if re.search(spellings(amount), text)]
    lowered = text.lower()
    return found + [word for word in WORDS if word in lowered]


def amounts_in(settlement):
    """Every amount of an owner's settlement answer, however deep; hours and percents are none."""
    if isinstance(settlement, dict):
        return set().union(*(amounts_in(value) for name, value in settlement.items()
                             if name not in ("hours", "percent")))
    if isinstance(settlement, list):
        return set().union(*map(amounts_in, settlement))
    if isinstance(settlement, str) and re.fullmatch(r"-?\d+\.\d\d", settlement):
        return {settlement.lstrip("-")}
    return set()


class Spellings(unittest.TestCase):
    def test_each_is_found(self):
        for text in ("948391.57", "948,391.57", "$948,391.57", "948.391,57", "948 391,57",
                     "948\u00a0391.57", "948\u202f391,57", "948'391.57", "94839157", "948391",
                     "948,391", "948 391", '{"amount":948391.57}', "gross=948391%2E57",
                     "USD 948%2C391", "948&nbsp;391", "-948391.57"):
            with self.subTest(text):
                self.assertTrue(leaks([GROSS], f"before {text} after"))

    def test_others_are_not(self):
        for text in ("948392.57", "a948391", "2027-05-30", "13:45:09.839Z", "port 48391"):
            self.assertFalse(leaks([GROSS], text), text)


class Canary(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.house = House(tenants=["tern"])
        cls.addClassCleanup(cls.house.close)
        toml = (fairlead.EXAMPLES / "jada.toml").read_text()
        for plain, odd in (('"50.00"', f'"{CAPTAIN_RATE}"'), ('"25.00"', f'"{CREW_RATE}"'),
                           ("hours = 5", 'hours = "2.25"'), ('"18"', '"17.35"')):
            if toml.count(plain) != 1:
                raise AssertionError(f"examples/jada.toml has not one {plain}")
            toml = toml.replace(plain, odd)
        cls.house.apply(cls.house.write("odd.toml", toml))
        cls.house.start()
        cls.owner, cls.service = cls.house.owner(), cls.house.service()
        cls.money = {"gross": GROSS, "internal_notes": NOTES, "captain_fee": "unverified"}
        booked = cls.owner.post("/bookings", example_booking(**cls.money))
        cls.other = cls.owner.post("/bookings", example_booking(
            **{**cls.money, "gross": OTHER_GROSS, "captain_fee": "channel"}, reference="SECOND",
            starts_at=f"{DAY}T09:00")).json["charter"]
        cls.charter, cls.answer = booked.json["charter"], booked
        for charter in (cls.charter, cls.other):
            cls.house.finished_receipt(charter)
        settlements = [cls.owner.get(f"/charters/{charter}/settlement")
                       for charter in (cls.charter, cls.other)]
        cls.settlements = "".join(answer.text for answer in settlements)
        cls.amounts = sorted(amounts_in([answer.json for answer in settlements])
                             - {"0.00"} | set(NOTED))
        cls.links = {member: cls.house.mails()[f"{cls.charter}.crew_mail.1.{member}"].magic_link
                     for member in ("ana", "ben", "cleo")}

    def assert_clean(self, name, raw):
        text = raw.decode("utf-8", "replace") if isinstance(raw, bytes) else raw
        for reading in (text, urllib.parse.unquote(text)):
            self.assertEqual(leaks(self.amounts, reading), [], name)

    def assert_answer_clean(self, name, answer, status=None):
        if status:
            self.assertEqual(answer.status, status, name)
        body = answer.body
        if answer.headers["Content-Encoding"] == "gzip":
            body = gzip.decompress(body)
        self.assert_clean(name, body)
        self.assert_clean(f"headers of {name}", str(answer.headers))


class Control(Canary):
    def test_the_search_finds_them_where_they_belong(self):
        self.assertGreaterEqual(len(self.amounts), 10, self.amounts)
        for amount in (GROSS, OTHER_GROSS, CAPTAIN_RATE, CREW_RATE, *NOTED):
            self.assertIn(amount, self.amounts)
        of_notes = set(NOTED)
        self.assertEqual(set(leaks(self.amounts, self.settlements)) - set(WORDS),
                         set(self.amounts) - of_notes)
        charter = self.owner.get(f"/charters/{self.charter}").text
        self.assertLessEqual({GROSS, *NOTED, "quillfeather"}, set(leaks(self.amounts, charter)))


class Guests(Canary):
    def test_pages_files_and_refusals(self):
        guest = self.house.guest()
        for path in ("/g/boatsetter-may-30.html", "/g/boatsetter-may-30.ics",
                     "/g/boatsetter-may-30-2.html", "/g/boatsetter-may-30-2.ics",
                     "/g/XHQGMDH.html", "/g/SECOND.html", "/g/boatsetter-may-30", "/g/no.html",
                     f"/g/{self.charter}.html", f"/charters/{self.charter}", "/bookings", "/"):
            for encoding in ("identity", "gzip"):
                answer = guest.get(path, Accept_Encoding=encoding)
                self.assert_answer_clean(path, answer)
        page = guest.get("/g/boatsetter-may-30.html")
        self.assertIn("Welcome aboard", page.text)  # it is the page that was searched

    def test_published_objects(self):
        objects = dict(self.house.published())
        self.assertGreaterEqual(len(objects), 4)
        for name, content in objects.items():
            self.assert_clean(name, content)


class Crew(Canary):
    def test_each_persons_pages(self):
        for member, link in self.links.items():
            with self.subTest(member):
                crew, page = self.house.crew(link)
                anybody = Caller(self.house, crew.host)
                self.assert_answer_clean(
                    "the link", anybody.get(urllib.parse.urlsplit(link).path), 303)
                shown = crew.get(page)
                self.assertIn("Your role", shown.text)
                for name, answer in (
                        ("page", shown),
                        ("answer", crew.post(f"{page}/answer", {"answer": "yes"})),
                        ("tick", crew.post(f"{page}/checklist/d1", {"done": True})),
                        ("page after", crew.get(page))):
                    self.assert_answer_clean(name, answer, 200)
                for name, answer in (
                        ("wrong answer", crew.post(f"{page}/answer", {"answer": "maybe"})),
                        ("unknown item", crew.post(f"{page}/checklist/zz", {"done": True})),
                        ("another charter", crew.get(f"/charters/{self.other}")),
                        ("without the link", anybody.get(page))):
                    self.assertGreaterEqual(answer.status, 400)
                    self.assert_answer_clean(name, answer)

    def test_hours_that_are_approved(self):
        put = self.owner.ask("PUT", f"/charters/{self.charter}/hours/ana",
                             {"hours": "3.75", "approved": True})
        self.assertEqual(put.status, 200)
        settled = self.owner.get(f"/charters/{self.charter}/settlement")
        paid = sorted(amounts_in(settled.json) - {"0.00"})
        self.assertTrue(set(paid) - set(self.amounts), "other amounts than before")
        crew, page = self.house.crew(self.links["ana"])
        shown = crew.get(page)
        self.assertIn("Approved: 3.75 hours.", shown.text)
        for answer in (shown, crew.post(f"{page}/hours", {"act": "enter", "hours": "4"}), put):
            self.assertEqual(leaks([*paid, *self.amounts], answer.text), [])

    def test_events(self):
        self.assert_answer_clean("events", self.service.get("/events"), 200)
        self.assert_answer_clean("event", self.service.get(f"/events/{self.charter}"), 200)
        clash = {"vessel": "jada", "title": "Sea trial", "starts_at": f"{DAY}T17:00",
                 "ends_at": f"{DAY}T18:00"}
        self.assert_answer_clean("what is in the way", self.service.post("/events", clash), 409)
        made = self.service.post("/events", {**clash, "starts_at": f"{DAY}T22:00",
                                             "ends_at": f"{DAY}T23:00",
                                             "crew": [{"member": "ana", "role": "captain"}]})
        self.assert_answer_clean("a new event", made, 201)
        self.house.finished_receipt(made.json["id"])
        put_on = self.service.post("/events", {"charter": self.charter, "crew": [
            {"member": "ana", "role": "captain"}]})
        self.assert_answer_clean("somebody who is aboard", put_on, 422)
        event = f"/events/{made.json['id']}"
        changed = self.service.ask("PATCH", event, {"notes": "Bring the flag"}, If_Match='"1"')
        self.assert_answer_clean("a changed event", changed, 200)
        self.assert_answer_clean("a late change", self.service.ask(
            "PATCH", event, {"notes": "Bring it"}, If_Match='"1"'), 412)
        self.assert_answer_clean("an event called off", self.service.ask(
            "DELETE", event, If_Match='"2"'), 200)
        self.assert_clean("mail of the event", self.decoded_mails())

    def test_amounts_in_what_crew_can_read_are_refused(self):
        for field in ("title", "notes"):
            body = {"vessel": "jada", "title": "Sea trial", "starts_at": f"{DAY}T05:00",
                    "ends_at": f"{DAY}T06:00", field: f"Collect ${GROSS} first"}
            self.assertEqual(self.service.post("/events", body).status, 422, field)
        for field in ("title", "crew_notes", "guest_notes"):
            body = example_booking(reference="GHOST", starts_at=f"{DAY}T05:00",
                                   **{field: f"Collect ${GROSS} first"})
            self.assertEqual(self.owner.post("/bookings", body).status, 422, field)

    def decoded_mails(self):
        mails = self.house.mails()
        self.assertGreaterEqual(len(mails), 8)
        return "\n".join(
            part.get_payload(decode=True).decode() for mail in mails.values()
            for part in mail.message.walk() if not part.is_multipart())


class Everywhere(Canary):
    def test_mails_as_sent_and_as_read(self):
        for name, mail in self.house.mails().items():
            self.assert_clean(name, mail.raw)
            for header, value in mail.message.items():
                self.assert_clean(f"{header} of {name}", str(value))
            for part in mail.message.walk():
                if not part.is_multipart():
                    self.assert_clean(name, part.get_payload(decode=True))

    def test_the_owners_feed_and_calendar(self):
        key = self.owner.get("/calendar/key").json["key"]
        feed = Caller(self.house, "ops.jada.localhost").get(f"/calendar.ics?key={key}")
        self.assertIn("Boatsetter charter for Dana", feed.text)
        self.assert_answer_clean("feed", feed, 200)
        self.assert_answer_clean("calendar", self.owner.get("/calendar"), 200)
        self.assert_answer_clean("receipt", self.owner.get(f"/charters/{self.charter}/receipt"))

    def test_strangers_and_the_other_tenant(self):
        path = f"/charters/{self.charter}/settlement"
        for caller in (Caller(self.house, "ops.jada.localhost"), self.house.owner("tern"),
                       Caller(self.house, "ops.jada.localhost", X_Dashboard_Token="jada.a.b"),
                       Caller(self.house, "crew.jada.localhost"), self.house.guest()):
            answer = caller.get(path)
            self.assertIn(answer.status, (401, 404))
            self.assertEqual([a for a in self.amounts if re.search(spellings(a), answer.text)], [])

    def test_log_and_stdout(self):
        self.owner.post("/bookings", example_booking(**{**self.money, "gross": GROSS + "9"}))
        self.owner.post("/bookings", example_booking(**self.money))
        self.assert_clean("log", self.house.log())
        self.assert_clean("stdout", self.house.stdout())

    def test_the_operations_table_has_none_the_owners_table_has_all(self):
        """Crew and guest code is given a store that cannot name the owner's table."""
        self.house.stop()
        owner_only = "\n".join(body for _, _, body in self.house.records("owner_only"))
        operations = "\n".join(map(" ".join, self.house.records("operations")))
        self.house.start()
        self.assertIn("crew_notes", operations)
        self.assert_clean("operations", operations)
        self.assertEqual(set(leaks(self.amounts, owner_only)) - set(WORDS), set(self.amounts))


if __name__ == "__main__":
    fairlead.run_suite()
