"""Every place that shows a trip, compared with what the trip should say; what differs is named.

`Artefacts(house).stale(trip)` looks at one trip everywhere: the charter, the guest page and its
calendar file as served and as published, the names that lead to it, the crew's pages and links, the
event, the calendar, the feed, the books, the receipt, and what each person knows from their mails.
`stale_records(trips)` looks at the busy time and the indexes on record, while no server runs.
"""

import collections
import html
import itertools
import json
import re
import urllib.parse

from fairlead import Caller
from received import CalendarFile
from told import Reader
from trips import TENANT


def texts(markup, pattern):
    return [html.unescape(re.sub("<[^>]+>", "", found)) for found in re.findall(pattern, markup)]


def said(text):
    """A text of a calendar as it is read."""
    return str(text).replace("\\,", ",")


class Artefacts:
    """Of a house that rests: what is read once for all trips is read when this is made.

    Its settings name 127.0.0.1 as a proxy, where many links are to be tried."""

    def __init__(self, house, tenant, days, operator="Fleet Charters", mails=None):
        self.house, self.tenant, self.operator = house, tenant, operator
        self.owner, self.guest = house.owner(tenant), house.guest(tenant)
        self.service = house.service(tenant)
        span = "?from={}&to={}".format(*days)
        self.entries = {}
        for entry in self.owner.get(f"/calendar{span}").json["entries"]:
            self.entries.setdefault(entry["id"], []).append(entry)
        self.feed = {event["UID"].split("@")[0]: event for event in self.read_feed().events}
        self.mails = collections.defaultdict(list)
        for job, mail in (house.mails() if mails is None else mails).items():
            tenant, id, kind, revision, *member = job.split(".")
            reader = member[0] if member else re.search(r"[^<\s]+@[^>\s]+", mail["To"])[0]
            self.mails[f"{tenant}.{id}"].append((int(revision), kind, reader, job, mail))
        self.objects = newest_objects(house, tenant)
        self.addresses = itertools.count(1)

    def read_feed(self):
        address = urllib.parse.urlsplit(self.owner.get("/calendar/key").json["url"])
        return CalendarFile(self.owner.get(f"{address.path}?{address.query}").body)

    def stale(self, trip):
        """What of this trip is another than it should be, one sentence each."""
        self.trip, self.faults = trip, []
        self.look_at_charter()
        self.look_at_page()
        self.look_at_calendars()
        self.look_at_event()
        readers = self.look_at_mails()
        self.look_at_crew_pages(readers)
        self.look_at_jobs_and_books()
        return [f"{trip.charter}: {fault}" for fault in self.faults]

    def expect(self, what, found, wanted):
        if found != wanted:
            self.faults.append(f"{what} is {found!r}, not {wanted!r}")

    def look_at_charter(self):
        trip, found = self.trip, self.owner.get(f"/charters/{self.trip.charter}").json
        guest = {name: found["guest"].get(name) for name in trip.guest}
        self.expect("the charter's guest", guest, trip.guest)
        self.expect("the charter's crew", [(seat["member"], seat["role"]) for seat in
                                           found["crew"]], trip.crew)
        for name, wanted in {
                "revision": trip.revision, "status": trip.status, "vessel": trip.vessel,
                "dock": trip.dock, "title": trip.shown_title, "slug": trip.slug,
                "starts_at": trip.offset_times[0], "ends_at": trip.offset_times[1],
                "crew_notes": trip.crew_notes, "guest_notes": trip.guest_notes}.items():
            self.expect(f"the charter's {name}", found[name], wanted)

    # The guests' page

    def look_at_page(self):
        trip = self.trip
        page, file = (self.guest.get(f"/g/{trip.slug}.{end}") for end in ("html", "ics"))
        self.expect("the page's status", (page.status, file.status), (200, 200))
        self.look_at_markup("the page", page.text, "card called-off" if trip.is_cancelled else
                            "card lead")
        self.expect("the page's boat", texts(page.text, '<p class="name">(.*?)</p>'), [trip.boat])
        place = "length" if trip.is_cancelled else "place"
        self.expect("the page's place", texts(page.text, f'<p class="{place}">(.*?)</p>'),
                    [trip.dock])
        self.expect("the page's heading", texts(page.text, "<h1>(.*?)</h1>"), [
            "This trip is cancelled" if trip.is_cancelled else
            f"Welcome aboard, {trip.first_name}"])
        self.look_at_calendar_event("the page's file", CalendarFile(file.body).events[0],
                                    f"{trip.boat} – {self.operator}")
        for end, served in (("html", page), ("ics", file)):
            self.expect(f"the published {end} is what is served",
                        self.objects.get(f"{trip.slug}.{end}") == served.body, True)
            for name in trip.former:
                led = self.guest.get(f"/g/{name}.{end}")
                self.expect(f"where {name}.{end} leads", (led.status, led.headers["Location"]),
                            (308, f"/g/{trip.slug}.{end}"))
                self.expect(f"an object {name}.{end}", f"{name}.{end}" in self.objects, False)

    def look_at_markup(self, what, markup, lead):
        trip = self.trip
        self.expect(f"{what}'s face", lead in markup, True)
        self.expect(f"{what}'s time", re.findall(r'datetime="(.*?)"', markup),
                    [trip.offset_times[0]])
        self.expect(f"{what}'s day", texts(markup, '<p class="day">(.*?)</p>'), [trip.day])
        self.expect(f"{what}'s clocks", texts(markup, '<p class="clocks">(.*?)</p>'),
                    [trip.clocks])

    # Calendars

    def look_at_calendar_event(self, what, event, summary):
        trip = self.trip
        times = tuple(event.get(f"{name};TZID=America/Los_Angeles") for name in
                      ("DTSTART", "DTEND"))
        summary = f"Cancelled: {summary}" if trip.is_cancelled else summary
        self.expect(what, (times, said(event["LOCATION"]), event["SUMMARY"], event["STATUS"],
                           event["SEQUENCE"]),
                    (trip.calendar_times, trip.dock, summary,
                     "CANCELLED" if trip.is_cancelled else "CONFIRMED",
                     str(trip.facts_revision - 1)))

    def look_at_calendars(self):
        trip = self.trip
        entries = self.entries.get(trip.charter, [])
        self.expect("the calendar", [
            (one["vessel"], one["title"], one["starts_at"], one["ends_at"], one["status"])
            for one in entries], [(trip.vessel, trip.shown_title, *trip.offset_times, trip.status)])
        self.look_at_calendar_event("the feed", self.feed.get(trip.charter, collections.Counter()),
                                    trip.shown_title)

    def look_at_event(self):
        trip, found = self.trip, self.service.get(f"/events/{self.trip.charter}").json
        self.expect("the event's crew", [(seat["member"], seat["role"]) for seat in
                                         found["crew"]], trip.crew)
        for name, wanted in {
                "revision": trip.revision, "status": trip.status, "vessel": trip.vessel,
                "dock": trip.dock, "title": trip.shown_title, "notes": trip.crew_notes,
                "starts_at": trip.offset_times[0], "ends_at": trip.offset_times[1],
                "party_size": trip.guest["party_size"]}.items():
            self.expect(f"the event's {name}", found[name], wanted)

    # People

    def look_at_mails(self):
        """Each person's reader, by member or address."""
        trip, readers = self.trip, collections.defaultdict(Reader)
        for _, _, who, job, mail in sorted(self.mails[trip.charter], key=lambda one: one[0]):
            readers[who].read(job, mail)
        for who, reader in readers.items():
            self.faults += reader.faults
            if who in trip.members or who == trip.guest["email"]:
                continue
            if "@" not in who:  # a guest's former address hears nothing more
                self.expect(f"what {who}, who left, knows", reader.knows, None)
        for who, facts in [*[(one, trip.facts_for_crew(one)) for one in trip.members],
                           (trip.guest["email"], trip.facts_for_guest())]:
            wanted = None if trip.is_cancelled else facts
            self.expect(f"what {who} knows from {readers[who].mails}", readers[who].knows, wanted)
            if readers[who].knows and readers[who].knows == wanted:
                event = readers[who].event
                self.expect(f"the calendar part for {who}", (
                    event["DTSTART;TZID=America/Los_Angeles"],
                    event["DTEND;TZID=America/Los_Angeles"], said(event["LOCATION"])),
                    (*trip.calendar_times, trip.dock))
        return readers

    def look_at_crew_pages(self, readers):
        """By the last link that each had; a farewell has none, and ends the one before."""
        links, ended = {}, []
        for _, kind, who, _, mail in sorted(self.mails[self.trip.charter], key=lambda one: one[0]):
            if kind == "crew_mail" and "/c/" in mail.text:
                links[who] = mail.magic_link
            elif kind == "crew_mail" and who in links:
                ended.append((who, links.pop(who)))
        ended = [(who, link) for who, link in ended if links.get(who) != link]
        for who, link in [*ended, *links.items()]:
            parts = urllib.parse.urlsplit(link)
            # From an address of their own: ten wrong links a minute are all that one may try.
            address = "10.0.{}.{}".format(*divmod(next(self.addresses), 250))
            opened = Caller(self.house, parts.hostname).get(parts.path, X_Forwarded_For=address)
            if (who, link) in ended:
                self.expect(f"the link of {who}, who left", opened.status, 404)
                continue
            self.expect(f"the link of {who}", opened.status, 303)
            if opened.status == 303:
                cookie = opened.headers["Set-Cookie"].split(";")[0]
                self.look_at_crew_page(who, Caller(self.house, parts.hostname, Cookie=cookie).get(
                    opened.headers["Location"]).text)
        lacking = set() if self.trip.is_cancelled else set(self.trip.members) - set(links)
        self.expect("who has no link, or one too many",
                    lacking | (set(links) - set(self.trip.members)), set())

    def look_at_crew_page(self, who, markup):
        trip, what = self.trip, f"the page of {who}"
        called_off = trip.is_cancelled
        self.look_at_markup(what, markup, "card called-off" if called_off else "card lead")
        self.expect(f"{what}: heading", texts(markup, "<h1>(.*?)</h1>"), [
            f"Cancelled: {trip.shown_title}" if called_off else trip.shown_title])
        self.expect(f"{what}: boat", texts(markup, '<p class="below">(.*?)</p>'), [trip.boat])
        # The sun's hours stand there too, where the boat has a position.
        self.expect(f"{what}: facts", texts(markup, "<dd>(?!rises)(.*?)</dd>"),
                    [trip.dock, trip.party, dict(trip.crew)[who]])
        if called_off:
            return
        seats = zip(texts(markup, '<span class="who">(.*?)</span>'),
                    texts(markup, '<span class="role">(.*?)</span>'))
        facts = trip.facts_for_crew(who)
        self.expect(f"{what}: crew", ", ".join(
            f"{name.split(' (you')[0]} ({role})" for name, role in seats), facts["Crew"])
        notes = texts(markup, '<h2 id="notes">.*?</h2>\n<p>(.*?)</p>')
        self.expect(f"{what}: notes", notes, [trip.crew_notes] if trip.crew_notes else [])

    def look_at_jobs_and_books(self):
        trip = self.trip
        receipt = self.house.receipt(trip.charter, self.tenant)
        self.expect("jobs that are neither done nor overtaken", [
            job["job"] for job in receipt if job["state"] not in ("done", "stale")], [])
        books = self.owner.get(f"/charters/{trip.charter}/settlement").json
        self.expect("whom the books pay", [
            (line["member"], line["role"]) for line in books["lines"] if line["kind"] == "pay"],
            trip.crew)


