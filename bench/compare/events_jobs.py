"""The jobs that an event causes, run as one would in Python: what fairlead does behind the same 201.

Each job is claimed in a commit of its own, run, and ended in another. settle works out the crew's pay from
the tenant's rates; crew_call makes a pass for each member and plans their mails; crew_mail writes a message
with text, HTML and an invitation, and puts it into the maildrop as a file that is synced before it has its
name. One after the other on the event loop, which has one core anyway.
"""

import asyncio
import datetime
import decimal
import email.policy
import email.utils
import hashlib
import hmac
import html
import json
import os
import pathlib
import secrets
from email.message import EmailMessage

UTC = datetime.timezone.utc
LEASE = datetime.timedelta(minutes=1)
AT_ONE_LOOK = 64
CENT = decimal.Decimal("0.01")

SCHEMA = """
CREATE TABLE settlements (charter TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT;
CREATE TABLE passes (id TEXT PRIMARY KEY, charter TEXT NOT NULL, member TEXT NOT NULL) STRICT;
CREATE UNIQUE INDEX called ON passes (charter, member);
"""


def stamp(instant):
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Runner:
    def __init__(self, store, tenant):
        store.executescript(SCHEMA)
        self.store, self.tenant = store, tenant
        self.key = secrets.token_bytes(32)
        self.maildrop = pathlib.Path(os.environ["EVENTS_MAILDROP"])
        self.folder = os.open(self.maildrop, os.O_RDONLY | os.O_DIRECTORY)
        self.woken = asyncio.Event()

    async def run_forever(self):
        while True:
            self.woken.clear()
            due = self.store.execute("SELECT job FROM due WHERE due_at <= ? ORDER BY due_at LIMIT ?",
                                     (stamp(datetime.datetime.now(UTC)), AT_ONE_LOOK)).fetchall()
            for job, in due:
                self.run(job)
                await asyncio.sleep(0)  # requests go first
            if not due:
                await self.woken.wait()

    def run(self, name):
        job = self.claim(name)
        if job is None:
            return
        leased_until = job["due_at"]
        charter = json.loads(self.store.execute(
            "SELECT body FROM charters WHERE id = ?", (job["charter"],)).fetchone()[0])
        getattr(self, job["kind"])(job, charter)
        job.update(state="done", finished_at=stamp(datetime.datetime.now(UTC)))
        with Transaction(self.store):
            self.store.execute("UPDATE jobs SET body = ? WHERE id = ?", (json.dumps(job), name))
            self.store.execute("DELETE FROM due WHERE due_at = ? AND job = ?", (leased_until, name))

    def claim(self, name):
        with Transaction(self.store):
            found = self.store.execute("SELECT body FROM jobs WHERE id = ?", (name,)).fetchone()
            job = json.loads(found[0])
            if job["state"] != "planned":
                return None
            before = job["due_at"]
            job["attempts"] += 1
            job["due_at"] = stamp(datetime.datetime.now(UTC) + LEASE)
            self.store.execute("UPDATE jobs SET body = ? WHERE id = ?", (json.dumps(job), name))
            self.store.execute("DELETE FROM due WHERE due_at = ? AND job = ?", (before, name))
            self.store.execute("INSERT INTO due VALUES (?, ?)", (job["due_at"], name))
        return job

    def settle(self, job, charter):
        hours = decimal.Decimal((datetime.datetime.fromisoformat(charter["ends_at"]) -
                                 datetime.datetime.fromisoformat(charter["starts_at"]))
                                .total_seconds()) / 3600
        lines = [{"member": slot["member"], "role": slot["role"],
                  "amount": str((decimal.Decimal(self.tenant["rates"][slot["role"]]) * hours)
                                .quantize(CENT, decimal.ROUND_HALF_UP))}
                 for slot in charter["crew"]]
        net = -sum((decimal.Decimal(line["amount"]) for line in lines), decimal.Decimal(0))
        with Transaction(self.store):
            self.store.execute(
                "INSERT OR REPLACE INTO settlements VALUES (?, ?)",
                (job["charter"], json.dumps({"lines": lines, "net": str(net),
                                             "revision": job["revision"]})))

    def crew_call(self, job, charter):
        now = stamp(datetime.datetime.now(UTC))
        with Transaction(self.store):
            for slot in charter["crew"]:
                made = self.store.execute(
                    "INSERT OR IGNORE INTO passes VALUES (?, ?, ?)",
                    (secrets.token_hex(8), job["charter"], slot["member"])).rowcount
                if not made:
                    continue
                name = f"{job['charter']}.crew_mail.{job['revision']}.{slot['member']}"
                mail = {"id": name, "kind": "crew_mail", "charter": job["charter"],
                        "revision": job["revision"], "member": slot["member"], "state": "planned",
                        "planned_at": now, "due_at": now, "attempts": 0}
                self.store.execute("INSERT INTO jobs VALUES (?, ?)", (name, json.dumps(mail)))
                self.store.execute("INSERT INTO due VALUES (?, ?)", (now, name))

    def crew_mail(self, job, charter):
        pass_id = self.store.execute("SELECT id FROM passes WHERE charter = ? AND member = ?",
                                     (job["charter"], job["member"])).fetchone()[0]
        token = hmac.digest(self.key, f"crew\0{pass_id}".encode(), "sha256").hex()[:32]
        self.put(job["id"], self.message(job, charter, f"https://{self.tenant['site']}/c/{token}"))

    def message(self, job, charter, link):
        member = self.tenant["crew"][job["member"]]
        role = next(s["role"] for s in charter["crew"] if s["member"] == job["member"])
        mates = [f"{slot['name']}, {slot['role']}" for slot in charter["crew"]]
        when = f"{charter['starts_at']} to {charter['ends_at']} ({charter['timezone']})"
        facts = [("When", when), ("Where", charter["dock"]), ("Role", role)]
        mail = EmailMessage(policy=email.policy.SMTP)
        mail["From"] = f"\"{self.tenant['name']}\" <no-reply@{self.tenant['site']}>"
        mail["To"] = email.utils.formataddr((member["name"], member["email"]))
        mail["Subject"] = f"{charter['title']}: {when}, as {role}"
        mail["Date"] = email.utils.format_datetime(datetime.datetime.fromisoformat(job["planned_at"]))
        mail["Message-ID"] = f"<{job['id']}@{self.tenant['site']}>"
        mail.set_content(
            f"{member['name']}, you are asked to crew {charter['title']}.\n\n"
            + "".join(f"{label}: {value}\n" for label, value in facts) + f"\nAnswer here:\n{link}\n\n"
            + "".join(f"- {mate}\n" for mate in mates) + f"\n{charter['notes']}\n")
        mail.add_alternative(self.page(member, charter, facts, mates, link), subtype="html")
        mail.add_attachment(self.invitation(member, charter).encode(), maintype="text",
                            subtype="calendar", params={"method": "REQUEST", "charset": "utf-8"})
        return mail.as_bytes()

    @staticmethod
    def page(member, charter, facts, mates, link):
        rows = "".join(f"<tr><td style=\"padding:4px 16px 4px 0\">{html.escape(label)}</td>"
                       f"<td>{html.escape(value)}</td></tr>\n" for label, value in facts)
        people = "".join(f"<li>{html.escape(mate)}</li>\n" for mate in mates)
        return ("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"></head>\n"
                f"<body style=\"font-family:sans-serif\"><h1>{html.escape(charter['title'])}</h1>\n"
                f"<p>{html.escape(member['name'])}, you are asked to crew.</p>\n<table>{rows}</table>\n"
                f"<p><a href=\"{html.escape(link)}\">Answer</a></p>\n<ul>{people}</ul>\n"
                f"<p>{html.escape(charter['notes'])}</p></body></html>\n")

    def invitation(self, member, charter):
        begins, ends = (datetime.datetime.fromisoformat(charter[name]).astimezone(UTC)
                        .strftime("%Y%m%dT%H%M%SZ") for name in ("starts_at", "ends_at"))
        lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//bench//EN", "METHOD:REQUEST",
                 "BEGIN:VEVENT", f"UID:{charter['id']}", "SEQUENCE:0", f"DTSTAMP:{begins}",
                 f"DTSTART:{begins}", f"DTEND:{ends}", f"SUMMARY:{charter['title']}",
                 f"LOCATION:{charter['dock']}", f"ORGANIZER:mailto:no-reply@{self.tenant['site']}",
                 f"ATTENDEE;CN={member['name']}:mailto:{member['email']}", "END:VEVENT",
                 "END:VCALENDAR"]
        return "\r\n".join(lines) + "\r\n"

    def put(self, name, message):
        """Durable under its name, or not there."""
        digest = hashlib.sha256(name.encode()).hexdigest()[:16]
        new = self.maildrop / f".new-{digest}"
        with open(new, "wb") as file:
            file.write(message)
            file.flush()
            os.fsync(file.fileno())
        os.rename(new, self.maildrop / f"{name}.eml")
        os.fsync(self.folder)


class Transaction:
    def __init__(self, store):
        self.store = store

    def __enter__(self):
        self.store.execute("BEGIN IMMEDIATE")

    def __exit__(self, kind, *_):
        self.store.execute("ROLLBACK" if kind else "COMMIT")
