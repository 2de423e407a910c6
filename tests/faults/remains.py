"""What a server that died has left: its records, and what was asked of it. Read with no code of its own."""

import dataclasses
import datetime
import json
import re
import sqlite3

TENANT = "jada"
KEY = re.compile(r"[0-9a-f]{64}\n")


@dataclasses.dataclass
class Asked:
    """One request and what was heard of it. answer None: the connection ended before it came."""
    verb: str
    wanted: dict
    answer: dict | None = None

    @property
    def acknowledged(self):
        return self.answer is not None


@dataclasses.dataclass
class Remains:
    """What is left to be looked at, after the restart has done what was due."""
    data: object  # the data folder
    asked: list  # of Asked
    mails: list  # (recipient, Mail) that a mail server took, in order
    deaths: int = 1


def read_records(data):
    """{(table, partition, sort): body} of one tenant, its name left out, and of the installation."""
    connection = sqlite3.connect(f"file:{data}/fairlead.db?mode=ro", uri=True)
    try:
        verdict = connection.execute("PRAGMA integrity_check").fetchall()
        if verdict != [("ok",)]:
            raise sqlite3.DatabaseError(f"integrity_check: {verdict}")
        found = {}
        for table in ("operations", "owner_only"):
            for partition, sort, body in connection.execute(
                    f"SELECT partition, sort, body FROM {table}"):
                partition = partition.removeprefix(f"{TENANT}/")
                found[table, partition, sort] = json.loads(body)
        return found
    finally:
        connection.close()


def due_within(data, hours):
    """What of the due index is to come so soon."""
    connection = sqlite3.connect(f"file:{data}/fairlead.db?mode=ro", uri=True, timeout=5)
    try:
        soon = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=hours)
        return [sort for sort, in connection.execute(
            "SELECT sort FROM operations WHERE partition LIKE '@due/%' AND sort < ?",
            (soon.strftime("%Y-%m-%dT%H:%M:%SZ"),))]
    finally:
        connection.close()


def months_between(starts, ends):
    """The UTC months that [starts, ends) touches."""
    last = datetime.datetime.fromisoformat(ends) - datetime.timedelta(milliseconds=1)
    month, found = datetime.datetime.fromisoformat(starts), []
    while (month.year, month.month) <= (last.year, last.month):
        found.append(f"{month.year}-{month.month:02}")
        month = month.replace(day=1, year=month.year + month.month // 12,
                              month=month.month % 12 + 1)
    return found


def text_of(path):
    return path.read_text() if path.exists() else ""


def is_whole(mail):
    boundary = mail.message.get_boundary()
    return boundary is not None and mail.raw.rstrip().endswith(f"--{boundary}--".encode())


def told(mail, kind):
    """The owner's mails also say how the seats stand when they leave: a repeat may know more."""
    heads = tuple(mail[name] for name in ("To", "Subject", "Date", "Reply-To"))
    return heads if kind == "owner_mail" else mail.raw
