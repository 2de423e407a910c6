"""The real example, booked once per class: examples/booking.json on the next 30 May."""

import unittest

from fairlead import House, example_booking, next_day

DAY = next_day(5, 30)
GATE = "The gate opens 20 minutes before departure. Park in the lot by the dock."
CREW = {"ana": ("Ana Reyes", "captain"), "ben": ("Ben Okafor", "crew"),
        "cleo": ("Cleo Lindgren", "crew")}
PAGE = "https://guest.jada.localhost/g/boatsetter-may-30.html"
SPOKEN_DAY = f"{DAY:%A}, 30 May {DAY.year}"


class Journey(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.house = House()
        cls.addClassCleanup(cls.house.close)
        cls.house.start()
        cls.owner, cls.guest = cls.house.owner(), cls.house.guest()
        answer = cls.owner.post("/bookings", example_booking())
        if answer.status != 201:
            raise AssertionError(f"the booking is answered {answer}")
        cls.booked = answer.json
        cls.charter = cls.booked["charter"]
        cls.receipt = cls.house.finished_receipt(cls.charter)
        cls.mails = cls.house.mails()

    def crew_mail(self, member):
        return self.mails[f"{self.charter}.crew_mail.1.{member}"]

    def crew(self, member):
        return self.house.crew(self.crew_mail(member).magic_link)
