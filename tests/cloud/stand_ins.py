"""The stand-ins for AWS that the other suites rest on, held to what AWS does: a harness that
forgives would prove nothing. A script of a few lines plays the function."""

import json
import pathlib
import signal
import tempfile
import threading
import time
import unittest

import lambda_house  # noqa: F401  first: it knows where the others are
import edge_policies
import fairlead
import gateway
import pumps
import stacks
from gateway import Reply, Request
from runtime_api import Function

# Answers with what the event says; or dies, hangs, or counts on while nobody should let it.
SCRIPT = """#!/usr/bin/python3
import json, os, sys, threading, time, urllib.request
at = "http://" + os.environ["AWS_LAMBDA_RUNTIME_API"] + "/2018-06-01/runtime/"
def post(path, body):
    urllib.request.urlopen(urllib.request.Request(at + path, data=body, method="POST")).read()
ticks = [0]
def count():
    while True:
        time.sleep(0.01)
        ticks[0] += 1
threading.Thread(target=count, daemon=True).start()
if os.environ["_HANDLER"] == "broken":
    post("init/error", b'{"errorType": "NoSettings"}')
    sys.exit(1)
while True:
    with urllib.request.urlopen(at + "invocation/next") as got:
        id, event = got.headers["Lambda-Runtime-Aws-Request-Id"], json.load(got)
    what = event.get("do")
    if what == "die": os._exit(3)
    if what == "hang": time.sleep(100)
    if what == "fail":
        post(f"invocation/{id}/error", b'{"errorType": "Tired"}')
        continue
    answer = {"ticks": ticks[0], "pid": os.getpid(), "token": os.environ["AWS_SESSION_TOKEN"]}
    post(f"invocation/{id}/response", json.dumps(event.get("answer", answer)).encode())
"""


