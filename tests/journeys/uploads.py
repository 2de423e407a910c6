"""Uploads byte by byte: what only the wire shows of each rule, and what stays of what was refused."""

import base64
import concurrent.futures
import json
import pathlib
import time

import fairlead
import photo_house
from fairlead import PATIENCE
from photo_house import (
    END, FORM_TYPE, JPEG, PATH, Line, PhotoHouse, file_part, form_body, part)

LIMIT = 26214400
FIELDS_MAX = 20 * 1024  # all that stands before the file's bytes


class Wire(PhotoHouse):
    """Each test leaves nothing of what it sent: it ends where it began."""

    def setUp(self):
        self.form = self.presign(4)
        self.fields = self.form["fields"]

    def tearDown(self):
        self.assertEqual(self.kept(), [])
        self.assertEqual(self.photo_of(self.form)["state"], "pending")

    def line(self):
        line = Line(self.house)
        self.addCleanup(line.socket.close)
        return line

    def test_each_rule_broken_once(self):
        policy = json.loads(base64.b64decode(self.fields["policy"]))
        policy["conditions"][0] = {"bucket": "tern-photos"}
        forged = base64.b64encode(json.dumps(policy).encode()).decode()
        key = self.fields["key"]
        rules = [
            ({"key": key.replace(".jpg", ".png")}, 403, "AccessDenied", "Policy Condition failed"),
            ({"key": "boatsetter-may-30.html"}, 403, "AccessDenied", "Policy Condition failed"),
            ({"key": "../../escaped"}, 403, "AccessDenied", "Policy Condition failed"),
            ({"key": None}, 400, "InvalidArgument", "a field named 'key'"),
            ({"Content-Type": "text/html"}, 403, "AccessDenied", "Policy Condition failed"),
            ({"Content-Type": None}, 403, "AccessDenied", "Policy Condition failed"),
            ({"acl": "public-read"}, 403, "AccessDenied", "Extra input fields: acl"),
            ({"x-amz-meta-a": "b"}, 403, "AccessDenied", "Extra input fields: x-amz-meta-a"),
            ({"policy": forged}, 403, "SignatureDoesNotMatch", "StringToSign"),
            ({"policy": self.fields["policy"][:-8]}, 403, "SignatureDoesNotMatch", ""),
            ({"policy": None}, 400, "InvalidArgument", "Policy"),
            ({"x-amz-signature": "0" * 64}, 403, "SignatureDoesNotMatch", ""),
            ({"x-amz-signature": None}, 400, "InvalidArgument", "X-Amz-Signature"),
            ({"x-amz-date": "20200101T000000Z"}, 400, "AuthorizationQueryParametersError",
             "This date is not the same"),
            ({"x-amz-credential": self.fields["x-amz-credential"].replace("us-east", "eu-west")},
             400, "AuthorizationQueryParametersError", "us-east-1"),
            ({"x-amz-credential": "AKIAIOSFODNN7EXAMPLE" + self.fields["x-amz-credential"][20:]},
             403, "InvalidAccessKeyId", ""),
        ]
        for changes, status, code, message in rules:
            fields = {**self.fields, **changes}
            fields = {name: value for name, value in fields.items() if value is not None}
            with self.subTest(changes):
                answer = self.post(form_body(fields, b"four"))
                self.assertEqual(answer.status, status, answer)
                self.assertIn(f"<Code>{code}", answer.text)
                self.assertIn(message, answer.text)
                self.assertEqual(answer.headers["Content-Type"], "application/xml")
                self.assertEqual(self.kept(), [])

    def test_sizes(self):
        for content, code in ((b"", "EntityTooSmall"), (b"five!", "EntityTooLarge")):
            self.assert_refused(self.post(form_body(self.fields, content)), 400, code,
                                f"<ProposedSize>{len(content)}</ProposedSize>")

    def test_a_body_without_length(self):
        line = self.line()
        line.head("POST", PATH, Content_Type=FORM_TYPE, Transfer_Encoding="chunked")
        self.assert_refused(line.answer(), 411, "MissingContentLength")

    def test_a_body_that_is_no_form(self):
        body = form_body(self.fields, b"four")
        for content_type in ("application/x-www-form-urlencoded", "text/plain"):
            self.assert_refused(self.post(body, content_type), 412, "PreconditionFailed",
                                "enclosure-type multipart/form-data")
        for content_type in ("multipart/form-data", "multipart/form-data; boundary=other"):
            self.assert_refused(self.post(body, content_type), 400, "MalformedPOSTRequest")

    def test_a_body_that_breaks_off(self):
        body = form_body(self.fields, b"four")
        for cut in range(1, len(body), 97):
            with Line(self.house) as line:
                line.head("POST", PATH, Content_Type=FORM_TYPE, Content_Length=len(body))
                line.socket.sendall(body[:cut])

    def test_a_form_that_ends_too_early(self):
        body = form_body(self.fields, b"four")
        for missing in (len(END), len(END) - 4, 4, 3):
            self.assert_refused(self.post(body[:-missing]), 400, "MalformedPOSTRequest")

    def test_the_answer_to_far_too_much_can_be_read(self):
        body = form_body(self.fields, b"x" * 60_000_000)
        line = self.line()
        line.head("POST", PATH, Content_Type=FORM_TYPE, Content_Length=len(body))
        try:
            line.socket.sendall(body)
        except (BrokenPipeError, ConnectionResetError):
            pass  # it need not take the rest; what it said before has to arrive
        self.assert_refused(line.answer(), 400, "EntityTooLarge")

    def test_a_line_goes_on_after_a_refusal(self):
        line = self.line()
        body = form_body({**self.fields, "x-amz-signature": "0" * 64}, b"four")
        for _ in range(3):
            line.head("POST", PATH, Content_Type=FORM_TYPE, Content_Length=len(body))
            line.socket.sendall(body)
            self.assert_refused(line.answer(), 403, "SignatureDoesNotMatch")
        line.head("GET", f"{self.page}.html")
        self.assertEqual(line.answer("GET").status, 200)

    def test_a_head_that_is_refused_is_not_continued(self):
        line = self.line()
        line.head("POST", PATH, Content_Type="text/plain", Content_Length=100,
                  Expect="100-continue")
        self.assert_refused(line.answer(), 412, "PreconditionFailed")
        line = self.line()
        line.head("PUT", f"{PATH}/album/a.png", Content_Length=100, Expect="100-continue")
        self.assert_refused(line.answer(), 403, "AccessDenied")

    def test_fields_fill_twenty_kilobytes_and_no_more(self):
        room = FIELDS_MAX - len(form_body(self.fields, b""))
        for size in (room + 1, 100_000):
            fields = {**self.fields, "x-ignore-a": "a" * size}
            self.assert_refused(self.post(form_body(fields, b"four")), 400,
                                "MaxPostPreDataLengthExceededError")

    def test_the_file_comes_once_and_after_its_fields(self):
        fields = b"".join(part(*field) for field in self.fields.items())
        for body, message in (
                (file_part(b"four") + fields, "order of the fields"),
                (fields + file_part(b"four") + file_part(b"more"), "exactly one file"),
                (fields, "exactly one file")):
            self.assert_refused(self.post(body + END), 400, "InvalidArgument", message)

    def test_only_the_tenants_own_pages_may_read_answers(self):
        for origin, allowed in ((self.site, True), (self.site.replace("guest", "ops"), True),
                                (self.site.replace("jada", "tern"), False), ("null", False),
                                ("https://evil.example", False)):
            with self.subTest(origin):
                asked = self.guest.ask("OPTIONS", PATH, Origin=origin,
                                       Access_Control_Request_Method="POST")
                refused = self.post(form_body(self.fields, b""), Origin=origin)
                self.assertEqual(asked.status, 200 if allowed else 403)
                for answer in (asked, refused):
                    self.assertEqual(answer.headers["Access-Control-Allow-Origin"],
                                     origin if allowed else None)
                    self.assertIn("Origin", answer.headers["Vary"])

    def test_other_hosts_and_methods(self):
        body = form_body(self.fields, b"four")
        for host in ("guest.tern.localhost", "ops.jada.localhost", "crew.jada.localhost"):
            answer = fairlead.Caller(self.house, host).ask(
                "POST", PATH, body, Content_Type=FORM_TYPE)
            self.assertEqual(answer.status, 404, f"{host}: {answer}")
        self.assertEqual(self.guest.get(PATH).status, 405)
        self.assert_refused(self.guest.get(f"{PATH}/{self.fields['key']}"), 403, "AccessDenied")


