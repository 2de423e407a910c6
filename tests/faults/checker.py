"""Reads a data folder that no server uses and names every invariant that is broken: the records of
the store, the published objects, the mails. No code of the server's, no API.

`faults_of(remains)` answers a list of sentences; an empty one means that everything is whole.
"""

import collections
import decimal
import json
import re
import sqlite3

from remains import KEY, TENANT, is_whole, months_between, read_records, text_of, told
from seats import Seats


LOOKS = ("reminders", "fill_seats")
MAILS = ("crew_mail", "guest_mail", "seat_ask", "owner_mail")


class Checker(Seats):
    def check(self):
        self.check_tenant()
        for charter, body in self.charters.items():
            self.check_indexes(charter, body)
            self.check_calendar(charter, body)
            self.check_crew(charter, body)
            self.check_books(charter, body)
            self.check_deeds(charter, body)
            self.check_page(charter, body)
            self.check_seats(charter, body)
        self.check_nothing_points_nowhere()
        self.check_jobs()
        self.check_busy_times()
        self.check_idempotency()
        self.check_photos()
        self.check_mails()
        for asked in self.remains.asked:
            getattr(self, f"check_{asked.verb}")(asked)
        return self.faults

    # The operator

    def check_tenant(self):
        tenant, listed = self.get("tenant", "tenant"), self.get("@tenants", TENANT)
        parts = {
            "tenant": tenant, "list of tenants": listed is not None,
            "check of what is told, made at each start that had none": self.get("drift", "last"),
            "rates": self.get("tenant", "rates", "owner_only"),
            "hosts": len(self.hosts()) == 3,
            "dashboard token": self.under("credential/dashboard-token"),
            "service key": self.under("credential/service-key"),
            "audit": self.tenant_audits("operations"),
            "owner's audit": self.tenant_audits("owner_only"),
            "key": KEY.fullmatch(text_of(self.remains.data / "server.key"))}
        there = {name for name, part in parts.items() if part}
        self.expect(there in (set(), set(parts)), f"the operator is there in part: {there}")
        if tenant:
            for site in ("ops", "crew", "guest"):
                self.expect(self.hosts().get(tenant[site]) == site, f"the host of {site}")

    def tenant_audits(self, table):
        return [sort for _, sort, _ in self.under("tenant", table) if sort.startswith("audit/")]

    def hosts(self):
        return {sort: body["site"] for _, sort, body in self.under("@hosts")
                if body["tenant"] == TENANT}

    # One charter

    def check_indexes(self, charter, body):
        slug, reference, channel = body["slug"], body["reference"], body["channel"]
        if slug:
            for name in [slug, *body.get("former_slugs", [])]:
                self.expect(self.get(f"page/{name}", "page") == {"charter": charter},
                            f"{charter}: the slug {name} leads elsewhere")
        if reference:
            self.expect(self.get(f"reference/{channel}/{reference}", "reference") ==
                        {"charter": charter}, f"{charter}: its reference leads elsewhere")
            self.expect(self.get(f"page/{reference}", "page") ==
                        {"charter": charter}, f"{charter}: /g/{reference}.html")

    def check_calendar(self, charter, body):
        starts, ends = body["starts"]["utc"], body["ends"]["utc"]
        months = months_between(starts, ends)
        listed = {partition: entry for partition, sort, entry in self.under("calendar/")
                  if entry["id"] == charter}
        self.expect(sorted(listed) == months, f"{charter}: in the calendar of {sorted(listed)}")
        for entry in listed.values():
            for name in ("vessel", "title", "starts", "ends", "status"):
                self.expect(entry[name] == body[name], f"{charter}: the calendar's {name}")
        holders = [f"vessel/{body['vessel']}", *[f"person/{s['member']}" for s in body["crew"]]]
        for holder in holders:
            for month in months:
                busy = [one for one in (self.get(holder, month) or {"busy": []})["busy"]
                        if one["holder"] == charter]
                self.expect([(one["from"], one["until"]) for one in busy] == [(starts, ends)],
                            f"{charter}: busy in {holder} {month}: {busy}")

    def check_crew(self, charter, body):
        for slot in body["crew"]:
            member = slot["member"]
            called = self.get(f"charter/{charter}", f"called/{member}")
            if called is None:
                self.faults.append(f"{charter}: {member} was never called")
                continue
            held = self.get(f"pass/{called['pass']}", "pass")
            self.expect(held and (held["charter"], held["member"]) == (charter, member),
                        f"{charter}: the pass of {member} is {held}")
            mails = [job for job in self.jobs.values() if job["kind"] == "crew_mail"
                     and job["charter"] == charter and job["member"] == member]
            self.expect(0 < len(mails) <= 1 + self.changes(charter),
                        f"{charter}: {len(mails)} mails for {member}")

    def check_books(self, charter, body):
        settled = self.get(f"charter/{charter}", "settlement", "owner_only")
        if settled is None:
            self.faults.append(f"{charter}: no settlement")
            return
        self.expect(settled["revision"] == body["revision"], f"{charter}: the books are behind")
        pay = [(line["member"], line["role"]) for line in settled["lines"]
               if line["kind"] == "pay"]
        self.expect(pay == [(slot["member"], slot["role"]) for slot in body["crew"]],
                    f"{charter}: the books pay {pay}")
        intake = self.get(f"charter/{charter}", "intake", "owner_only")
        if intake and "gross_minor" in intake:
            amounts = sum(decimal.Decimal(line["amount"]) for line in settled["lines"])
            gross = decimal.Decimal(intake["gross_minor"]) / 100
            self.expect(decimal.Decimal(settled["gross"]) == gross and
                        decimal.Decimal(settled["net"]) == gross - amounts,
                        f"{charter}: the books do not add up: {settled}")

    def check_deeds(self, charter, body):
        """Each change stands in the audit, in the same number."""
        booked = self.audits(charter, "take_booking")
        crewed = self.audits(charter, "make_event")
        if self.get(f"charter/{charter}", "intake", "owner_only") is not None:
            deeds = len(crewed) + self.changes(charter) + len(self.joined(charter))
            self.expect(len(booked) == 1 and deeds == body["revision"] - 1,
                        f"{charter}: revision {body['revision']}, {deeds} deeds in the audit")
            for verb in ("take_booking", "change_charter"):
                noted, amounts = ([sort for sort, _ in self.audits(charter, verb, table)]
                                  for table in ("operations", "owner_only"))
                self.expect(amounts == noted, f"{charter}: the owner's audit of {verb}")
        else:
            self.expect(not booked and len(crewed) == body["revision"],
                        f"{charter}: an event with {len(booked)}, {len(crewed)} in the audit")
        for _, sort, answer in self.under(f"charter/{charter}"):
            kind, _, name = sort.partition("/")
            if kind == "answer":
                deeds = [deed for deed in self.answers(charter) if deed["actor"] == f"crew {name}"]
                self.expect(len(deeds) == 1 and deeds[0]["facts"]["answer"] == answer["answer"],
                            f"{charter}: the audit of {name}'s answer: {deeds}")
            if kind == "tick":
                deeds = [deed for _, deed in self.audits(charter, "tick_item")
                         if deed["facts"]["item"] == name]
                self.expect(len(deeds) == 1 and deeds[0]["facts"]["done"] == answer["done"],
                            f"{charter}: the audit of tick {name}: {deeds}")
        ticks = [deed for _, deed in self.audits(charter, "tick_item")]
        for deeds, kind in ((self.answers(charter), "answer/"), (ticks, "tick/")):
            kept = [sort for _, sort, _ in self.under(f"charter/{charter}")
                    if sort.startswith(kind)]
            self.expect(len(deeds) == len(kept), f"{charter}: {deeds} for {kept}")

    def answers(self, charter):
        """Of those aboard: a yes to an open seat is one too."""
        return [deed for _, deed in self.audits(charter, "answer_call")] + self.joined(charter)

    def changes(self, charter):
        return len(self.audits(charter, "change_charter"))

    def check_page(self, charter, body):
        if not body["slug"]:
            return
        for name in body.get("former_slugs", []):
            self.expect(self.newest_object(f"{name}.html") is None, f"{name}.html is still there")
        for name, end in ((f"{body['slug']}.html", "</html>"),
                          (f"{body['slug']}.ics", "END:VCALENDAR")):
            newest = (self.newest_object(name) or b"").decode("utf-8", "replace")
            self.expect(newest.rstrip().endswith(end) and charter_shows(newest, body),
                        f"{charter}: the object {name} is {newest[-80:]!r}")

    # Everything together

    def check_nothing_points_nowhere(self):
        blocks = {partition for partition, sort, _ in self.under("block/") if sort == "block"}
        known = self.charters.keys() | blocks
        pointers = [
            *[(f"page/{p}", body["charter"]) for p, _, body in self.under("page/")],
            *[(f"reference/{p}", body["charter"]) for p, _, body in self.under("reference/")],
            *[(f"calendar/{p}", body["id"]) for p, _, body in self.under("calendar/")],
            *[(f"pass/{p}", body["charter"]) for p, _, body in self.under("pass/")],
            *[(sort, p) for p, sort, _ in self.under("charter/")],
            *[(sort, p) for p, sort, _ in self.under("charter/", "owner_only")],
            *[(f"{who}{p}/{month}", one["holder"]) for who in ("vessel/", "person/")
              for p, month, busy in self.busy_months(who) for one in busy]]
        for where, charter in pointers:
            self.expect(charter in known, f"{where} speaks of {charter}, which is not there")

    def check_jobs(self):
        for charter, body in self.charters.items():
            kinds = collections.Counter(job["kind"] for job in self.jobs.values()
                                        if job["charter"] == charter)
            events = len(self.audits(charter, "make_event"))
            booked = len(self.audits(charter, "take_booking"))
            joined = len(self.joined(charter))
            changes, has_page = self.changes(charter), bool(body["slug"])
            wanted = {"guest_page": has_page + changes,
                      "settle": events + joined,
                      "crew_call": (booked if body["crew"] else 0) + events + changes + joined}
            for kind, count in wanted.items():
                self.expect(kinds[kind] == count, f"{charter}: {kinds[kind]} jobs {kind}")
            # A change that says nothing new to somebody is no mail of theirs.
            for kind, people in {"guest_mail": has_page and bool(body["guest"]["email"]),
                                 "crew_mail": len(body["crew"])}.items():
                self.expect(people <= kinds[kind] <= people * (1 + changes),
                            f"{charter}: {kinds[kind]} jobs {kind}")
            looks = [job for job, one in self.jobs_of(charter, "reminders").items()
                     if one["state"] == "planned"]
            self.expect(len(looks) == 1, f"{charter}: looks for reminders: {looks}")
        planned = set()
        for job, body in self.jobs.items():
            if body["state"] == "planned":
                planned.add(f"{body['due_at']}/{job}")
            self.expect(body["state"] in self.ends_of(body) and not body["last_error"],
                        f"{job} is {body['state']} {body['last_error']}")
        due = {sort for _, sort, _ in self.under("@due/")}
        self.expect(due == planned, f"the due index: {due ^ planned}")

    def ends_of(self, job):
        """A look waits for its time; that none was due was seen before the server ended."""
        if job["kind"] in LOOKS and not job.get("leased"):
            return ("planned", "done", "stale")
        if self.changes(job["charter"]):
            return ("done", "stale")
        # Nobody is asked by a mail that would come after the time in which they may answer.
        ask = self.asks(job["charter"]).get(job["member"], {"state": ""})
        was_late = job["kind"] == "seat_ask" and job["about"] == "waiting" != ask["state"]
        return ("done", "stale") if was_late else ("done",)

    def check_busy_times(self):
        for who in ("vessel/", "person/"):
            latest = collections.defaultdict(str)
            for partition, month, busy in self.busy_months(who):
                latest[partition] = max([latest[partition], *[one["until"] for one in busy]])
            kept = {p: body["until"] for p, sort, body in self.under(who) if sort == "latest"}
            self.expect(kept == dict(latest), f"the latest ends of {who}: {kept}")
            for partition, month, busy in self.busy_months(who):
                spans = sorted((one["from"], one["until"]) for one in busy)
                for before, after in zip(spans, spans[1:]):
                    self.expect(before[1] <= after[0], f"{who}{partition} twice busy in {month}")

    def check_idempotency(self):
        for table in ("operations", "owner_only"):
            for _, sort, body in self.under("idempotency/", table):
                answer = json.loads(body["answer"])
                charter = answer.get("charter") or answer.get("id")
                self.expect(charter in self.charters, f"{sort} answers {charter}, not there")

    def check_photos(self):
        """A day later a photo is there, or nothing of it is: record, ledger, object, job."""
        photos = {(charter, sort.removeprefix("photo/")): body["bytes"]
                  for charter, sort, body in self.under("charter/") if sort.startswith("photo/")}
        for _, sort, body in self.under("charter/"):
            if sort.startswith("photo/"):
                self.expect(body["state"] == "received", f"{sort} is {body['state']}")
        ledgers = {(charter, entry["id"]): entry["bytes"] for charter, sort, body in
                   self.under("charter/") if sort == "photos" for entry in body["photos"]}
        jobs = {(job["charter"], name.rsplit(".", 1)[1]) for name, job in self.jobs.items()
                if job["kind"] == "photo"}
        self.expect(photos == ledgers, f"photos {photos}, in the ledgers {ledgers}")
        self.expect(set(photos) == jobs, f"photos {photos}, looked after by {jobs}")
        for charter, photo in photos:
            deeds = [deed for verb in ("presign_photo", "receive_photo")
                     for _, deed in self.audits(charter, verb) if deed["facts"]["photo"] == photo]
            self.expect(len(deeds) == 2, f"photo {photo}: {len(deeds)} deeds in the audit")
        objects = {}
        place = self.remains.data / "objects" / TENANT
        for folder in place.glob("quarantine/*/@*"):
            name = f"{folder.parent.relative_to(place)}/{folder.name.removeprefix('@')}"
            kept = self.newest_object(name)
            if kept is not None:
                objects[folder.parent.name, folder.name[1:].partition(".")[0]] = len(kept)
        self.expect(objects == photos, f"photos {photos}, objects {objects}")

    # Mails: the mail server's, and those in the maildrop

    def check_mails(self):
        copies = collections.defaultdict(list)
        for recipient, mail in [*self.maildrop(), *self.remains.mails]:
            copies[mail["X-Fairlead-Id"]].append((recipient, mail))
        repeated = 0
        for job, mails in copies.items():
            body = self.jobs.get(job)
            if body is None:
                self.faults.append(f"a mail of {job}, which is not there")
                continue
            replays = self.replays(job)
            recipients = {recipient for recipient, _ in mails if recipient}
            self.expect(recipients <= {body["to"]}, f"{job} went to {recipients}")
            said = {told(mail, body["kind"]) for _, mail in mails}
            self.expect(len(said) == 1, f"{job}: its copies differ")
            self.expect({mail["Message-ID"] for _, mail in mails} ==
                        {f"<{job}@ops.jada.localhost>"}, f"{job}: its Message-ID")
            self.expect(is_whole(mails[0][1]), f"{job}: a torn mail")
            # A mail is sent under a claim that is durable, once for each.
            self.expect(len(mails) <= body["attempts"] + replays,
                        f"{job}: {len(mails)} mails for {body['attempts']} tries")
            repeated += max(0, len(mails) - 1 - replays)
        # The server is spoken to one mail at a time.
        self.expect(repeated <= self.remains.deaths, f"{repeated} mails were repeated")
        for job, body in self.jobs.items():
            if body["kind"] in MAILS and body["state"] == "done":
                self.expect(job in copies, f"{job} is done and its mail is lost")

    # What was asked. Whether a request without an answer is whole is seen above.

    def check_booking(self, asked):
        kept = [body for body in self.charters.values()
                if body["reference"] == asked.wanted["reference"]]
        self.expect(len(kept) <= 1, f"{len(kept)} charters of {asked.wanted['reference']}")
        answers = [answer for answer in self.kept_answers("/bookings")
                   if kept and answer["charter"] == kept[0]["id"]]
        self.expect(len(answers) == len(kept), "a booking without its idempotency record")
        if not asked.acknowledged:
            return
        if not kept:
            self.faults.append("an acknowledged booking is lost")
            return
        charter = kept[0]
        self.expect(answers == [asked.answer], "another answer is kept than was given")
        for name in ("channel", "reference", "vessel", "guest", "crew_notes"):
            self.expect(charter[name] == asked.wanted[name], f"the booking's {name}")
        seats = [*charter["crew"], *[{"role": role} for role in charter.get("open", [])]]
        self.expect(seats == asked.wanted["crew"], "the booking's crew")
        self.expect(charter["starts"]["wall"] == asked.wanted["starts_at"], "the booking's time")
        settled = dict(self.get(f"charter/{charter['id']}", "settlement", "owner_only") or {})
        settled.pop("revision", None)
        self.expect(settled == asked.answer["settlement"], "the settlement is not the answer's")

    def check_change(self, asked):
        kept = self.charters.get(asked.wanted["charter"])
        says = kept and {"slug": kept["slug"], "starts_at": kept["starts"]["wall"]}
        for name in ("slug", "starts_at"):
            if asked.acknowledged and name in asked.wanted:
                self.expect(says and says[name] == asked.wanted[name],
                            f"an acknowledged change of {name} is lost")

    def check_event(self, asked):
        kept = [body for body in self.charters.values() if body["title"] == asked.wanted["title"]]
        answers = self.kept_answers("/events")
        self.expect(len(kept) == len(answers) <= 1, f"{len(kept)} events, {len(answers)} answers")
        if asked.acknowledged:
            self.expect(kept and kept[0]["id"] == asked.answer["id"] and
                        kept[0]["crew"] == asked.wanted["crew"], "an acknowledged event is lost")
            self.expect(answers == [asked.answer], "another answer is kept than was given")

    def check_answer(self, asked):
        kept = self.get(f"charter/{asked.wanted['charter']}", f"answer/{asked.wanted['member']}")
        if asked.acknowledged:
            self.expect(kept and kept["answer"] == asked.wanted["answer"], "an answer is lost")

    def check_tick(self, asked):
        kept = self.get(f"charter/{asked.wanted['charter']}", f"tick/{asked.wanted['item']}")
        if asked.acknowledged:
            self.expect(kept and kept["done"] == asked.wanted["done"], "a tick is lost")

    def check_replay(self, asked):
        job = asked.wanted["job"]
        replays = self.replays(job)
        self.expect(replays <= 1, f"{replays} replays of {job}")
        if asked.acknowledged:
            self.expect(replays == 1, f"an acknowledged replay of {job} is lost")
        taken = sum(mail["X-Fairlead-Id"] == job for _, mail in self.remains.mails)
        self.expect(taken >= replays, f"{job} was replayed and no mail came")

    def check_upload(self, asked):
        photo = self.get(f"charter/{asked.wanted['charter']}", f"photo/{asked.wanted['photo']}")
        if asked.acknowledged:
            self.expect(photo and photo["bytes"] == asked.wanted["bytes"], "a photo is lost")

    def check_apply(self, asked):
        self.expect(self.get("tenant", "tenant"), "an operator that was applied is lost")


def charter_shows(text, body):
    """The object was rendered from this charter's time."""
    unfolded, starts = text.replace("\r\n ", ""), body["starts"]["wall"]
    return f'datetime="{starts}' in unfolded or re.sub("[-:]", "", starts) in unfolded


def faults_of(remains):
    try:
        return Checker(remains, read_records(remains.data)).check()
    except sqlite3.Error as error:
        return [f"the store cannot be read: {error}"]
