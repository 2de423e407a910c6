"""What the journeys share: a data folder with its server, seen from outside through commands, HTTP
on 127.0.0.1, mails and calendar files.

A suite ends with `fairlead.run_suite()` and is run as `python3 SUITE.py BINARY [TEST...]`.
FAIRLEAD_PATIENCE multiplies every deadline, for builds under sanitizers.
"""

import base64
import contextlib
import datetime
import hashlib
import hmac
import http.client
import json
import os
import pathlib
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.parse

from received import Mail

ROOT = pathlib.Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
PATIENCE = float(os.environ.get("FAIRLEAD_PATIENCE", "1"))
binary = str(ROOT / "build" / "release" / "fairlead")


def run_suite():
    global binary
    if len(sys.argv) > 1 and os.access(sys.argv[1], os.X_OK):
        binary = os.path.abspath(sys.argv.pop(1))
    unittest.main(module="__main__")


def wait_for(condition, what, seconds=20):
    """The condition's first true value; an AssertionError that says what was awaited."""
    deadline = time.monotonic() + seconds * PATIENCE
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {seconds} s in vain: {what}")
        time.sleep(0.02)


def next_day(month, day):
    """That day of a coming year, far enough ahead for every mail to be sent."""
    today = datetime.date.today()
    this_year = datetime.date(today.year, month, day)
    ahead = this_year > today + datetime.timedelta(days=2)
    return this_year if ahead else datetime.date(today.year + 1, month, day)


def example_booking(**changes):
    """examples/booking.json on the next 30 May. A change to None leaves the field out."""
    booking = json.loads((EXAMPLES / "booking.json").read_text())
    booking["starts_at"] = f"{next_day(5, 30)}T16:30"
    booking.update(changes)
    return {name: value for name, value in booking.items() if value is not None}


class Answer:
    def __init__(self, response):
        self.status = response.status
        self.headers = response.headers
        self.body = response.read()

    @property
    def text(self):
        return self.body.decode()

    @property
    def json(self):
        return json.loads(self.body)

    def __repr__(self):
        return f"{self.status} {self.body[:400]!r}"


class Caller:
    """Somebody who calls one host, with the credentials given as headers."""

    def __init__(self, house, host, **credentials):
        self.house, self.host = house, host
        self.credentials = {name.replace("_", "-"): value for name, value in credentials.items()}

    def head_and_body(self, body, headers):
        sent = {**self.credentials, **{k.replace("_", "-"): v for k, v in headers.items()}}
        if isinstance(body, (dict, list)):
            body = json.dumps(body).encode()
            sent.setdefault("Content-Type", "application/json")
        return {"Host": self.host, **sent}, body

    def ask(self, method, path, body=None, **headers):
        sent, body = self.head_and_body(body, headers)
        connection = http.client.HTTPConnection(
            "127.0.0.1", self.house.port, timeout=30 * PATIENCE)
        try:
            connection.request(method, path, body=body, headers=sent)
            return Answer(connection.getresponse())
        finally:
            connection.close()

    def get(self, path, **headers):
        return self.ask("GET", path, **headers)

    def post(self, path, body, **headers):
        return self.ask("POST", path, body, **headers)


