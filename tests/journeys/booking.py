"""From one POST /bookings to every consequence, as the owner, the crew, the guest and a stranger
see it. The mails have a suite of their own."""

import datetime

import fairlead
from example import CREW, DAY, GATE, PAGE, SPOKEN_DAY, Journey
from fairlead import Caller, example_booking
from received import CalendarFile

SETTLEMENT = {
    "gross": "840.75", "currency": "USD", "net": "289.41",
    "lines": [
        {"kind": "pay", "role": "captain", "member": "ana", "hours": "3", "rate": "50.00",
         "amount": "150.00"},
        {"kind": "pay", "role": "crew", "member": "ben", "hours": "5", "rate": "25.00",
         "amount": "125.00"},
        {"kind": "pay", "role": "crew", "member": "cleo", "hours": "5", "rate": "25.00",
         "amount": "125.00"},
        {"kind": "fee", "name": "port_tax", "percent": "18", "amount": "151.34"}]}
TIMES = {"starts_at": f"{DAY}T16:30:00-07:00", "ends_at": f"{DAY}T19:30:00-07:00",
         "timezone": "America/Los_Angeles", "starts_at_utc": f"{DAY}T23:30:00Z"}
ENDS_AT_UTC = f"{DAY + datetime.timedelta(days=1)}T02:30:00Z"


class Answered(Journey):
    def test_the_answer_is_the_contracts(self):
        body = dict(self.booked)
        receipt = body.pop("receipt")
        key = body.pop("guest_link").removeprefix(f"{PAGE}#k=")
        self.assertRegex(key, r"\A[a-z2-7]{26,}\Z")
        self.assertRegex(self.charter, r"\Ajada\.[a-z2-7]{16}\Z")
        self.assertEqual(body, {
            "charter": self.charter, "status": "confirmed", "revision": 1,
            "slug": "boatsetter-may-30", "guest_page": PAGE, **TIMES,
            "event": {"id": self.charter,
                      "url": f"https://crew.jada.localhost/charters/{self.charter}"},
            "calendar_entry": {"id": self.charter}, "settlement": SETTLEMENT})
        self.assertEqual({job["state"] for job in receipt}, {"planned"})
        self.assertEqual(self.kinds(receipt), self.kinds(self.receipt))

    @staticmethod
    def kinds(receipt):
        return sorted((job["kind"], job["to"]) for job in receipt)

    def test_every_job_is_done_at_its_first_try(self):
        self.assertEqual(self.kinds(self.receipt), sorted([
            ("guest_page", "boatsetter-may-30.html"), ("crew_call", "crew"),
            ("guest_mail", "dana@guest.example"),
            *[("crew_mail", f"{member}@crew.example") for member in CREW]]))
        for job in self.receipt:
            with self.subTest(job["job"]):
                self.assertEqual((job["state"], job["revision"]), ("done", 1))
                self.assertEqual(job["attempts"], 1)
                self.assertNotIn("error", job)
                self.assertGreaterEqual(job["finished_at"], job["due_at"])

    def test_the_charter(self):
        answer = self.owner.get(f"/charters/{self.charter}")
        body, wanted = answer.json, example_booking()
        for name in ("channel", "reference", "vessel", "duration_minutes", "guest", "gross",
                     "captain_fee", "crew", "crew_notes", "guest_notes", "internal_notes"):
            self.assertEqual(body[name], wanted[name], name)
        self.assertEqual({name: body[name] for name in TIMES}, TIMES)
        self.assertEqual((body["status"], body["dock"]), ("confirmed", "Harbor Island, west dock"))
        self.assertEqual(answer.headers["ETag"], '"1"')

    def test_the_settlement(self):
        answer = self.owner.get(f"/charters/{self.charter}/settlement")
        self.assertEqual(answer.json, SETTLEMENT)

    def test_the_list_of_charters(self):
        for query, listed in [("", [self.charter]), (f"?from={DAY}&to={DAY}", [self.charter]),
                              ("?vessel=jada&status=confirmed", [self.charter]),
                              ("?vessel=tern", []),
                              (f"?from={DAY + datetime.timedelta(days=1)}", [])]:
            with self.subTest(query):
                body = self.owner.get("/charters" + query).json
                self.assertEqual([one["charter"] for one in body["charters"]], listed)

    def test_the_calendar_entry(self):
        self.assertEqual(self.owner.get(f"/calendar?from={DAY}&to={DAY}").json, {"entries": [{
            "id": self.charter, "charter": self.charter, "kind": "charter", "vessel": "jada",
            "title": "Boatsetter charter for Dana", "status": "confirmed", **TIMES,
            "ends_at_utc": ENDS_AT_UTC}]})

    def test_the_owners_feed(self):
        key = self.owner.get("/calendar/key").json["key"]
        feed = Caller(self.house, "ops.jada.localhost").get(f"/calendar.ics?key={key}")
        self.assertEqual(feed.headers["Content-Type"], "text/calendar; charset=utf-8")
        event, = CalendarFile(feed.body).events
        self.assert_event_times(event)
        self.assertEqual(event["SUMMARY"], "Boatsetter charter for Dana")
        self.assertEqual(event["UID"], f"{self.charter}@guest.jada.localhost")
        self.assertNotIn("METHOD:REQUEST", feed.text)

    def assert_event_times(self, event):
        zone = "TZID=America/Los_Angeles"
        self.assertEqual(event[f"DTSTART;{zone}"], f"{DAY:%Y%m%d}T163000")
        self.assertEqual(event[f"DTEND;{zone}"], f"{DAY:%Y%m%d}T193000")
        self.assertEqual(event["LOCATION"], r"Harbor Island\, west dock")
        self.assertEqual(event["STATUS"], "CONFIRMED")


