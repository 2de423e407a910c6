"""A function of AWS Lambda without Lambda: the Runtime API that it takes its events from, and the few
things it wants to find where it runs.

Always: a function is started as Lambda starts it, its program and environment alone; its first event
waits for it. Refuses (CannotRun): a function that ends, tells of an error, or does not answer in time.
"""

import collections
import http.server
import json
import os
import queue
import subprocess
import sys
import threading
import time
import zipfile

from measure import CannotRun

ANSWER_SECONDS = 30
LIFE_SECONDS = 30  # what an event says is left of its function's time
API = "/2018-06-01/runtime/"
API_HOST = "a1b2c3d4.execute-api.eu-west-1.amazonaws.com"

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
    """A GET as API Gateway's HTTP API hands it on, payload 2.0, at the API's own host."""
    return {"version": "2.0", "routeKey": "$default", "rawPath": path, "rawQueryString": "",
            "headers": {"host": API_HOST, "accept": "*/*", "x-forwarded-for": "192.0.2.7",
                        "x-forwarded-port": "443", "x-forwarded-proto": "https"},
            "requestContext": {"accountId": "123456789012", "apiId": API_HOST.split(".")[0],
                               "domainName": API_HOST, "requestId": "r1", "stage": "$default",
                               "http": {"method": "GET", "path": path, "protocol": "HTTP/1.1",
                                        "sourceIp": "192.0.2.7", "userAgent": "curl/7.88.1"}},
            "isBase64Encoded": False}


class Handler(http.server.BaseHTTPRequestHandler):
    """Each answer leaves in one piece and at once: what is measured is the other end."""
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1

    def log_message(self, *_):
        pass

    def body(self):
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def reply(self, status, body=b"", **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class Server(http.server.ThreadingHTTPServer):
    def handle_error(self, request, client_address):
        """A function that is ended leaves its connections, which is no news."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


class Listener:
    """An HTTP server of a test on a port of its own, in threads of this process."""

    def __init__(self, handler):
        self.server = Server(("127.0.0.1", 0), handler)
        self.server.daemon_threads = True
        self.server.owner = self
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()


class RuntimeHandler(Handler):
    def do_GET(self):
        owner = self.server.owner
        if self.path != API + "invocation/next":
            return self.reply(404)
        event = owner.waiting.get()
        if event is None:
            self.close_connection = True
            return None
        number, body = event
        deadline = str(int((time.time() + LIFE_SECONDS) * 1000))
        return self.reply(200, body, Content_Type="application/json",
                          Lambda_Runtime_Aws_Request_Id=f"r{number}",
                          Lambda_Runtime_Deadline_Ms=deadline)

    def do_POST(self):
        told = time.monotonic()
        self.server.owner.told.put((self.path.removeprefix(API), self.body(), told))
        self.reply(202, b'{"status":"OK"}')


class RuntimeApi(Listener):
    """Hands out events, one after the other, and takes what comes of them."""

    def __init__(self):
        self.waiting, self.told, self.count = queue.Queue(), queue.Queue(), 0
        super().__init__(RuntimeHandler)

    def __exit__(self, *stop):
        self.waiting.put(None)
        super().__exit__(*stop)

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
        if path != f"invocation/r{self.count}/response":
            raise CannotRun(f"the function tells of {path}: {body.decode(errors='replace')[:600]}")
        said = json.loads(body)
        return Answer(said["statusCode"], said.get("body", "")), told


class SecretsHandler(Handler):
    """GetSecretValue of AWS Secrets Manager, for what it knows; it asks for no signature."""

    def do_POST(self):
        asked = json.loads(self.body())
        text = self.server.owner.secrets.get(asked.get("SecretId"))
        if asked.get("VersionStage", "AWSCURRENT") != "AWSCURRENT" or text is None:
            return self.reply(400, b'{"__type":"ResourceNotFoundException","Message":"no such one"}',
                              Content_Type="application/x-amz-json-1.1")
        answer = {"ARN": f"arn:aws:secretsmanager:eu-west-1:123456789012:secret:{asked['SecretId']}",
                  "Name": asked["SecretId"], "SecretString": text, "VersionStages": ["AWSCURRENT"],
                  "VersionId": "00000000-0000-0000-0000-000000000001", "CreatedDate": 1.5e9}
        return self.reply(200, json.dumps(answer).encode(),
                          Content_Type="application/x-amz-json-1.1")


class Secrets(Listener):
    def __init__(self):
        self.secrets = {"server-key": "5a" * 32, "edge": "a secret of the edge"}
        super().__init__(SecretsHandler)


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