class House:
    """A data folder and, between start() and stop() or kill(), the server on it.

    FAIRLEAD_HOUSE=aws puts the one of tests/cloud/lambda_house.py in its place, and "served" that of
    tests/cloud/served_house.py."""

    unknown_host_status = 421
    page_seconds = 0  # from an answer until every server's page is right
    photo_seconds = 0  # from the end of an upload until it counts as received

    def __init__(self, tenants=("jada", "tern")):
        self.temporary = tempfile.TemporaryDirectory(prefix="fairlead-journey-")
        self.folder = pathlib.Path(self.temporary.name)
        self.data = self.folder / "data"
        self.process, self.port, self.secrets, self.ahead = None, None, {}, 0
        self.environment = {}  # of server and commands, beside what the suite was started with
        for tenant in tenants:
            self.apply(EXAMPLES / f"{tenant}.toml")

    def close(self):
        if self.process:
            self.kill()
        self.temporary.cleanup()

    def run(self, *arguments, expect=0):
        """One command on this data folder, which exits with what is expected."""
        self.stay_at_home()
        done = subprocess.run(
            [binary, *map(str, arguments), "--data", str(self.data)],
            capture_output=True, text=True, timeout=60 * PATIENCE,
            env={**os.environ, **self.environment})
        if done.returncode != expect:
            raise AssertionError(f"fairlead {arguments} exits {done.returncode}: {done.stderr}")
        return done

    def apply(self, tenant_file):
        made = json.loads(self.run("tenant", "apply", tenant_file, "--json").stdout)
        self.secrets[made["tenant"]] = made
        return made

    def write(self, name, text):
        path = self.folder / name
        path.write_text(text)
        return path

    def settings(self, text):
        """No live service is asked about the weather, whatever else they say."""
        self.data.mkdir(exist_ok=True)
        alone = "" if "[forecasts]" in text else '\n[forecasts]\nengine = "none"\n'
        (self.data / "fairlead.toml").write_text(text + alone)

    def stay_at_home(self):
        if not (self.data / "fairlead.toml").exists():
            House.settings(self, "")

    # The server

    def start(self, port=0):
        """Listens on a free port, unless one is named."""
        self.stay_at_home()
        self.out = self.folder / "stdout"
        with open(self.out, "wb") as out, open(self.folder / "log", "ab") as log:
            self.process = subprocess.Popen(
                [binary, "serve", "--data", str(self.data), "--listen", f"127.0.0.1:{port}"],
                stdout=out, stderr=log, env={**os.environ, **self.environment})
        pattern = re.compile(r"listening on 127\.0\.0\.1:(\d+)\n")
        found = wait_for(lambda: self.ended() or pattern.search(self.out.read_text()),
                         "the server listens")
        if found is True:
            raise AssertionError(f"the server ended: {self.log()[-2000:]}")
        self.port = int(found[1])

    def later(self, seconds):
        """The server anew, so many seconds later by its own clock (tests/faults/clock_ahead.cpp)."""
        if self.process:
            self.stop()
        self.ahead += seconds
        clock = pathlib.Path(binary).parent / "clock_ahead.so"
        self.environment.update(LD_PRELOAD=str(clock), FAIRLEAD_CLOCK_AHEAD=str(self.ahead),
                                ASAN_OPTIONS="verify_asan_link_order=0")
        self.start()

    def ended(self):
        return self.process.poll() is not None

    def stop(self):
        """SIGTERM; the exit code."""
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(timeout=30 * PATIENCE)
        self.process = None
        return code

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.process = None

    def log(self):
        return (self.folder / "log").read_text()

    def stdout(self):
        return self.out.read_text()

    # Who calls

    def owner(self, tenant="jada"):
        return Caller(self, f"ops.{tenant}.localhost",
                      X_Dashboard_Token=self.secrets[tenant]["dashboard_token"])

    def service(self, tenant="jada"):
        return Caller(self, f"crew.{tenant}.localhost",
                      X_Service_Key=self.secrets[tenant]["service_key"])

    def guest(self, tenant="jada"):
        return Caller(self, f"guest.{tenant}.localhost")

    def crew(self, link):
        """The crew member whose magic link this is, and the address it leads to."""
        parts = urllib.parse.urlsplit(link)
        opened = Caller(self, parts.hostname).get(parts.path)
        if opened.status != 303:
            raise AssertionError(f"the magic link answers {opened}")
        cookie = opened.headers["Set-Cookie"].split(";")[0]
        return Caller(self, parts.hostname, Cookie=cookie), opened.headers["Location"]

    # What a charter caused

    def receipt(self, charter, tenant="jada"):
        return self.owner(tenant).get(f"/charters/{charter}/receipt").json["receipt"]

    def finished_receipt(self, charter, tenant="jada", seconds=20):
        """The receipt as soon as no job of it is planned any more."""
        def finished():
            receipt = self.receipt(charter, tenant)
            return receipt if all(job["state"] != "planned" for job in receipt) else None
        return wait_for(finished, f"every job of {charter} ends", seconds)

    def mail_files(self):
        return sorted((self.data / "maildrop").glob("*.eml"))

    def mails(self):
        """The maildrop by job id."""
        found = [Mail(path.read_bytes()) for path in self.mail_files()]
        return {mail["X-Fairlead-Id"]: mail for mail in found}

    def mail_count(self):
        return len(self.mail_files())

    def last_sent(self, job):
        """What changes whenever this mail is sent again, and its bytes."""
        file = self.data / "maildrop" / f"{job}.eml"
        return file.stat().st_mtime_ns, file.read_bytes()

    # What it keeps

    def published(self):
        """(name, bytes) of every object that was published."""
        for path in (self.data / "objects").rglob("*"):
            if path.is_file():
                yield str(path.relative_to(self.data)), path.read_bytes()

    def records(self, table):
        """(partition, sort, body) of "operations" or "owner_only", while nothing runs."""
        with contextlib.closing(sqlite3.connect(
                f"file:{self.data / 'fairlead.db'}?mode=ro", uri=True)) as database:
            yield from database.execute(f"SELECT partition, sort, body FROM {table}")

    def photo_bucket(self, name):
        """The bucket that a tenant's photos are in, as its forms name it."""
        return name

    def form_headers(self, path):
        """What a form's answer says of what was stored at this path: patterns by header."""
        return {"ETag": r'\A".+"\Z', "Location": re.escape(path) + r"\Z"}

    def forms_key(self, tenant):
        """Id and secret of the key that signs forms, as the documents derive it."""
        server_key = bytes.fromhex((self.data / "server.key").read_text())

        def derived(purpose):
            said = f"{purpose}\0{tenant}\0".encode()
            digest = hmac.new(server_key, said, hashlib.sha256).digest()
            return base64.b32encode(digest).decode().rstrip("=").lower()
        return derived("object-form-id")[:20].upper(), derived("object-form-secret")