class GuestPages(Journey):
    def test_the_page(self):
        answer = self.guest.get("/g/boatsetter-may-30.html")
        self.assertEqual(answer.status, 200)
        self.assertLessEqual(len(answer.body), 20480)
        for shown in ("Welcome aboard, Dana", "JADA", "65-foot sailing yacht, built 1938",
                      SPOKEN_DAY, "4:30 PM – 7:30 PM PDT", "3 hours", "Harbor Island, west dock",
                      "Soft-soled shoes", GATE, "/g/boatsetter-may-30.ics", "noindex"):
            self.assertIn(shown, answer.text)
        for hidden in ("Whitfield", "dana@", "619", "XHQGMDH", "Reyes", "Okafor", "Lindgren",
                       "cane", "Paid through", self.booked["guest_link"].split("#")[1]):
            self.assertNotIn(hidden, answer.text)
        self.assertIn("noindex", answer.headers["X-Robots-Tag"])
        self.assertIn("default-src 'none'", answer.headers["Content-Security-Policy"])
        self.assertNotIn("Set-Cookie", answer.headers)

    def test_its_calendar_file(self):
        answer = self.guest.get("/g/boatsetter-may-30.ics")
        self.assertEqual(answer.headers["Content-Type"], "text/calendar; charset=utf-8")
        event, = CalendarFile(answer.body).events
        self.assertEqual(event["DTSTART;TZID=America/Los_Angeles"], f"{DAY:%Y%m%d}T163000")
        self.assertEqual(event["URL"], PAGE)
        self.assertFalse([head for head in event if head.startswith("ATTENDEE")])

    def test_roads_to_the_page(self):
        for path in ("/g/XHQGMDH.html", "/g/boatsetter-may-30", "/g/boatsetter-may-30/"):
            with self.subTest(path):
                answer = self.guest.get(path)
                self.assertEqual((answer.status, answer.headers["Location"]),
                                 (308, "/g/boatsetter-may-30.html"))
        for path in ("/g/boatsetter-may-31.html", "/g/NOTHERE.html", "/g/a/b.html"):
            self.assertEqual(self.guest.get(path).status, 404, path)

    def test_head_and_revalidation(self):
        head = self.guest.ask("HEAD", "/g/boatsetter-may-30.html")
        self.assertEqual((head.status, head.body), (200, b""))
        again = self.guest.get("/g/boatsetter-may-30.html", If_None_Match=head.headers["ETag"])
        self.assertEqual((again.status, again.body), (304, b""))


