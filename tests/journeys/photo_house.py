"""A house where guests send photos, booked once per class: what the suites of uploads share."""

import http.client
import socket
import unittest
import urllib.request

from fairlead import PATIENCE, Answer, House, example_booking, wait_for

HOST = "guest.jada.localhost"
BUCKET = "jada-photos"
PATH = f"/o/{BUCKET}"
BOUNDARY = "fairlead-test"
FORM_TYPE = f"multipart/form-data; boundary={BOUNDARY}"
# The shortest head of a JPEG; what follows it is anything.
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00"


def resolve_localhost():
    """Names under localhost are this machine (RFC 6761 §6.3); not every resolver knows it."""
    ask = socket.getaddrinfo

    def answer(host, *arguments, **named):
        local = str(host).endswith(".localhost")
        return ask("127.0.0.1" if local else host, *arguments, **named)
    socket.getaddrinfo = answer


def part(name, value, more=""):
    value = value if isinstance(value, bytes) else value.encode()
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n'
    return head.encode() + value + b"\r\n"


def file_part(content):
    return part("file", content, '; filename="a.jpg"\r\nContent-Type: image/jpeg')


END = f"--{BOUNDARY}--\r\n".encode()


def form_body(fields, content):
    """As a browser writes it: the fields in their order, the file last."""
    return b"".join(part(*field) for field in fields.items()) + file_part(content) + END


class PhotoHouse(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.house = House()
        cls.addClassCleanup(cls.house.close)
        cls.house.start()
        port = cls.house.port
        cls.house.stop()
        # So that the addresses that the server gives lead to it.
        cls.house.settings(f'[public]\nurl = "http://{{host}}:{port}"\n')
        cls.house.start(port)
        cls.site = f"http://{HOST}:{port}"
        cls.owner, cls.guest = cls.house.owner(), cls.house.guest()
        cls.book()

    @classmethod
    def book(cls, **changes):
        booked = cls.owner.post("/bookings", example_booking(**changes))
        if booked.status != 201:
            raise AssertionError(f"the booking is answered {booked}")
        cls.charter = booked.json["charter"]
        page, cls.key = booked.json["guest_link"].split("#k=")
        cls.page = page[len(cls.site):].removesuffix(".html")

    def presign(self, size, content_type="image/jpeg", filename="a.jpg"):
        """What POST …/photos/presign answers: url, fields, key, expires_at."""
        answer = self.guest.post(f"{self.page}/photos/presign", {
            "key": self.key, "filename": filename, "content_type": content_type, "bytes": size})
        self.assertEqual(answer.status, 200, answer)
        return answer.json

    def photos(self):
        """The owner's list by the object's key."""
        listed = self.owner.get(f"/charters/{self.charter}/photos").json["photos"]
        return {photo["id"]: photo for photo in listed}

    def photo_of(self, form):
        return self.photos()[form["key"].split("/")[-1].split(".")[0]]

    def received(self, form):
        """The photo as soon as it counts as received, which must be at once on one machine."""
        wait_for(lambda: self.photo_of(form)["state"] == "received", f"{form['key']} is received",
                 self.house.photo_seconds)
        return self.photo_of(form)

    def bytes_of(self, form):
        photo = self.photo_of(form)["id"]
        answer = self.owner.get(f"/charters/{self.charter}/photos/{photo}")
        if answer.status == 303:  # to where the bytes are, for as long as the link lives
            with urllib.request.urlopen(answer.headers["Location"]) as found:
                return found.read()
        return answer.body

    def owners_key(self):
        return self.owner.get("/photos/key").json

    def forms_key(self):
        """The key that signs forms, which never leaves the server."""
        return self.house.forms_key("jada")

    def kept(self):
        """Every file that guests' uploads left, whole or not."""
        return [path for path in (self.house.data / "objects").rglob("*")
                if path.is_file() and not path.name.endswith((".html", ".ics"))
                and "quarantine" in str(path)]

    def post(self, body, content_type=FORM_TYPE, **headers):
        return self.guest.ask("POST", PATH, body, Content_Type=content_type, **headers)

    def assert_refused(self, answer, status, code, message=""):
        self.assertEqual(answer.status, status, answer)
        self.assertIn(f"<Code>{code}</Code>", answer.text)
        self.assertIn(message, answer.text)
        self.assertEqual(answer.headers["Content-Type"], "application/xml")
        self.assertTrue(answer.headers["x-amz-request-id"])


class Line:
    """One connection, byte by byte."""

    def __init__(self, house):
        self.socket = socket.create_connection(("127.0.0.1", house.port), timeout=30 * PATIENCE)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def head(self, method, path, **headers):
        lines = [f"{method} {path} HTTP/1.1", f"Host: {HOST}"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        self.socket.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())

    def answer(self, method="POST"):
        response = http.client.HTTPResponse(self.socket, method=method)
        response.begin()
        return Answer(response)

    def continues(self):
        """Whether the server says 100 Continue next, and nothing else."""
        return self.socket.recv(1000) == b"HTTP/1.1 100 Continue\r\n\r\n"
