"""A function of AWS Lambda without Lambda: the Runtime API that it takes its events from, and the few
things it wants to find where it runs.

Always: a function is started as Lambda starts it, its program and environment alone; its first event
waits for it. Refuses (CannotRun): a function that ends, tells of an error, or does not answer in time.
"""

import collections
import json
import os
import pathlib
import queue
import subprocess
import sys
import time
import zipfile

from measure import CannotRun

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "tests" / "cloud"))
import gateway  # noqa: E402
from runtime_api import PREFIX, QuietHandler, Server  # noqa: E402

ANSWER_SECONDS = 30
API_HOST = "a1b2c3d4.execute-api.eu-west-1.amazonaws.com"
SECRETS = {"server-key": "5a" * 32, "edge": "a secret of the edge"}

Answer = collections.namedtuple("Answer", "status body")


def unpack(package, folder):
    """As Lambda does: with the modes that the zip names. zipfile alone forgets them."""
    with zipfile.ZipFile(package) as files:
        for entry in files.infolist():
            os.chmod(files.extract(entry, folder), entry.external_attr >> 16)


def settings():
    """FAIRLEAD_SETTINGS of the role ops, by names that the stand-ins have."""
    return "\n".join((
        "[public]", f'api_hosts = ["{API_HOST}"]',
        "[store]", 'engine = "dynamodb"', 'operations = "operations"', 'owner_only = "owner-only"',
        "[objects]", 'engine = "s3"', 'pages = "pages"', 'photos = "photos"',
        "[secrets]", 'server_key = "server-key"', 'edge = "edge"', ""))


def environment(task_root, api_port, **more):
    """What Lambda sets, and no more."""
    return {"AWS_LAMBDA_RUNTIME_API": f"127.0.0.1:{api_port}", "_HANDLER": "ops",
            "LAMBDA_TASK_ROOT": str(task_root), "AWS_REGION": "eu-west-1",
            "AWS_DEFAULT_REGION": "eu-west-1", "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE",
            "AWS_SECRET_ACCESS_KEY": "nobody's", "AWS_SESSION_TOKEN": "nobody's either",
            "PATH": "/usr/bin:/bin", "LANG": "en_US.UTF-8", "TZ": ":UTC",
            "FAIRLEAD_SETTINGS": settings(), **more}


def get_event(path):
    """A GET as API Gateway's HTTP API hands it on, at the API's own host."""
    headers = [("host", API_HOST), ("accept", "*/*"), ("user-agent", "curl/7.88.1")]
    return gateway.event_of(gateway.Request("GET", path, "", headers), API_HOST)


class RuntimeHandler(QuietHandler):
    def do_GET(self):
        event = self.server.waiting.get() if self.path == f"{PREFIX}/invocation/next" else None
        if event is None:  # another address, or the end
            self.close_connection = True
            return
        number, body = event
        self.give(200, body, [
            ("Content-Type", "application/json"), ("Lambda-Runtime-Aws-Request-Id", f"r{number}"),
            ("Lambda-Runtime-Deadline-Ms", str(int((time.time() + self.server.life_seconds) * 1000)))])

    def do_POST(self):
        told = time.monotonic()
        self.server.told.put((self.path.removeprefix(PREFIX), self.body(), told))
        self.give(202, b'{"status":"OK"}')


class RuntimeApi(Server):
    """Hands out events, one after the other, and takes what comes of them. What tests/cloud has freezes
    a function between two events and looks after it, which would be measured too."""

    def __init__(self, life_seconds=30):
        """life_seconds: what an event says is left of its function's time."""
        self.waiting, self.told, self.count = queue.Queue(), queue.Queue(), 0
        self.life_seconds = life_seconds
        super().__init__(RuntimeHandler)

    def __exit__(self, *_):
        self.waiting.put(None)
        self.close()

    def send(self, event):
        self.count += 1
        self.waiting.put((self.count, json.dumps(event).encode()))

    def answer(self, process):
        """What the function tells of the last event sent, and when it came."""
        deadline = time.monotonic() + ANSWER_SECONDS
        while True:
            try:
                path, body, told = self.told.get(timeout=0.2)
                break
            except queue.Empty:
                if process.poll() is not None and self.told.empty():
                    raise CannotRun(f"the function ended: {process.returncode}") from None
                if time.monotonic() > deadline:
                    raise CannotRun(f"no answer after {ANSWER_SECONDS} s") from None
        if path != f"/invocation/r{self.count}/response":
            raise CannotRun(f"the function tells of {path}: {body.decode(errors='replace')[:600]}")
        said = json.loads(body)
        return Answer(said["statusCode"], said.get("body", "")), told


class SecretsHandler(QuietHandler):
    """GetSecretValue of AWS Secrets Manager, for what it knows; it asks for no signature."""

    def do_POST(self):
        asked = json.loads(self.body())
        name, stage = asked["SecretId"], asked.get("VersionStage", "AWSCURRENT")
        status, answer = 400, {"__type": "ResourceNotFoundException", "Message": "no such one"}
        if stage == "AWSCURRENT" and name in SECRETS:
            status, answer = 200, {
                "ARN": f"arn:aws:secretsmanager:eu-west-1:123456789012:secret:{name}-a1b2c3",
                "Name": name, "SecretString": SECRETS[name], "VersionStages": [stage],
                "VersionId": "00000000-0000-0000-0000-000000000001", "CreatedDate": 1.5e9}
        self.give(status, json.dumps(answer).encode(),
                  [("Content-Type", "application/x-amz-json-1.1")])


class SecretsManager(Server):
    def __init__(self):
        super().__init__(SecretsHandler)

    def __exit__(self, *_):
        self.close()


class Function:
    """A running function: ask() it, one event at a time. Ended at the end of a with block."""

    def __init__(self, api, command, environment, folder, log):
        self.api = api
        self.started = time.monotonic()
        with open(log, "wb") as file:
            self.process = subprocess.Popen(command, cwd=folder, env=environment,
                                            stdin=subprocess.DEVNULL, stdout=file, stderr=file)
        self.pid = self.process.pid

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()

    def ask(self, path):
        self.api.send(get_event(path))
        return self.api.answer(self.process)[0]

    def first_answer(self):
        """To the event that waited for it; and the seconds from its start to that."""
        answer, told = self.api.answer(self.process)
        return answer, told - self.started