def newest_objects(house, tenant):
    """{name: bytes} of a tenant's published objects, as the last publisher left them."""
    versions = {}
    for path, raw in house.published():
        if tenant not in path.split("/"):
            continue
        name = path.split(f"{tenant}/", 1)[1]
        folder, _, version = name.partition("/")
        if not version:  # as S3 has it: the newest alone
            versions[name] = 0, raw
        elif not version.isdigit():
            continue  # one that is being written
        elif folder.startswith("@") and int(version) >= versions.get(folder[1:], (0,))[0]:
            versions[folder[1:]] = int(version), raw.partition(b"\n")[2]
    return {name: raw for name, (_, raw) in versions.items()}


def stale_records(house, trips, tenant=TENANT):
    """Busy time that is no trip's, or a trip's that is not busy; entries and names that lead astray.
    Reads the store, with no code of the server's."""
    records = {(partition.removeprefix(f"{tenant}/"), sort): json.loads(body)
               for partition, sort, body in house.records("operations")
               if partition.startswith(f"{tenant}/")}
    busy, wanted = collections.Counter(), collections.Counter()
    entries, names = {}, {}
    for (partition, sort), body in records.items():
        kind, _, name = partition.partition("/")
        if kind in ("vessel", "person") and sort != "latest":
            for one in body["busy"]:
                busy[partition, sort, one["holder"], one["from"], one["until"], one["title"]] += 1
        elif kind == "calendar":
            entries.setdefault(body["id"], set()).add((name, body["starts"]["utc"]))
        elif kind == "page":
            names[name] = body["charter"]
    for trip in trips:
        months = trip.utc_months
        for name in [trip.slug, *trip.former]:
            if names.get(name) != trip.charter:
                yield f"{trip.charter}: the name {name} leads to {names.get(name)}"
        if entries.pop(trip.charter, set()) != {(one, trip.utc_times[0]) for one in months}:
            yield f"{trip.charter}: its entries of the calendar"
        if not trip.is_cancelled:
            for holder in (f"vessel/{trip.vessel}", *[f"person/{one}" for one in trip.members]):
                for month in months:
                    wanted[holder, month, trip.charter, *trip.utc_times, trip.shown_title] += 1
    yield from (f"busy, and no trip's: {one}" for one in busy - wanted)
    yield from (f"a trip's, and not busy: {one}" for one in wanted - busy)
    yield from (f"entries of no trip: {one}" for one in entries)