class CrewPages(Journey):
    def test_each_link_opens_that_persons_page(self):
        for member, (name, role) in CREW.items():
            with self.subTest(member):
                crew, page = self.crew(member)
                self.assertEqual(page, f"/charters/{self.charter}")
                text = crew.get(page).text
                self.assertIn(f'<span class="who">{name} <span class="you">(you)</span></span> '
                              f'<span class="role">{role}</span>', text)
                for shown in (SPOKEN_DAY, "4:30 PM – 7:30 PM PDT", "Harbor Island, west dock",
                              "Dana’s party of 6", "One guest uses a cane", "Life jackets counted",
                              "Lost property"):
                    self.assertIn(shown, text)
                for hidden in ("Whitfield", "dana@", "XHQGMDH", "Paid through"):
                    self.assertNotIn(hidden, text)

    def test_a_link_survives_mail_scanners(self):
        link = self.crew_mail("ben").magic_link
        path = link.removeprefix("https://crew.jada.localhost")
        scanner = Caller(self.house, "crew.jada.localhost")
        for method in ("HEAD", "GET", "GET"):
            self.assertEqual(scanner.ask(method, path).status, 303)
        cookie = scanner.get(path).headers["Set-Cookie"]
        for flag in ("__Host-", "Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
            self.assertIn(flag, cookie)
        self.assertEqual(self.house.crew(link)[0].get(f"/charters/{self.charter}").status, 200)

    def test_an_answer_is_seen_by_all(self):
        ana, page = self.crew("ana")
        for answer, shown in (("yes", "You said yes."), ("no", "You said no.")):
            given = ana.post(f"{page}/answer", {"answer": answer})
            self.assertEqual((given.status, given.json), (200, {"answer": answer}))
            self.assertIn(shown, ana.get(page).text)
            crew = self.house.service().get(f"/events/{self.charter}").json["crew"]
            self.assertEqual(crew[0], {"member": "ana", "name": "Ana Reyes", "role": "captain",
                                       "answer": answer})
        form = ana.post(f"{page}/answer", b"answer=yes",
                        Content_Type="application/x-www-form-urlencoded")
        self.assertEqual((form.status, form.headers["Location"]), (303, page))
        self.assertIn("Not answered yet.", self.crew("cleo")[0].get(page).text)

    def test_a_tick_is_seen_by_all(self):
        ben, page = self.crew("ben")
        ticked = ben.post(f"{page}/checklist/d1", {"done": True})
        self.assertEqual((ticked.status, ticked.json), (200, {"item": "d1", "done": True}))
        cleo, _ = self.crew("cleo")
        self.assertIn("1 of 3", cleo.get(page).text)
        self.assertIn("Ben Okafor, ", cleo.get(page).text)
        form = cleo.post(f"{page}/checklist/d1", b"done=false",
                         Content_Type="application/x-www-form-urlencoded")
        self.assertEqual((form.status, form.headers["Location"]), (303, page))
        self.assertNotIn("1 of 3", ben.get(page).text)
        self.assertEqual(ben.post(f"{page}/checklist/x9", {"done": True}).status, 404)

    def test_the_event(self):
        service = self.house.service()
        event = service.get(f"/events/{self.charter}").json
        self.assertEqual([e["id"] for e in service.get("/events").json["events"]], [self.charter])
        self.assertEqual({name: event[name] for name in TIMES}, TIMES)
        self.assertEqual(event["url"], self.booked["event"]["url"])
        self.assertEqual(event["notes"], example_booking()["crew_notes"])
        self.assertEqual([slot["member"] for slot in event["crew"]], list(CREW))
        for hidden in ("settlement", "gross", "internal_notes", "guest"):
            self.assertNotIn(hidden, event)


class Strangers(Journey):
    def test_another_tenants_credential_is_a_wrong_one(self):
        """The owner of tern, with tern's secrets, on jada's hosts and on tern's own."""
        tern = self.house.secrets["tern"]
        own, foreign = self.house.owner("tern"), f"/charters/{self.charter}"
        for path in (foreign, foreign + "/receipt", foreign + "/settlement"):
            self.assertEqual(own.get(path).status, 404, path)
        for path in ("/charters", "/calendar", "/calendar/key", foreign, foreign + "/settlement"):
            answer = Caller(self.house, "ops.jada.localhost",
                            X_Dashboard_Token=tern["dashboard_token"]).get(path)
            self.assertEqual(answer.status, 401, path)
            self.assertIn("wrong-credential", answer.json["type"])
        service = Caller(self.house, "crew.jada.localhost", X_Service_Key=tern["service_key"])
        self.assertEqual(service.get(f"/events/{self.charter}").status, 401)
        self.assertEqual(self.house.service("tern").get(f"/events/{self.charter}").status, 404)

    def test_the_other_tenants_lists_are_empty(self):
        self.assertEqual(self.house.owner("tern").get("/charters").json["charters"], [])
        self.assertEqual(self.house.owner("tern").get("/calendar").json, {"entries": []})
        self.assertEqual(self.house.service("tern").get("/events").json, {"events": []})
        key = self.house.owner("tern").get("/calendar/key").json["key"]
        feed = Caller(self.house, "ops.tern.localhost").get(f"/calendar.ics?key={key}")
        self.assertEqual(CalendarFile(feed.body).events, [])

    def test_links_work_on_their_own_hosts_alone(self):
        path = self.crew_mail("ana").magic_link.removeprefix("https://crew.jada.localhost")
        self.assertEqual(Caller(self.house, "crew.tern.localhost").get(path).status, 404)
        self.assertEqual(self.house.guest("tern").get("/g/boatsetter-may-30.html").status, 404)
        ana, page = self.crew("ana")
        stranger = Caller(self.house, "crew.tern.localhost", **ana.credentials)
        self.assertEqual(stranger.get(page).status, 401)

    def test_without_credentials_there_is_nothing(self):
        for host, path in (("ops", f"/charters/{self.charter}"), ("ops", "/calendar"),
                           ("ops", "/calendar.ics"), ("crew", "/events"),
                           ("crew", f"/charters/{self.charter}")):
            answer = Caller(self.house, f"{host}.jada.localhost").get(path)
            self.assertEqual(answer.status, 401, path)
            self.assertIn("missing-credential", answer.json["type"])
        self.assertEqual(Caller(self.house, "elsewhere.example").get("/").status,
                         self.house.unknown_host_status)

    def test_a_foreign_page_cannot_answer_for_the_crew(self):
        ana, page = self.crew("ana")
        refused = ana.post(f"{page}/answer", {"answer": "no"}, Origin="https://evil.example")
        self.assertEqual(refused.status, 403)


class Repeats(Journey):
    def test_the_same_booking_again_names_the_charter(self):
        again = self.owner.post("/bookings", example_booking())
        self.assertEqual(again.status, 409)
        self.assertIn(self.charter, again.json["detail"])

    def test_the_same_time_again_names_what_is_in_the_way(self):
        again = self.owner.post("/bookings", example_booking(reference="OTHER"))
        self.assertEqual(again.status, 409)
        self.assertEqual([error["field"] for error in again.json["errors"]], ["vessel"])
        self.assertIn(self.charter, again.json["detail"])

    def test_refusals_leave_nothing_behind(self):
        wanted = example_booking(reference="GHOST", starts_at=f"{DAY}T08:00")
        for field, value in (("gross", "840.755"), ("gross", "-1.00"), ("vessel", "ark"),
                             ("duration_minutes", -5), ("crew_notes", "collect $840.75"),
                             ("surprise", 1), ("starts_at", f"{DAY.year}-03-14T25:00"),
                             ("starts_at", f"{DAY}T08:00+05:00")):
            with self.subTest(field=field, value=value):
                answer = self.owner.post("/bookings", {**wanted, field: value})
                self.assertEqual(answer.status, 422, answer)
                self.assertIn(field, [error["field"] for error in answer.json["errors"]])
        self.assertEqual(len(self.owner.get("/charters").json["charters"]), 1)
        self.assertEqual(len(self.owner.get("/calendar").json["entries"]), 1)
        self.assertEqual(self.guest.get("/g/GHOST.html").status, 404)
        self.assertEqual(self.house.mail_count(), 4)


if __name__ == "__main__":
    fairlead.run_suite()