def race(requests, held=contextlib.nullcontext()):
    """Many requests whose last bytes are sent as close together as one thread can, or while the
    server is held; each is (caller, path, body, headers). The answers, in the order of the requests."""
    sockets = []
    for caller, path, body, headers in requests:
        sent, body = caller.head_and_body(body, {**headers, "Connection": "close"})
        sent["Content-Length"] = str(len(body))
        head = "".join(f"{name}: {value}\r\n" for name, value in sent.items())
        raw = f"POST {path} HTTP/1.1\r\n{head}\r\n".encode() + body
        connection = socket.create_connection(("127.0.0.1", caller.house.port))
        connection.settimeout(60 * PATIENCE)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection.sendall(raw[:-1])
        sockets.append((connection, raw[-1:]))
    with held:
        for connection, last in sockets:
            connection.sendall(last)
    answers = []
    for connection, _ in sockets:
        with connection:
            response = http.client.HTTPResponse(connection, method="POST")
            response.begin()
            answers.append(Answer(response))
    return answers


if "FAIRLEAD_HOUSE" in os.environ:
    sys.path.append(str(ROOT / "tests" / "cloud"))
if os.environ.get("FAIRLEAD_HOUSE") == "aws" and "lambda_house" not in sys.modules:
    from lambda_house import LambdaHouse as House  # noqa: E402,F811
if os.environ.get("FAIRLEAD_HOUSE") == "served" and "served_house" not in sys.modules:
    from served_house import ServedHouse as House  # noqa: E402,F811
