"""What an operator's two distributions and the APIs behind them let through, and what not: who says
which site was asked, which credentials arrive, what stays at the edge and for how long."""

import unittest

import lambda_house  # first: it knows where the others are
import fairlead
from fairlead import Caller, example_booking, wait_for
from gateway import Request
from lambda_house import LambdaHouse

PAGE = "/g/boatsetter-may-30"
WRONG_TRIES_MAX = 10  # a minute from one address


class Walk(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.house = LambdaHouse()
        cls.addClassCleanup(cls.house.close)
        cls.house.start()
        cls.owner, cls.guest = cls.house.owner(), cls.house.guest()
        cls.booked = cls.owner.post("/bookings", example_booking()).json
        cls.charter = cls.booked["charter"]
        cls.house.finished_receipt(cls.charter)
        cls.apis = {gateway.function.name: host
                    for host, gateway in cls.house.account.gateways.items()}

    def at_api(self, role, **headers):
        return Caller(self.house, self.apis[role], **headers)


class Sites(Walk):
    def test_each_host_serves_its_own(self):
        event = f"/events/{self.charter}"
        self.assertEqual(self.house.service().get(event).status, 200)
        self.assertEqual(self.owner.get("/charters").status, 200)
        key, token = self.house.service().credentials, self.owner.credentials
        for host, path in (("crew", "/charters"), ("crew", "/calendar"), ("guest", "/charters"),
                           ("guest", event), ("ops", event), ("ops", f"{PAGE}.html"),
                           ("crew", f"{PAGE}.html")):
            with self.subTest(host=host, path=path):
                caller = Caller(self.house, f"{host}.jada.localhost", **key, **token)
                self.assertEqual(caller.get(path).status, 404)

    def test_a_viewers_word_on_the_site_counts_for_nothing(self):
        """Neither through a distribution, whose headers replace it, nor at an API's own host."""
        said = {"X-Fairlead-Site": "ops.tern.localhost", "X-Fairlead-Edge": "a guess",
                "X-Fairlead-Viewer": "203.0.113.9"}
        self.assertEqual(self.owner.get("/charters", **said).status, 200)
        forged = self.at_api("crew", **said).get("/")
        plain = self.at_api("crew").get("/")
        self.assertEqual((forged.status, forged.json["type"]), (plain.status, plain.json["type"]))
        guest = {**said, "X-Fairlead-Site": "guest.jada.localhost"}
        self.assertNotEqual(self.at_api("crew", **guest).get(f"{PAGE}.html").status, 200)
        ops = self.at_api("ops", **{**said, "X-Fairlead-Site": "ops.jada.localhost"})
        self.assertNotEqual(ops.get("/charters").status, 200)

    def test_who_may_be_seen_only_at_the_api_itself_is_not_there(self):
        missing = self.guest.get("/g/boatsetter-may-31.html")
        self.assertEqual(missing.status, 404)
        self.assertIn("text/html", missing.headers["Content-Type"])
        self.assertEqual(self.guest.post(f"{PAGE}.html", b"").status, 403)  # CloudFront's own
        self.assertEqual(self.guest.ask("HEAD", f"{PAGE}.html").status, 200)


class Programs(Walk):
    def test_the_direct_address_takes_its_tenant_from_the_credential(self):
        for tenant, status in (("jada", 200), ("tern", 404)):
            secrets = self.house.secrets[tenant]
            owner = self.at_api("ops", X_Dashboard_Token=secrets["dashboard_token"])
            service = self.at_api("crew", X_Service_Key=secrets["service_key"])
            for caller, path in ((owner, "/charters"), (service, "/events")):
                self.assertEqual(caller.get(path).status, 200)
                self.assertEqual(caller.get(f"{path}/{self.charter}").status, status)

    def test_credentials_are_proved_there_too(self):
        token = self.owner.credentials["X-Dashboard-Token"]
        changed = token[:-1] + ("a" if token[-1] != "a" else "b")
        for role, headers in (("ops", {"X-Dashboard-Token": changed}), ("ops", {}),
                              ("crew", {"X-Dashboard-Token": token}), ("crew", {}),
                              ("ops", {"X-Service-Key": self.house.service()
                                       .credentials["X-Service-Key"]})):
            for path in ("/charters", "/events", f"/charters/{self.charter}/settlement"):
                with self.subTest(role=role, headers=list(headers), path=path):
                    status = self.at_api(role, **headers).get(path).status
                    self.assertIn(status, (401, 404, 421))

    def test_a_repeat_of_one_request_is_answered_with_its_first_answer(self):
        """The key arrives through the edge, as every header of the owner's does."""
        booking = example_booking(reference="TWICE", starts_at=f"{fairlead.next_day(8, 3)}T10:00")
        first, again = [self.owner.post("/bookings", booking, Idempotency_Key="one")
                        for _ in range(2)]
        self.assertEqual((first.status, again.status), (201, 201))
        self.assertEqual(first.body, again.body)
        self.assertEqual(again.headers["Idempotency-Replayed"], "true")


class Patience(Walk):
    def ask(self, token, peer):
        """As a viewer at this address."""
        return self.house.edge.answer(Request(
            "GET", "/charters", "", [("host", "ops.jada.localhost"), ("x-dashboard-token", token)],
            b"", peer)).status

    def test_wrong_tries_count_against_their_viewer(self):
        ops = self.house.account.functions["ops"]
        ops.close()
        good = self.owner.credentials["X-Dashboard-Token"]
        statuses = [self.ask("jada.a.b", "203.0.113.9") for _ in range(3 * WRONG_TRIES_MAX + 3)]
        self.assertEqual(statuses[0], 401)
        self.assertIn(429, statuses)
        self.assertEqual(self.ask("jada.a.b", "203.0.113.77"), 401)
        self.assertEqual(self.ask(good, "203.0.113.77"), 200)


class Caches(Walk):
    def setUp(self):
        for one in self.house.edge.distributions:
            one.is_caching = True
        self.guests, = [one for one in self.house.edge.distributions
                        if "guest.jada.localhost" in one.hosts]

    def tearDown(self):
        for one in self.house.edge.distributions:
            one.is_caching, one.cache = False, {}

    def test_what_is_private_is_not_kept(self):
        for _ in range(2):
            self.assertIsNone(self.owner.get("/charters").headers["X-Cache"])
            self.assertIsNone(self.house.service().get("/events").headers["X-Cache"])

    def test_a_page_is_kept_and_purged_when_it_is_published_again(self):
        path = f"{PAGE}.html"
        fresh, kept = self.guest.get(path), self.guest.get(path)
        self.assertIsNone(fresh.headers["X-Cache"])
        self.assertIn("Hit", kept.headers["X-Cache"])
        self.assertEqual(fresh.body, kept.body)
        before = len(self.house.account.invalidations(self.guests.name))
        # A page that says what it said needs no purge, so the operator changes what it says.
        example = (fairlead.EXAMPLES / "jada.toml").read_text()
        changed = example.replace("20 minutes before", "25 minutes before")
        self.assertNotEqual(changed, example)
        self.house.run("tenant", "apply", self.house.write("changed.toml", changed))
        purged = wait_for(lambda: self.house.account.invalidations(self.guests.name)[before:],
                          "an invalidation")
        paths = {one for paths in purged for one in paths}
        for address in (f"{PAGE}.html", f"{PAGE}.ics"):
            self.assertIn(address, paths)
            self.assertIn(address.removeprefix("/g"), paths)
        now = self.guest.get(path)
        self.assertIsNone(now.headers["X-Cache"])
        self.assertIn("25 minutes before", now.text)


if __name__ == "__main__":
    fairlead.run_suite()
