"""Two helpers of `./dev demo`: fill in the example booking's date, and print every address.

    demo.py booking FILE          the booking on stdout, moved to the next such day of the year
    demo.py addresses DIR PORT    waits until the jobs of now are done, then prints what there is to open
"""

import datetime
import email
import email.policy
import http.client
import json
import pathlib
import re
import sys
import time


def booking(path):
    wanted = json.loads(pathlib.Path(path).read_text())
    _, month_day = wanted["starts_at"].split("-", 1)
    today = datetime.date.today()
    year = today.year if month_day[:5] > f"{today:%m-%d}" else today.year + 1
    wanted["starts_at"] = f"{year}-{month_day}"
    print(json.dumps(wanted, indent=1))


class Demo:
    """One data folder and the server on its port. *.localhost is asked at 127.0.0.1."""

    def __init__(self, folder, port):
        self.folder = pathlib.Path(folder)
        self.port = int(port)

    def url(self, host, path):
        return f"http://{host}:{self.port}{path}"

    def here(self, link):
        """A link of an earlier run, with the port of this one."""
        return re.sub(r"(?<=localhost):\d+", f":{self.port}", link)

    def get(self, host, path, headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request("GET", path, headers={"Host": f"{host}:{self.port}", **headers})
        answer = connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            sys.exit(f"GET {self.url(host, path)} answers {answer.status}: {body[:200]!r}")
        return json.loads(body)

    def secret(self, tenant, name):
        return json.loads((self.folder / f"secrets-{tenant}.json").read_text())[name]

    def booked(self):
        return json.loads((self.folder / "booked.json").read_text())

    def receipt(self, charter):
        token = {"X-Dashboard-Token": self.secret("jada", "dashboard_token")}
        return self.get("ops.jada.localhost", f"/charters/{charter}/receipt", token)["receipt"]

    def settled_receipt(self, charter, seconds=30):
        deadline = time.monotonic() + seconds
        while True:
            receipt = self.receipt(charter)
            # Also what runs now, and a mail that waits a second for the page it links to.
            soon = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(minutes=2)
            limit = soon.strftime("%Y-%m-%dT%H:%M:%SZ")
            waiting = [job for job in receipt if job["state"] == "planned" and job["due_at"] <= limit]
            if not waiting or time.monotonic() > deadline:
                return receipt
            time.sleep(0.2)

    def magic_links(self):
        """(recipient, link) of each crew mail, oldest first."""
        links = []
        for path in sorted((self.folder / "maildrop").glob("*.eml"), key=lambda p: p.stat().st_mtime):
            mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
            text = mail.get_body(("plain",))
            found = re.search(r"http://\S+/c/[a-z0-9]+", text.get_content() if text else "")
            if found:
                links.append((str(mail["To"]), self.here(found.group())))
        return links


def heading(text):
    print(f"\n{text}")


def addresses(folder, port):
    demo = Demo(folder, port)
    booked = demo.booked()
    charter = booked["charter"]
    receipt = demo.settled_receipt(charter)
    net = booked["settlement"]["net"]

    heading(f"Charter {charter}: net {net}, {booked['settlement']['currency']}")
    for job in receipt:
        print(f"  {job['state']:8} {job['kind']:12} {job['to']}")
    heading("Guest page (what may be forwarded; and the guest's own link, with the key)")
    print(f"  {demo.here(booked['guest_page'])}\n  {demo.here(booked['guest_link'])}")
    heading("Crew pages (each link is personal, from the mails)")
    for recipient, link in demo.magic_links():
        print(f"  {recipient}\n    {link}")
    heading("Mails")
    print(f"  {demo.folder / 'maildrop'}/*.eml")
    heading("API (jada)")
    token = f"-H 'X-Dashboard-Token: {demo.secret('jada', 'dashboard_token')}'"
    key = f"-H 'X-Service-Key: {demo.secret('jada', 'service_key')}'"
    year = booked_year(demo)
    ops, crew = "ops.jada.localhost", "crew.jada.localhost"
    print(f"  curl {token} {demo.url(ops, f'/charters/{charter}')}")
    print(f"  curl {token} {demo.url(ops, f'/charters/{charter}/settlement')}")
    print(f"  curl {token} {demo.url(ops, f'/charters/{charter}/receipt')}")
    print(f"  curl {token} '{demo.url(ops, f'/calendar?from={year}-05-01&to={year}-06-30')}'")
    print(f"  curl {token} {demo.url(ops, '/calendar/key')}")
    print(f"  curl {key} {demo.url(crew, '/events')}")
    heading("The second tenant shares nothing with the first")
    print(f"  curl -H 'X-Dashboard-Token: {demo.secret('tern', 'dashboard_token')}' "
          f"{demo.url('ops.tern.localhost', '/charters')}")
    print(f"  sites: {demo.url('ops.tern.localhost', '/')} {demo.url('crew.tern.localhost', '/')} "
          f"{demo.url('guest.tern.localhost', '/')}")
    unfinished = [job for job in receipt if job["state"] == "failed"]
    if unfinished:
        sys.exit(f"{len(unfinished)} job(s) failed; see {demo.folder / 'server.log'}")


def booked_year(demo):
    return json.loads((demo.folder / "booking.json").read_text())["starts_at"][:4]


if __name__ == "__main__":
    {"booking": booking, "addresses": addresses}[sys.argv[1]](*sys.argv[2:])
