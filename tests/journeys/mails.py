"""Every byte of the mails that the example booking causes, as Python's email package reads them."""

import datetime
import email.utils

import fairlead
from example import CREW, DAY, GATE, SPOKEN_DAY, Journey
from received import CalendarFile

MAP = "https://www.openstreetmap.org/?mlat=32.72520&mlon=-117.20500#map=17/32.72520/-117.20500"
GUEST_MAIL = f"""You’re booked, Dana

We look forward to having you aboard JADA. Here is everything you need for the day.

When: {SPOKEN_DAY}, 4:30 PM – 7:30 PM PDT (3 hours)
Where: Harbor Island, west dock
Map: {MAP}
Party: 6 guests
Questions: +1 619 555 0100

Open your trip page:
{{link}}
This link is meant for your party: please pass it on to nobody else.

When you arrive
{GATE}

What to bring
- Soft-soled shoes
- A jacket: it is cooler on the water
- Sunscreen

Notes
Happy birthday, Dana!

The invitation for your calendar is attached.

--\N{SPACE}
JADA Charters
"""
CREW_MAIL = f"""{{first}}, can you crew JADA?

JADA Charters would like you aboard as {{role}}. Please say yes or no on your page.

When: {SPOKEN_DAY}, 4:30 PM – 7:30 PM PDT (3 hours)
Where: Harbor Island, west dock
Map: {MAP}
Your role: {{role}}
Guests: Dana’s party of 6

Answer on your page:
{{link}}
The link is yours alone: please do not forward it.

Crew
{{crew}}

Notes for the crew
Guests bring their own food. One guest uses a cane: offer an arm at the gangway.

The invitation for your calendar is attached; your answer on the page is the one that counts.

--\N{SPACE}
JADA Charters
"""


