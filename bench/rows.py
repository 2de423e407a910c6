"""The rows that are measured from outside: pages, events, uploads and memory."""

import contextlib
import gzip
import json
import os
import time

import events
import http_load
import photo_posts
from measure import CannotRun, Row, Spread, cores, cpu_seconds, in_turn, memory_mib, ratios, until
from servers import Fairlead, fetch, nginx, python_events

PAGE_SECONDS = 4
EVENTS = 3000
GUEST_HOST = "guest.jada.localhost"


def speed(served):
    """Requests for a second of the server's processor time."""
    return Spread.of([one.per_cpu_second for one in served])


def said_of(served, who):
    return (f"{who}: {Spread.of([one.per_second for one in served]).text(0)} requests a second, "
            f"p50 {Spread.of([one.p50_us for one in served]).median:.0f} µs, "
            f"p99 {Spread.of([one.p99_us for one in served]).median:.0f} µs")


def compared(name, what, served, line):
    ours, theirs = served
    ratio = ratios([one.per_cpu_second for one in ours], [one.per_cpu_second for one in theirs])
    return Row(name, what, f"{speed(ours).median:,.0f}/cpu-s", f"{speed(theirs).median:,.0f}/cpu-s",
               ratio.text() + " ×", f"≥ {line} ×", ratio.median >= line,
               (said_of(ours, "fairlead"), said_of(theirs, "beside it")))


def guest_page(rounds):
    """One page of the demo as Chromium asks for it, whole and in gzip."""
    core, load_core = cores()
    with contextlib.ExitStack() as open_servers:
        ours = open_servers.enter_context(Fairlead(core))
        path, _ = ours.book_example()
        body = fetch(ours.port, GUEST_HOST, path)

        def put_page(root):
            (root / "g").mkdir()
            (root / path[1:]).write_bytes(body)
            (root / (path[1:] + ".gz")).write_bytes(gzip.compress(body, 9))

        theirs = open_servers.enter_context(nginx(core, put_page))
        rows = []
        for name, encodings, what in (
                ("guest_page", "identity", f"a guest page of {len(body)} bytes, 64 kept connections"),
                ("guest_page.gzip", "gzip, deflate", "the same page in gzip (gzip_static)")):
            for server in (ours, theirs):
                check_page(server, path, encodings, body)
                http_load.wrk(server, load_core, (GUEST_HOST, path, encodings), 1)
            served = in_turn(
                rounds,
                lambda e=encodings: http_load.wrk(ours, load_core, (GUEST_HOST, path, e),
                                                  PAGE_SECONDS),
                lambda e=encodings: http_load.wrk(theirs, load_core, (GUEST_HOST, path, e),
                                                  PAGE_SECONDS))
            rows.append(compared(name, what + "; beside nginx", served, 1.25))
    return rows


def check_page(server, path, encodings, body):
    got = fetch(server.port, GUEST_HOST, path, **{"Accept-Encoding": encodings})
    if encodings != "identity":
        got = gzip.decompress(got)
    if got != body:
        raise CannotRun("the two servers do not serve the same page")


def service_key():
    """A secret and its bcrypt hash, of the cost that fairlead uses."""
    try:
        import bcrypt
    except ImportError as error:
        raise CannotRun("python3-bcrypt is not installed") from error
    secret = "k3v9q2m7xw4t8zpab7n2c5d8f3g6h9j4"
    return secret, bcrypt.hashpw(secret.encode(), bcrypt.gensalt(10)).decode()


def post_and_wait(server, load_core, requests):
    """The events, and all that they cause: two mails each. What the clock of the processor has counted by
    then is what they cost."""
    before = cpu_seconds(server.pid)
    served = http_load.post_all(server, load_core, requests)
    wanted = 2 * (len(requests) + 1)  # one event was posted before
    until(lambda: len(os.listdir(server.maildrop)) >= wanted, f"{wanted} mails", 120)
    served.cpu = cpu_seconds(server.pid) - before
    return served


def post_events(rounds):
    """Each round begins with empty stores, and both take the very same events."""
    core, load_core = cores()

    def ours():
        with Fairlead(core, tenants=()) as server:
            key = server.apply(events.fleet_toml())["service_key"]
            made = events.requests(EVENTS + 1, key)
            http_load.post_one(server, made.pop())
            return post_and_wait(server, load_core, made)

    secret, stored = service_key()

    def theirs():
        with python_events(core, events.fleet_json("one", stored)) as server:
            made = events.requests(EVENTS + 1, f"fleet.one.{secret}")
            http_load.post_one(server, made.pop())
            return post_and_wait(server, load_core, made)

    served = in_turn(rounds, ours, theirs)
    return [compared("events", f"{EVENTS} POST /events and their jobs, durable, 64 clients; beside Python on SQLite",
                     served, 5)]


def upload(rounds):
    return photo_posts.upload(rounds)


def memory(_rounds):
    """The demo's data, every kind of page asked for once, then left alone."""
    core, _ = cores()
    with Fairlead(core) as server:
        path, booked = server.book_example()
        for one in (path, path.replace(".html", ".ics")):
            fetch(server.port, GUEST_HOST, one)
        link = next(iter(server.house.mails().values())).magic_link
        crew, page = server.house.crew(link)
        crew.get(page)
        server.house.owner().get(f"/charters/{booked['charter']}")
        time.sleep(3)
        ours = memory_mib(server.pid)
        parts = ", ".join(f"{name} {memory_mib(server.pid, name):.1f}"
                          for name in ("RssAnon", "RssFile", "RssShmem", "VmHWM"))
    return [Row("memory", "resident memory, demo loaded and idle", f"{ours:.1f} MiB", "–", "–",
                "≤ 24 MB", ours * 1.048576 <= 24, (parts + " MiB",))]


