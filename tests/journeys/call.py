"""The call on the built binary: an open seat, who is asked for it, and what comes of their answers."""

import re
import unittest

import fairlead
from fairlead import House, next_day, race, wait_for

HANDS = 50

# Asks leave at any hour here: whoever runs the suite does so at any hour.
OPERATOR = """
tenant = "fleet"
name = "Fleet Charters"
timezone = "America/Los_Angeles"
currency = "USD"
[sites]
ops = "ops.fleet.localhost"
crew = "crew.fleet.localhost"
guest = "guest.fleet.localhost"
[owner]
email = "owner@fleet.example"
[[vessels]]
id = "jada"
name = "JADA"
dock = "West dock"
passengers_max = 12
turnaround_minutes = 60
[[crew]]
id = "ana"
name = "Ana Reyes"
email = "ana@crew.example"
roles = ["captain"]
captain_order = 1
[[crew]]
id = "eve"
name = "Eve Novak"
email = "eve@crew.example"
roles = ["captain"]
captain_order = 2
{hands}
[pay.captain]
rate = "61.37"
[pay.deckhand]
rate = "27.13"
[fees]
port_tax_percent = "18"
[call]
civil_from = "00:00"
civil_until = "24:00"
[call.roles.captain]
ask = "one"
answer_within_minutes = 60
"""
HAND = '[[crew]]\nid = "{0}"\nname = "Hand {0}"\nemail = "{0}@crew.example"\nroles = ["deckhand"]\n'


class Call(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.house = House(tenants=[])
        cls.addClassCleanup(cls.house.close)
        hands = "".join(HAND.format(f"h{i}") for i in range(HANDS))
        cls.house.apply(cls.house.write("fleet.toml", OPERATOR.format(hands=hands)))
        cls.house.start()
        cls.owner = cls.house.owner("fleet")
        cls.days = iter(range(1, 28))

    def seek(self, *roles):
        booked = self.owner.post("/bookings", {
            "channel": "direct", "vessel": "jada", "duration_minutes": 120, "gross": "1979.53",
            "starts_at": f"{next_day(5, next(self.days))}T10:00",
            "crew": [{"role": role} for role in roles]})
        self.assertEqual(booked.status, 201, booked)
        return booked.json["charter"]

    def call(self, charter):
        return self.owner.get(f"/charters/{charter}/receipt").json["call"]

    def asks(self, charter):
        return {ask["member"]: ask["state"] for ask in self.call(charter)["asks"]}

    def mail_to(self, charter, member, kind="seat_ask"):
        def found():
            for job, mail in self.house.mails().items():
                if job.startswith(f"{charter}.{kind}.") and mail["To"].endswith(f"{member}@crew.example>"):
                    return mail
            return None
        return wait_for(found, f"{kind} to {member}")

    def owner_mails(self, charter):
        return [mail["Subject"] for job, mail in self.house.mails().items()
                if job.startswith(f"{charter}.owner_mail.")]

    def test_1_captains_are_asked_in_order_and_the_hands_after_them(self):
        charter = self.seek("captain", "deckhand")
        link = self.mail_to(charter, "ana").magic_link
        ana, page = self.house.crew(link)
        self.assertIn("Wanted on JADA: captain", ana.get(page).text)
        for _ in range(3):  # a scanner follows links
            self.house.crew(link)
        self.assertEqual(self.asks(charter), {"ana": "waiting"})
        self.assertEqual(ana.post(f"{page}/answer", {"answer": "no"}).status, 200)
        eve, _ = self.house.crew(self.mail_to(charter, "eve").magic_link)
        self.assertEqual(eve.post(f"{page}/answer", {"answer": "yes"}).status, 200)
        self.assertIn("You said yes.", eve.get(page).text)
        wait_for(lambda: len(self.asks(charter)) == HANDS + 2, "every hand is asked")
        self.assertEqual(self.asks(charter)["eve"], "yes")
        mail = self.mail_to(charter, "eve", "crew_mail")
        self.assertTrue(mail.part("text/calendar"), "the seat is theirs: into the calendar with it")
        subjects = wait_for(lambda: len(self.owner_mails(charter)) == 2 and
                            self.owner_mails(charter), "the owner hears of both answers")
        self.assertTrue(any(s.startswith("Ana Reyes said no") for s in subjects), subjects)
        self.assertTrue(any(s.startswith("Eve Novak said yes") for s in subjects), subjects)

    def test_2_fifty_say_yes_at_the_same_instant_and_one_has_the_seat(self):
        charter = self.seek("deckhand")
        wait_for(lambda: len(self.asks(charter)) == HANDS, "every hand is asked")
        hands = []
        for i in range(HANDS):
            caller, page = self.house.crew(self.mail_to(charter, f"h{i}").magic_link)
            hands.append((caller, f"{page}/answer", {"answer": "yes"}, {}))
        answers = race(hands)
        self.assertEqual(sorted({answer.status for answer in answers}), [200, 409])
        self.assertEqual(sum(answer.status == 200 for answer in answers), 1)
        late = [answer for answer in answers if answer.status == 409]
        self.assertEqual({answer.json["type"].rsplit(":", 1)[-1] for answer in late}, {"seat-taken"})
        self.assertIn("Somebody else has taken this seat", late[0].text)
        seats = self.call(charter)["seats"]
        self.assertEqual([seat["state"] for seat in seats], ["confirmed"])
        crew = self.owner.get(f"/charters/{charter}").json["crew"]
        self.assertEqual([seat["role"] for seat in crew], ["deckhand"])

    def test_3_silence_lets_the_next_be_asked_when_the_time_is_over(self):
        charter = self.seek("captain")
        self.mail_to(charter, "ana")
        self.house.later(3600 + 5)
        eve, page = self.house.crew(self.mail_to(charter, "eve").magic_link)
        self.assertEqual(self.asks(charter), {"ana": "silent", "eve": "waiting"})
        ana, _ = self.house.crew(self.mail_to(charter, "ana").magic_link)
        self.assertEqual(ana.post(f"{page}/answer", {"answer": "yes"}).status, 200,
                         "late, and the seat is still open")
        late = eve.post(f"{page}/answer", {"answer": "yes"})
        self.assertEqual(late.status, 409, late)
        self.assertIn("The seat is taken", eve.get(page).text)

    def test_4_no_ask_page_mail_or_owners_mail_names_an_amount(self):
        charter = self.seek("deckhand")
        wait_for(lambda: len(self.asks(charter)) == HANDS, "every hand is asked")
        caller, page = self.house.crew(self.mail_to(charter, "h0").magic_link)
        shown = [caller.get(page).text]
        caller.post(f"{page}/answer", {"answer": "yes"})
        wait_for(lambda: self.owner_mails(charter), "the owner is told")
        shown += [mail.text + mail.html for mail in self.house.mails().values()]
        for text in shown:
            found = re.search(r".{30}(1,?979|61\.37|27\.13|gross|\bnet\b).{9}", text)
            self.assertIsNone(found, found)


if __name__ == "__main__":
    fairlead.run_suite()
