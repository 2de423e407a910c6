"""1 GB in 100 photos: posted with presigned forms to the embedded store, and to nginx, which writes
each body to a file. Ours checks signature and policy, digs the file out of the form and syncs it to the
disk before it answers; nginx keeps the body as it came and syncs nothing.
"""

import contextlib
import dataclasses
import http.client
import json
import os
import shutil
import time
import urllib.parse

from measure import CannotRun, Row, Spread, cores, cpu_seconds, in_turn, memory_mib, pinned, ratios
from servers import Fairlead, nginx

PHOTOS = 100
PHOTO_BYTES = 10_000_000
BOUNDARY = "----WebKitFormBoundary7MA4YWxkTrZu0gW"
ROUNDS_MAX = 3  # a round writes 2 GB
CPU_LINE = 1.5
FLAT_MIB = 8  # what may come on top of memory while it takes a gigabyte


@dataclasses.dataclass
class Taken:
    cpu: float
    seconds: float
    grown_mib: float


def form_body(fields, photo):
    parts = [f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
             for name, value in fields.items()]
    head = ("".join(parts) + f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; '
            'filename="photo.jpg"\r\nContent-Type: image/jpeg\r\n\r\n').encode()
    return head + photo + f"\r\n--{BOUNDARY}--\r\n".encode()


def presigned(server, booked):
    """One form, asked for as the guest's page does: (host, path, fields)."""
    link = urllib.parse.urlsplit(booked["guest_link"])
    answer = server.house.guest().post(
        link.path.removesuffix(".html") + "/photos/presign",
        {"key": link.fragment.removeprefix("k="), "filename": "photo.jpg",
         "content_type": "image/jpeg", "bytes": PHOTO_BYTES})
    if answer.status != 200:
        raise CannotRun(f"a form is not given: {answer}")
    url = urllib.parse.urlsplit(answer.json["url"])
    return url.hostname, url.path, answer.json["fields"]


def send(server, core, posts, photo):
    """Posts one after the other over one connection. posts: (host, path, fields) each."""
    before, started = cpu_seconds(server.pid), time.perf_counter()
    resident = memory_mib(server.pid)
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    with pinned(core), contextlib.closing(connection):
        for host, path, fields in posts:
            connection.request("POST", path, body=form_body(fields, photo), headers={
                "Host": host, "Content-Type": f"multipart/form-data; boundary={BOUNDARY}"})
            answer = connection.getresponse()
            said = answer.read()
            if answer.status not in (201, 204):
                raise CannotRun(f"an upload is answered {answer.status}: {said[:300]!r}")
    return Taken(cpu_seconds(server.pid) - before, time.perf_counter() - started,
                 memory_mib(server.pid, "VmHWM") - resident)


def check_received(server, booked):
    """Every photo of the round stands in the owner's list with its size."""
    answer = server.house.owner().get(f"/charters/{booked['charter']}/photos")
    photos = answer.json["photos"] if answer.status == 200 else []
    good = [one for one in photos if one["state"] == "received" and one["bytes"] == PHOTO_BYTES]
    if len(good) != PHOTOS:
        raise CannotRun(f"{len(good)} of {PHOTOS} photos were received: {answer}")


def upload(rounds):
    core, load_core = cores()
    photo = os.urandom(PHOTO_BYTES)

    def ours():
        with Fairlead(core) as server:
            _, booked = server.book_example()
            posts = [presigned(server, booked) for _ in range(PHOTOS)]
            taken = send(server, load_core, posts, photo)
            check_received(server, booked)
            shutil.rmtree(server.house.data / "objects")  # the next round needs its room
            return taken

    def theirs():
        with nginx(core) as server:
            fields = {"key": "x" * 60, "policy": "x" * 700, "x-amz-signature": "x" * 64}
            return send(server, load_core, [("localhost", "/upload", fields)] * PHOTOS, photo)

    us, them = in_turn(min(rounds, ROUNDS_MAX), ours, theirs)
    ratio = ratios([one.cpu for one in us], [one.cpu for one in them])
    grown = Spread.of([one.grown_mib for one in us])
    speed = [Spread.of([PHOTOS * PHOTO_BYTES / 1e6 / one.seconds for one in side])
             for side in (us, them)]
    return [Row("upload", "1 GB in 100 photos; beside nginx writing bodies to files",
                f"{Spread.of([one.cpu for one in us]).median:.2f} cpu-s",
                f"{Spread.of([one.cpu for one in them]).median:.2f} cpu-s",
                ratio.text() + " ×", f"≤ {CPU_LINE} ×, memory flat",
                ratio.median <= CPU_LINE and grown.most <= FLAT_MIB,
                (f"memory grew by {grown.text(1)} MiB",
                 f"{speed[0].text(0)} MB/s, nginx {speed[1].text(0)} MB/s"))]
