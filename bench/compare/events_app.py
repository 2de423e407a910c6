"""POST /events as one would write it in Python: what `./dev bench events` stands beside.

The same work as fairlead's answer to the same request, and no more: the service key is proved once by
bcrypt and then known by a keyed digest; the body is checked field by field; vessel and crew must be
free; charter, calendar entry, busy times, assignments, jobs with their due times, audit entry and the
answer under its Idempotency-Key are committed in one transaction of SQLite with synchronous=FULL before
the 201. The jobs run behind it (events_jobs.py), as fairlead's do.

A bare ASGI application without a framework: each layer more would only be slower. SQLite is called on
the event loop, for a thread would cost processor time and one writer is all that SQLite takes.
"""

import asyncio
import datetime
import hashlib
import hmac
import json
import os
import secrets
import sqlite3
import zoneinfo

import bcrypt
from events_jobs import Runner

UTC = datetime.timezone.utc
TENANT = json.loads(os.environ["EVENTS_TENANT"])
ZONE = zoneinfo.ZoneInfo(TENANT["timezone"])
BODY_BYTES_MAX = 1024 * 1024
FIELDS = {"vessel", "title", "starts_at", "ends_at", "crew", "notes"}
LONGEST = datetime.timedelta(days=14)

SCHEMA = """
PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
CREATE TABLE charters (id TEXT PRIMARY KEY, revision INTEGER NOT NULL, body TEXT NOT NULL) STRICT;
CREATE TABLE entries (month TEXT NOT NULL, starts TEXT NOT NULL, charter TEXT NOT NULL,
  body TEXT NOT NULL, PRIMARY KEY (month, starts, charter)) STRICT, WITHOUT ROWID;
CREATE TABLE busy (holder TEXT NOT NULL, from_utc TEXT NOT NULL, until_utc TEXT NOT NULL,
  charter TEXT NOT NULL, PRIMARY KEY (holder, from_utc, charter)) STRICT, WITHOUT ROWID;
CREATE TABLE assignments (charter TEXT NOT NULL, member TEXT NOT NULL, role TEXT NOT NULL,
  PRIMARY KEY (charter, member)) STRICT, WITHOUT ROWID;
CREATE TABLE jobs (id TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT;
CREATE TABLE due (due_at TEXT NOT NULL, job TEXT NOT NULL,
  PRIMARY KEY (due_at, job)) STRICT, WITHOUT ROWID;
CREATE TABLE audit (at TEXT NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL,
  PRIMARY KEY (at, id)) STRICT, WITHOUT ROWID;
CREATE TABLE calls (credential TEXT NOT NULL, key TEXT NOT NULL, digest TEXT NOT NULL,
  answer TEXT NOT NULL, expires_at TEXT NOT NULL, PRIMARY KEY (credential, key)) STRICT, WITHOUT ROWID;
"""

store = sqlite3.connect(os.environ["EVENTS_DATABASE"], isolation_level=None, cached_statements=200)
store.executescript(SCHEMA)

jobs = Runner(store, TENANT)
running = set()  # the loop itself holds tasks weakly
process_key = secrets.token_bytes(32)
proved = set()


class Refused(Exception):
    def __init__(self, status, title, errors=()):
        super().__init__(title)
        self.status, self.title, self.errors = status, title, list(errors)


def prove(token):
    """The key id of a service key."""
    parts = token.split(".")
    if len(parts) != 3 or parts[0] != TENANT["tenant"] or parts[1] not in TENANT["keys"]:
        raise Refused(401, "This credential is not valid here")
    stored = TENANT["keys"][parts[1]]
    digest = hmac.digest(process_key, f"{token}\0{stored}".encode(), "sha256")
    if digest not in proved:
        if len(parts[2]) > 72 or not bcrypt.checkpw(parts[2].encode(), stored.encode()):
            raise Refused(401, "This credential is not valid here")
        proved.add(digest)
    return parts[1]


