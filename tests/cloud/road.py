"""The road between a role and a service, for tests: it hands on what comes and can lose, delay,
refuse or count it on the way. What a call is called: DynamoDB's operation, else method and path.
"""

import dataclasses
import http.client
import json
import random
import threading
import urllib.parse

from runtime_api import QuietHandler, Server


@dataclasses.dataclass
class Call:
    name: str
    method: str
    path: str
    headers: dict
    body: bytes

    @property
    def json(self):
        return json.loads(self.body)


@dataclasses.dataclass
class Answer:
    status: int
    headers: list
    body: bytes


def refusal(status, name, **more):
    """As AWS's JSON services refuse."""
    body = json.dumps({"__type": f"com.amazonaws.dynamodb.v20120810#{name}", "message": name,
                       **more})
    return Answer(status, [("Content-Type", "application/x-amz-json-1.0"),
                           ("x-amzn-ErrorType", name)], body.encode())


def call_name(handler):
    target = handler.headers.get("X-Amz-Target")
    if target:
        return target.split(".")[-1]
    return f"{handler.command} {urllib.parse.urlsplit(handler.path).path}"


class Road:
    """rule(call, forward) gives the answer, by forward() or not; None breaks the line. seen counts
    calls by name. The rule may be changed while calls are on their way."""

    def __init__(self, target, rule=None):
        self.target = urllib.parse.urlsplit(target).netloc
        self.rule = rule or (lambda call, forward: forward())
        self.lock, self.seen = threading.Lock(), {}
        road = self

        class Toll(QuietHandler):
            upstream = None

            def forward(self, call):
                if self.upstream is None:
                    self.upstream = http.client.HTTPConnection(road.target, timeout=60)
                self.upstream.request(call.method, call.path, call.body, call.headers)
                response = self.upstream.getresponse()
                return Answer(response.status, response.getheaders(), response.read())

            def pass_on(self):
                call = Call(call_name(self), self.command, self.path, dict(self.headers.items()),
                            self.body())
                road.count(call.name)
                answer = road.rule(call, lambda: self.forward(call))
                if answer is None:
                    self.close_connection = True
                    return
                kept = [one for one in answer.headers if one[0].lower() not in (
                    "content-length", "transfer-encoding", "connection", "date", "server")]
                self.give(answer.status, answer.body, kept)

            do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = pass_on

            def finish(self):
                super().finish()
                if self.upstream:
                    self.upstream.close()
        self.server = Server(Toll)
        self.url = f"http://127.0.0.1:{self.server.port}"

    def count(self, name):
        with self.lock:
            self.seen[name] = self.seen.get(name, 0) + 1

    def close(self):
        self.server.close()


class Dice:
    """True in so many of a hundred times, from a seed: a run can be repeated."""

    def __init__(self, percent, seed=1):
        self.random, self.percent, self.lock = random.Random(seed), percent, threading.Lock()
        self.hits = 0

    def fall(self):
        with self.lock:
            hit = self.random.random() * 100 < self.percent
            self.hits += hit
            return hit
