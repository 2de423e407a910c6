"""The weather from two stand-ins of the public services to the crew's page, on good and bad days."""

import datetime
import json
import time
import unittest
import zoneinfo

import fairlead
from fairlead import EXAMPLES, House, example_booking, wait_for
from forecast_stub import ForecastStub

DOCK = zoneinfo.ZoneInfo("America/Los_Angeles")
LIMITS = """[vessels.weather]
tide_station = "9410170"
wind_knots = { caution = 18, no_go = 25 }
gust_knots = { caution = 22, no_go = 30 }
wave_metres = { caution = 1.0, no_go = 1.8 }
visibility_metres = { caution = 3000, no_go = 1000 }
"""


def tomorrow_noon():
    day = datetime.datetime.now(DOCK).date() + datetime.timedelta(days=1)
    return f"{day}T12:00"


class Weather(unittest.TestCase):
    def setUp(self):
        self.stub = ForecastStub()
        self.addCleanup(self.stub.close)
        self.open_house()

    def open_house(self):
        self.house = House(tenants=[])
        self.addCleanup(self.house.close)
        self.house.settings(self.stub.settings)
        self.apply_limits(LIMITS)

    def apply_limits(self, limits):
        before, _, after = (EXAMPLES / "jada.toml").read_text().partition("[vessels.weather]")
        text = before + limits + after[after.index("\n[[crew]]"):]
        self.house.apply(self.house.write("jada.toml", text))

    def book(self):
        booking = self.house.write(
            "booking.json", json.dumps(example_booking(starts_at=tomorrow_noon())))
        told = self.house.run("book", booking, "--tenant", "jada", "--json").stdout
        self.charter = json.loads(told)["charter"]

    def open_page(self):
        """Books, starts the server, and opens ana's page through her mail."""
        self.book()
        self.house.start()
        self.house.finished_receipt(self.charter)
        mail = self.house.mails()[f"{self.charter}.crew_mail.1.ana"]
        self.ana, self.page = self.house.crew(mail.magic_link)

    def crew_page(self):
        answer = self.ana.get(self.page)
        self.assertEqual(answer.status, 200)
        return answer.text

    def page_with(self, words):
        def said():
            page = self.crew_page()
            return page if words in page else None
        return wait_for(said, f"the crew page says {words!r}")

    def test_a_fine_day(self):
        self.open_page()
        page = self.page_with("<strong>Go</strong>")
        for words in ("Within the limits of the boat", "<dd>W 10 kn</dd>", "up to 14 kn",
                      "up to 0.6 m (2.0 ft)", "at least 8.7 nm", "up to 5 % likely",
                      "at San Diego (NOAA CO-OPS)", "rises", "National Weather Service: issued"):
            self.assertIn(words, page)
        agents = {agent for _, agent in self.stub.asked}
        self.assertEqual(len(agents), 1)
        self.assertRegex(agents.pop(), r"\Afairlead/\d+\.\d+\.\d+ \(ops@sailjada\.example\)\Z")
        self.assertEqual(len(self.stub.asked), 4, "point, grid, predictions, station: once each")

    def test_too_much_wind(self):
        self.stub.gust_kmh = 60  # 32 knots
        self.open_page()
        page = self.page_with("<strong>No-go</strong>")
        self.assertIn("Gusts 32 kn at 12:00 PM (limit 30 kn)", page)

    def test_bad_days_are_said_and_hold_nothing_up(self):
        self.stub.slow_seconds = 60 * fairlead.PATIENCE
        for mood in ("down", "nonsense", "huge", "moved", "slow"):
            with self.subTest(mood):
                self.stub.mood["weather"] = mood
                self.open_house()
                began = time.monotonic()
                # Mails go out and the page opens, while a slow service is still being waited for.
                self.open_page()
                self.assertLess(time.monotonic() - began, 6 * fairlead.PATIENCE)
                page = self.page_with("The forecast is not available since")
                self.assertIn("rises", page)
                self.assertNotIn("<dt>Wind</dt>", page)
                self.assertNotIn("class=\"verdict", page)
                self.assertEqual(self.house.stop(), 0)

    def test_figures_in_wrong_units_are_not_shown(self):
        self.stub.mood["weather"] = "wrong_units"
        self.open_page()
        page = self.page_with("<strong>Undecided</strong>")
        self.assertIn("Wind: not forecast, though the boat has a limit for it", page)
        self.assertNotIn("<dt>Wind</dt>", page)
        self.assertIn("<dt>Visibility</dt>", page)

    def test_without_tides_there_is_a_forecast(self):
        self.stub.mood["tides"] = "nonsense"
        self.open_page()
        self.assertNotIn("<dt>Tide</dt>", self.page_with("<strong>Go</strong>"))

    def test_the_last_known_is_shown_with_its_age(self):
        self.open_page()
        self.page_with("<strong>Go</strong>")
        self.house.stop()
        self.stub.mood["weather"] = "down"
        # Other limits are a reason to ask at once.
        self.apply_limits(LIMITS.replace("18", "17"))
        self.house.start()
        page = self.page_with("A newer forecast is not available since")
        self.assertIn("<strong>Was Go, by the last forecast</strong>", page)
        self.assertIn("<dd>W 10 kn</dd>", page)
        self.assertIn("ago.", page)


    def test_the_doctor_says_what_it_met(self):
        said = self.house.run("doctor").stdout
        self.assertRegex(said, r"(?m)^forecasts: ok, National Weather Service: \d+ hours for "
                               r"32\.7252\d*, -117\.205\d*, issued 20")
        self.assertRegex(said, r"(?m)^tides: ok, NOAA CO-OPS: \d+ turns at San Diego$")

    def test_to_the_doctor_a_bad_day_of_theirs_is_no_fault_of_the_house(self):
        self.stub.mood = {"weather": "down", "tides": "nonsense"}
        said = self.house.run("doctor").stdout
        self.assertRegex(said, r"(?m)^forecasts: not now: National Weather Service: answered 500; ")
        self.assertRegex(said, r"(?m)^tides: not now: NOAA CO-OPS: an answer that makes no sense")

    def test_switched_off(self):
        self.house.settings('[forecasts]\nengine = "none"\n')
        self.assertIn("forecasts: off\n", self.house.run("doctor").stdout)
        self.assertEqual(self.stub.asked, [])


if __name__ == "__main__":
    fairlead.run_suite()