def text(body, name, longest, faults):
    value = body.get(name, "")
    if not isinstance(value, str) or len(value) > longest:
        faults.append((name, f"is not a text of at most {longest} characters"))
        return ""
    if any(ord(c) < 32 and c != "\n" or ord(c) == 127 for c in value):
        faults.append((name, "has control characters"))
    return value


def moment(body, name, faults):
    """Wall time of the dock, zone applied; a gap in spring is refused."""
    try:
        wall = datetime.datetime.strptime(body.get(name, ""), "%Y-%m-%dT%H:%M")
    except (TypeError, ValueError):
        faults.append((name, "is not a time like 2027-05-30T16:30"))
        return None
    here = wall.replace(tzinfo=ZONE)
    if here.astimezone(UTC).astimezone(ZONE).replace(tzinfo=None) != wall:
        faults.append((name, "does not exist on that day"))
    return here


def crew_of(body, faults):
    crew = body.get("crew", [])
    if not isinstance(crew, list) or len(crew) > 16:
        faults.append(("crew", "is not a list of at most 16 people"))
        return []
    seen = set()
    for number, slot in enumerate(crew):
        if not isinstance(slot, dict) or set(slot) != {"member", "role"}:
            faults.append((f"crew[{number}]", "is not a member and a role"))
            continue
        member = TENANT["crew"].get(slot["member"])
        if member is None:
            faults.append((f"crew[{number}].member", "is unknown"))
        elif slot["role"] not in member["roles"]:
            faults.append((f"crew[{number}].role", "is not held"))
        if slot["member"] in seen:
            faults.append((f"crew[{number}].member", "stands twice in the list"))
        seen.add(slot["member"])
    return crew


def read_event(raw):
    try:
        body = json.loads(raw)
    except ValueError as error:
        raise Refused(400, "The body is not JSON") from error
    if not isinstance(body, dict):
        raise Refused(400, "The body is not an object")
    faults = [(name, "is unknown") for name in body if name not in FIELDS]
    if body.get("vessel") not in TENANT["vessels"]:
        faults.append(("vessel", "is unknown"))
    event = {"vessel": body.get("vessel"), "title": text(body, "title", 120, faults),
             "notes": text(body, "notes", 4000, faults),
             "starts": moment(body, "starts_at", faults), "ends": moment(body, "ends_at", faults),
             "crew": crew_of(body, faults)}
    if not faults and not event["starts"] < event["ends"] <= event["starts"] + LONGEST:
        faults.append(("ends_at", "must be after starts_at, by 14 days at most"))
    if faults:
        raise Refused(422, "The request is not valid", faults)
    return event


def stamp(instant):
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def reserve(holder, charter, starts, ends, turnaround=0):
    margin = datetime.timedelta(minutes=turnaround)
    taken = store.execute(
        "SELECT charter FROM busy WHERE holder = ? AND from_utc < ? AND until_utc > ? "
        "AND from_utc > ? LIMIT 1",
        (holder, stamp(ends + margin), stamp(starts - margin), stamp(starts - margin - LONGEST)))
    found = taken.fetchone()
    if found:
        raise Refused(409, f"{holder} is taken by {found[0]}")
    store.execute("INSERT INTO busy VALUES (?, ?, ?, ?)",
                  (holder, stamp(starts), stamp(ends), charter))


def event_json(charter, event):
    vessel = TENANT["vessels"][event["vessel"]]
    return {"id": charter, "url": f"https://{TENANT['site']}/charters/{charter}",
            "status": "confirmed", "revision": 1, "vessel": event["vessel"],
            "title": event["title"], "dock": vessel["dock"],
            "starts_at": event["starts"].isoformat(), "ends_at": event["ends"].isoformat(),
            "timezone": TENANT["timezone"], "starts_at_utc": stamp(event["starts"]),
            "ends_at_utc": stamp(event["ends"]),
            "crew": [{**slot, "name": TENANT["crew"][slot["member"]]["name"], "answer": "none"}
                     for slot in event["crew"]], "notes": event["notes"]}