class Taken(PhotoHouse):
    """What looks odd and is right."""

    def assert_received(self, form, answer, content):
        self.assertEqual(answer.status, 204, answer)
        self.assertEqual(self.bytes_of(form), content)

    def test_a_form_that_waits_to_be_asked(self):
        form = self.presign(4)
        body = form_body(form["fields"], b"four")
        with Line(self.house) as line:
            line.head("POST", PATH, Content_Type=FORM_TYPE, Content_Length=len(body),
                      Expect="100-continue")
            self.assertTrue(line.continues())
            line.socket.sendall(body)
            self.assert_received(form, line.answer(), b"four")

    def test_a_form_that_trickles(self):
        form = self.presign(4)
        body = form_body(form["fields"], b"four")
        with Line(self.house) as line:
            line.head("POST", PATH, Content_Type=FORM_TYPE, Content_Length=len(body))
            for at in range(0, len(body), 11):
                line.socket.sendall(body[at:at + 11])
            self.assert_received(form, line.answer(), b"four")

    def test_fields_up_to_the_limit_and_after_the_file(self):
        form = self.presign(4)
        room = FIELDS_MAX - len(form_body({**form["fields"], "x-ignore-a": ""}, b""))
        body = form_body({**form["fields"], "x-ignore-a": "a" * room}, b"four")
        self.assert_received(form, self.post(body), b"four")
        late = form_body(form["fields"], b"more")[:-len(END)] + part("submit", "Send") + END
        self.assert_received(form, self.post(late), b"more")

    def test_a_file_that_looks_like_the_form(self):
        boundary = f"--{photo_house.BOUNDARY}".encode()
        for content in (b"\r\n" + boundary[:-1] + b"\r\n", boundary + b"--", b"\r\n" * 50,
                        b"\r\n--" * 20, b"\0" * 70_000):
            form = self.presign(len(content))
            with self.subTest(content[:20]):
                self.assert_received(form, self.post(form_body(form["fields"], content)), content)

    def test_pages_of_the_tenant_read_the_answer(self):
        form = self.presign(4)
        answer = self.post(form_body(form["fields"], b"four"), Origin=self.site)
        self.assertEqual(answer.headers["Access-Control-Allow-Origin"], self.site)
        self.assertIn("ETag", answer.headers["Access-Control-Expose-Headers"])
        self.assert_received(form, answer, b"four")