class Mails(Journey):
    def test_one_mail_for_each_person(self):
        self.assertEqual(
            sorted(mail["To"] for mail in self.mails.values()),
            ["Ana Reyes <ana@crew.example>", "Ben Okafor <ben@crew.example>",
             "Cleo Lindgren <cleo@crew.example>", "Dana Whitfield <dana@guest.example>"])
        self.assertEqual(self.house.mail_count(), 4)

    def test_the_bytes_are_plain_and_short_lines(self):
        for job, mail in self.mails.items():
            with self.subTest(job):
                self.assertTrue(mail.raw.isascii())
                self.assertEqual(mail.raw.count(b"\n"), mail.raw.count(b"\r\n"))
                self.assertEqual(mail.raw.count(b"\r"), mail.raw.count(b"\r\n"))
                self.assertLessEqual(max(map(len, mail.raw.split(b"\r\n"))), 78)
                self.assertEqual([part.defects for part in mail.message.walk() if part.defects], [])

    def test_the_headers(self):
        for job, mail in self.mails.items():
            with self.subTest(job):
                self.assertEqual(mail.message.keys(), [
                    "Date", "From", "Reply-To", "To", "Subject", "Message-ID", "Auto-Submitted",
                    "X-Fairlead-Id", "MIME-Version", "Content-Type"])
                self.assertEqual(mail["From"], "JADA Charters <bookings@sailjada.example>")
                self.assertEqual(mail["Reply-To"], "owner@sailjada.example")
                self.assertEqual(mail["Message-ID"], f"<{job}@ops.jada.localhost>")
                self.assertEqual(mail["Auto-Submitted"], "auto-generated")
                self.assertEqual([part.get_content_type() for part in mail.message.walk()], [
                    "multipart/mixed", "multipart/alternative", "text/plain", "text/html",
                    "text/calendar", "application/ics"])
                sent = email.utils.parsedate_to_datetime(mail["Date"])
                age = datetime.datetime.now(datetime.timezone.utc) - sent
                self.assertLess(abs(age.total_seconds()), 120 * fairlead.PATIENCE)

    def test_the_guests_mail(self):
        mail = self.mails[f"{self.charter}.guest_mail.1"]
        self.assertEqual(mail["Subject"],
                         f"You’re booked: JADA, {DAY:%a} 30 May {DAY.year}, 4:30 PM PDT")
        link = self.booked["guest_link"]
        self.assertEqual(mail.text, GUEST_MAIL.format(link=link))
        self.assertEqual(mail.links(r"https://guest\.jada\.localhost/[^\s\"]+"), ([link], [link]))
        for text in ("You’re booked, Dana", "6 guests", GATE, "Happy birthday, Dana!"):
            self.assertIn(text, mail.html)
        self.assertNotIn("/c/", mail.text + mail.html)

    def test_each_crew_mail(self):
        for member, (name, role) in CREW.items():
            with self.subTest(member):
                mail = self.crew_mail(member)
                self.assertEqual(
                    mail["Subject"],
                    f"Crew call: JADA, {DAY:%a} 30 May {DAY.year}, 4:30 PM PDT – {role}")
                crew = "\n".join(f"- {n}, {r}" + (" (you)" if m == member else "")
                                 for m, (n, r) in CREW.items())
                self.assertEqual(mail.text, CREW_MAIL.format(
                    first=name.split()[0], role=role, link=mail.magic_link, crew=crew))
                links = mail.links(r"https://crew\.jada\.localhost/[^\s\"]+")
                self.assertEqual(links, ([mail.magic_link], [mail.magic_link]))
                self.assertNotIn(self.booked["guest_link"], mail.text + mail.html)

    def test_each_magic_link_is_one_persons(self):
        links = [self.crew_mail(member).magic_link for member in CREW]
        self.assertEqual(len(set(links)), len(CREW))
        for link in links:
            secret = link.rsplit("/", 1)[1]
            holders = [job for job, mail in self.mails.items() if secret in mail.text]
            self.assertEqual(len(holders), 1)
            self.assertNotIn(secret, self.house.log())

    def test_the_invitations(self):
        people = {f"{self.charter}.crew_mail.1.{m}": (n, f"{m}@crew.example", f"Crew: JADA ({r})")
                  for m, (n, r) in CREW.items()}
        people[f"{self.charter}.guest_mail.1"] = (
            "Dana Whitfield", "dana@guest.example", "JADA – JADA Charters")
        for job, mail in self.mails.items():
            with self.subTest(job):
                part, = mail.parts("text/calendar")
                self.assertEqual(part.get_param("method"), "REQUEST")
                raw = part.get_payload(decode=True)
                self.assertEqual(mail.part("application/ics"), raw)
                calendar = CalendarFile(raw)
                self.assertEqual(calendar.lines.count("METHOD:REQUEST"), 1)
                self.assertEqual(len(calendar.components("VTIMEZONE")), 1)
                event, = calendar.events
                self.assert_invitation(event, *people[job])

    def assert_invitation(self, event, name, address, summary):
        self.assertEqual(event["DTSTART;TZID=America/Los_Angeles"], f"{DAY:%Y%m%d}T163000")
        self.assertEqual(event["UID"], f"{self.charter}@guest.jada.localhost")
        self.assertEqual((event["SUMMARY"], event["SEQUENCE"]), (summary, "0"))
        self.assertEqual(event['ORGANIZER;CN="JADA Charters"'],
                         "mailto:bookings@sailjada.example")
        attendee, = [head for head in event if head.startswith("ATTENDEE")]
        self.assertIn(f'CN="{name}"', attendee)
        self.assertEqual(event[attendee], f"mailto:{address}")

    def test_a_replayed_mail_has_the_same_bytes(self):
        for job in (f"{self.charter}.guest_mail.1", f"{self.charter}.crew_mail.1.ana"):
            with self.subTest(job):
                before, bytes_before = self.house.last_sent(job)
                self.assertEqual(self.owner.post(f"/jobs/{job}/replay", b"").status, 200)
                fairlead.wait_for(lambda: self.house.last_sent(job)[0] != before, "the mail, again")
                self.assertEqual(self.house.last_sent(job)[1], bytes_before)
                self.house.finished_receipt(self.charter)


if __name__ == "__main__":
    fairlead.run_suite()