class Functions(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="fairlead-stand-in-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.script = self.folder / "function"
        self.script.write_text(SCRIPT)
        self.script.chmod(0o755)

    def function(self, name="plain", **how):
        made = Function(name, self.folder, {"AWS_SESSION_TOKEN": "t"}, **how)
        made.binary = str(self.script)
        self.addCleanup(made.close)
        return made

    def test_an_environment_is_warm_until_it_dies(self):
        function = self.function()
        first, second = function.invoke({}).json, function.invoke({}).json
        self.assertEqual((first["pid"], first["token"]), (second["pid"], "t"))
        self.assertIn("Runtime exited: 3;", function.invoke({"do": "die"}).error)
        self.assertNotEqual(function.invoke({}).json["pid"], first["pid"])
        self.assertIn("Tired", function.invoke({"do": "fail"}).error)

    def test_nothing_runs_between_two_events(self):
        function = self.function()
        before = function.invoke({}).json["ticks"]
        time.sleep(0.5)
        self.assertLess(function.invoke({}).json["ticks"] - before, 25)

    def test_at_its_deadline_it_is_killed(self):
        function = self.function(timeout=0.3)
        function.invoke({})
        process, = function.processes()
        self.assertIn("Task timed out", function.invoke({"do": "hang"}).error)
        self.assertEqual(process.poll(), -signal.SIGKILL)

    def test_one_that_cannot_start_says_why(self):
        self.assertIn("NoSettings", self.function("broken").invoke({}).error)

    def test_what_comes_at_once_has_environments_of_its_own(self):
        function = self.function(concurrency=2)
        pids = []
        threads = [threading.Thread(target=lambda: pids.append(function.invoke({}).json["pid"]))
                   for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(len(pids), 6)
        self.assertLessEqual(len(set(pids)), 2)


class Gateways(unittest.TestCase):
    GOOD = {"statusCode": 200, "headers": {"content-type": "text/plain"}, "cookies": ["a=b"],
            "body": "x", "isBase64Encoded": False}

    def test_an_answer_to_the_letter_is_taken(self):
        reply = gateway.reply_from(json.dumps(self.GOOD))
        self.assertEqual((reply.status, reply.body), (200, b"x"))
        self.assertEqual(reply.header("set-cookie"), "a=b")

    def test_any_other_is_not(self):
        for changes in ({"statusCode": "200"}, {"statusCode": 99}, {"headers": {"a": 1}},
                        {"headers": {"a": ["b"]}}, {"headers": {"Set-Cookie": "a=b"}},
                        {"cookies": "a=b"}, {"cookies": [1]}, {"body": {"a": 1}},
                        {"body": "no base64!", "isBase64Encoded": True}, {"body": None},
                        {"isBase64Encoded": "false"}, {"multiValueHeaders": {}}):
            with self.subTest(changes), self.assertRaises((gateway.WrongAnswer, ValueError)):
                gateway.reply_from(json.dumps({**self.GOOD, **changes}))

    def test_an_event_is_what_the_gateway_writes(self):
        event = gateway.event_of(Request("POST", "/a%20b", "q=1&q=2", [
            ("host", "h"), ("cookie", "a=1; b=2"), ("accept", "x"), ("accept", "y"),
            ("content-type", "application/x-www-form-urlencoded")], b"a=b", "192.0.2.1"), "id.host")
        self.assertEqual((event["rawPath"], event["rawQueryString"]), ("/a b", "q=1&q=2"))
        self.assertEqual(event["cookies"], ["a=1", "b=2"])
        self.assertEqual(event["headers"]["accept"], "x,y")
        self.assertNotIn("cookie", event["headers"])
        self.assertEqual((event["body"], event["isBase64Encoded"]), ("YT1i", True))
        self.assertEqual(event["requestContext"]["http"]["sourceIp"], "192.0.2.1")


class Policies(unittest.TestCase):
    HEADERS = [("host", "site"), ("authorization", "a"), ("x-dashboard-token", "t"),
               ("cookie", "c=1"), ("connection", "close"), ("user-agent", "me")]

    def sent(self, cache, origin):
        request = Request("GET", "/", "a=1", self.HEADERS)
        return edge_policies.towards_origin(request, cache, origin)

    def test_nothing_passes_that_no_policy_admits(self):
        cache, = [one for id, one in edge_policies.MANAGED_CACHE.items() if id.startswith("4135")]
        bare = self.sent(cache, edge_policies.NOTHING)
        for name in ("host", "authorization", "x-dashboard-token", "cookie", "connection"):
            self.assertIsNone(bare.header(name), name)
        self.assertEqual((bare.query, bare.header("user-agent")), ("", "Amazon CloudFront"))
        all_but_host, = [one for id, one in edge_policies.MANAGED_ORIGIN.items()
                         if id.startswith("b689")]
        full = self.sent(cache, all_but_host)
        for name, value in self.HEADERS[1:4]:
            self.assertEqual(full.header(name), value)
        self.assertEqual((full.query, full.header("host"), full.header("connection")),
                         ("a=1", None, None))

    def test_paths_of_behaviours(self):
        for pattern, path, is_matched in (
                ("/g/*", "/g/a.html", True), ("/g/*", "/g/a/b", True), ("/g/*", "/G/a", False),
                ("/g/*/photos/*", "/g/a/photos/presign", True), ("/g/*", "/g", False),
                ("/g/*/photos/*", "/g/photos/", False), ("*", "/", True),
                ("/a?c", "/abc", True), ("/[a]", "/a", False)):
            with self.subTest(pattern=pattern, path=path):
                self.assertEqual(edge_policies.matches(pattern, path), is_matched)

    def test_security_headers_replace_only_where_they_say_so(self):
        config = {"SecurityHeadersConfig": {
            "FrameOptions": {"FrameOption": "DENY", "Override": False},
            "ReferrerPolicy": {"ReferrerPolicy": "no-referrer", "Override": True}}}
        reply = Reply(200, [("x-frame-options", "SAMEORIGIN"), ("referrer-policy", "origin")])
        edge_policies.add_response_headers(config, reply)
        self.assertEqual(sorted(reply.headers), [("referrer-policy", "no-referrer"),
                                                 ("x-frame-options", "SAMEORIGIN")])

    def test_filters_of_the_stream(self):
        pattern = {"eventName": ["INSERT"], "dynamodb": {"Keys": {"PK": {"S": [
            {"prefix": "@due/"}]}}}}
        for kind, key, is_matched in (("INSERT", "@due/3", True), ("MODIFY", "@due/3", False),
                                      ("INSERT", "jada/job", False)):
            event = {"eventName": kind, "dynamodb": {"Keys": {"PK": {"S": key}}}}
            self.assertEqual(pumps.matches(pattern, event), is_matched)


class Templates(unittest.TestCase):
    def stack(self, **parameters):
        template = {
            "Parameters": {"Name": {"Default": "a"}, "Zone": {"Default": ""}},
            "Conditions": {"Named": {"Fn::Not": [{"Fn::Equals": [{"Ref": "Zone"}, ""]}]}},
            "Resources": {
                "One": {"Type": "T", "Properties": {
                    "Text": {"Fn::Sub": "${Name}/${!kept}/${One.Arn}/${AWS::Region}"},
                    "Maybe": {"Fn::If": ["Named", "yes", {"Ref": "AWS::NoValue"}]}}},
                "Two": {"Type": "T", "Condition": "Named", "Properties": {}}}}
        return stacks.Stack("s", template, lambda stack, name, what: f"<{name}.{what}>",
                            parameters)

    def test_functions_and_conditions(self):
        self.assertEqual(self.stack().of_type("T"), {
            "One": {"Text": "a/${kept}/<One.Arn>/eu-west-1"}})
        found = self.stack(Zone="z").of_type("T")
        self.assertEqual((set(found), found["One"]["Maybe"]), ({"One", "Two"}, "yes"))

    def test_parameters_that_are_not_there(self):
        with self.assertRaises(AssertionError):
            self.stack(Nobody="x")


if __name__ == "__main__":
    fairlead.run_suite()