class Memory(PhotoHouse):
    # The sanitizers keep freed memory for a while.
    GROWTH_MAX_KB = 10 * 1024 if PATIENCE == 1 else 400 * 1024

    def status(self, name):
        text = (self.process_folder / "status").read_text()
        return int(text.split(f"{name}:")[1].split()[0])

    def upload(self, form):
        body = form_body(form["fields"], self.content)
        with Line(self.house) as line:
            line.head("POST", PATH, Content_Type=FORM_TYPE, Content_Length=len(body))
            line.socket.sendall(body)
            return line.answer()

    def test_twenty_of_the_largest_at_once(self):
        self.process_folder = pathlib.Path("/proc") / str(self.house.process.pid)
        self.content = JPEG + b"\xa5" * (LIMIT - len(JPEG))
        self.assertEqual(self.upload(self.presign(LIMIT)).status, 204)  # buffers that stay
        forms = [self.presign(LIMIT) for _ in range(20)]
        (self.process_folder / "clear_refs").write_text("5")  # VmHWM starts anew
        before = self.status("VmHWM")
        started = time.monotonic()
        with concurrent.futures.ThreadPoolExecutor(len(forms)) as threads:
            answers = list(threads.map(self.upload, forms))
        self.assertEqual([answer.status for answer in answers], [204] * len(forms))
        growth = self.status("VmHWM") - before
        print(f"20 of 25 MiB in {time.monotonic() - started:.1f} s: {growth} kB over {before} kB")
        self.assertLess(growth, self.GROWTH_MAX_KB)
        sizes = {photo["bytes"] for photo in self.photos().values()}
        self.assertEqual(sizes, {LIMIT})
        stored = [path for path in self.kept() if path.stat().st_size >= LIMIT]
        self.assertEqual(len(stored), 21)


if __name__ == "__main__":
    fairlead.run_suite()