def write(event, key_id, call, digest):
    """Everything that the event causes, within the open transaction; the answer."""
    now = datetime.datetime.now(UTC)
    charter = f"{TENANT['tenant']}.{secrets.token_hex(8)}"
    vessel = TENANT["vessels"][event["vessel"]]
    body = event_json(charter, event)
    reserve("vessel/" + event["vessel"], charter, event["starts"], event["ends"],
            vessel["turnaround_minutes"])
    for slot in event["crew"]:
        reserve("person/" + slot["member"], charter, event["starts"], event["ends"])
        store.execute("INSERT INTO assignments VALUES (?, ?, ?)",
                      (charter, slot["member"], slot["role"]))
    record = {**body, "channel": "direct", "booked_at": stamp(now),
              "checklist": TENANT["checklist"]}
    store.execute("INSERT INTO charters VALUES (?, 1, ?)", (charter, json.dumps(record)))
    entry = {"kind": "charter", "vessel": event["vessel"], "title": event["title"],
             "starts_at": body["starts_at"], "ends_at": body["ends_at"], "status": "confirmed"}
    store.execute("INSERT INTO entries VALUES (?, ?, ?, ?)",
                  (body["starts_at_utc"][:7], body["starts_at_utc"], charter, json.dumps(entry)))
    for kind in ("settle", "crew_call"):
        job = f"{charter}.{kind}.1"
        planned = {"id": job, "kind": kind, "charter": charter, "revision": 1, "state": "planned",
                   "planned_at": stamp(now), "due_at": stamp(now), "attempts": 0}
        store.execute("INSERT INTO jobs VALUES (?, ?)", (job, json.dumps(planned)))
        store.execute("INSERT INTO due VALUES (?, ?)", (stamp(now), job))
    done = {"actor": key_id, "verb": "make_event", "charter": charter, "revision": 1}
    store.execute("INSERT INTO audit VALUES (?, ?, ?)",
                  (stamp(now), secrets.token_hex(8), json.dumps(done)))
    answer = json.dumps(body)
    store.execute("INSERT INTO calls VALUES (?, ?, ?, ?, ?)",
                  (key_id, call, digest, answer, stamp(now + datetime.timedelta(days=1))))
    return answer


def make_event(headers, raw):
    token = headers.get(b"x-service-key")
    if not token:
        raise Refused(401, "No credential arrived with this request")
    key_id = prove(token.decode())
    call = headers.get(b"idempotency-key", b"").decode() or secrets.token_hex(8)
    digest = hashlib.sha256(raw).hexdigest()
    event = read_event(raw)
    store.execute("BEGIN IMMEDIATE")
    try:
        first = store.execute("SELECT digest, answer FROM calls WHERE credential = ? AND key = ?",
                              (key_id, call)).fetchone()
        if first and first[0] != digest:
            raise Refused(422, "This Idempotency-Key was used with another body")
        answer = first[1] if first else write(event, key_id, call, digest)
        store.execute("COMMIT")
        return answer
    except BaseException:
        store.execute("ROLLBACK")
        raise


async def body_of(receive):
    raw = b""
    while True:
        message = await receive()
        raw += message.get("body", b"")
        if len(raw) > BODY_BYTES_MAX:
            raise Refused(413, "The body is too long")
        if not message.get("more_body"):
            return raw


async def app(scope, receive, send):
    kind = b"application/json"
    if not running:
        running.add(asyncio.create_task(jobs.run_forever()))
    try:
        if scope["type"] != "http" or (scope["method"], scope["path"]) != ("POST", "/events"):
            raise Refused(404, "There is no such address")
        body, status = make_event(dict(scope["headers"]), await body_of(receive)), 201
        jobs.woken.set()
    except Refused as error:
        status, kind = error.status, b"application/problem+json"
        body = json.dumps({"type": "about:blank", "title": error.title, "status": status,
                           "errors": [{"field": f, "message": m} for f, m in error.errors]})
    raw = body.encode()
    await send({"type": "http.response.start", "status": status,
                "headers": [(b"content-type", kind), (b"cache-control", b"no-store"),
                            (b"content-length", str(len(raw)).encode())]})
    await send({"type": "http.response.body", "body": raw})
